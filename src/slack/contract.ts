import type { Button, InputBlock, InputBlockElement, Overflow, StaticSelect } from '@slack/types';
import { z } from 'zod';
import {
  type ButtonOptions,
  buttonElement,
  type Choice,
  checkboxes,
  input,
  type KnownBlock,
  type ModalView,
  modal,
  momentInput,
  numberInput,
  overflowElement,
  peopleInput,
  personInput,
  select,
  textInput,
  urlInput,
} from './blocks.ts';
import type { Action, Call, Form, Press, Reply } from './feature.ts';

type Id = `${string}.${string}`;
type Look = Omit<ButtonOptions, 'id' | 'value'> & {
  /** Tells several of the same button in one block apart. */
  suffix?: string | number;
};

/**
 * A button declared once: views draw it with a typed value, listeners register what it does with the same.
 * `menu` draws it as a list of choices, each with a value of its own (at most 75 characters as JSON).
 * `aliases`: ids under which older messages still show it.
 */
export function button<S extends z.ZodType>(id: Id, schema: S, aliases: readonly Id[] = []) {
  const full = (suffix?: string | number) => (suffix === undefined ? id : `${id}:${suffix}`);
  return {
    id,
    draw: (label: string, value: z.input<S>, { suffix, ...look }: Look = {}): Button =>
      buttonElement(label, { id: full(suffix), value: JSON.stringify(value), ...look }),
    menu: (choices: readonly (Omit<Choice, 'value'> & { value: z.input<S> })[], suffix?: string | number): Overflow =>
      overflowElement(
        full(suffix),
        choices.map((choice) => ({ ...choice, value: JSON.stringify(choice.value) })),
      ),
    on: (run: (call: Call, value: z.output<S>, press: Press) => Promise<Reply | void>): Action => ({
      id,
      aliases,
      run: (call, value, press) => run(call, schema.parse(value), press),
    }),
  };
}

/** A button that does what a typed command does: Home registers it. */
export const runCommand = button('home.run', z.object({ name: z.string(), text: z.string().default('') }));

/**
 * A list in a message or form that acts as soon as something is picked: `press.chosen` is the value picked. `schema`: what
 * its block carries besides, as `block_id: block(value)`.
 */
export function chooser<const I extends string, S extends z.ZodType = z.ZodUnknown>(id: I, schema?: S) {
  return {
    id,
    draw: (choices: readonly Choice[], chosen?: string, placeholder?: string): StaticSelect =>
      select(id, choices, chosen, placeholder),
    block: (value: z.input<S>): string => JSON.stringify(value),
    on: (run: (call: Call, press: Press, value: z.output<S>) => Promise<Reply | void>): Action => ({
      id,
      run: (call, value, press) => run(call, press, (schema ?? z.unknown()).parse(value) as z.output<S>),
    }),
  };
}

type InputLook = {
  optional?: boolean;
  hint?: string;
  dispatch?: boolean;
  /** Slack keeps what was typed as long as the mark stays the same: a new one shows what stands now. */
  mark?: number;
};

/** A field of a form: how it is drawn, and what its submitted value is. */
export type Field<T, Draw extends unknown[]> = {
  schema: z.ZodType<T>;
  element(key: string, ...options: Draw): InputBlockElement;
};

/** A field whose element is drawn by `element`, and whose value is read by `schema`. */
export const field = <T, Draw extends unknown[]>(
  schema: z.ZodType<T>,
  element: (key: string, ...options: Draw) => InputBlockElement,
): Field<T, Draw> => ({ schema, element });

type TextOptions = Omit<Parameters<typeof textInput>[1] & object, 'multiline'>;

const trimmed = z
  .string()
  .nullish()
  .transform((text) => text?.trim() ?? '');

/** Text without the blanks around it; empty when nothing was typed. */
export const textField = (fixed: { multiline?: boolean; max?: number } = {}) =>
  field(trimmed, (key, options: TextOptions = {}) => textInput(key, { ...fixed, ...options }));

/** One of a list of known values; null when none was picked, or one that is no longer known. */
export const choiceField = <const V extends readonly [string, ...string[]]>(values: V) =>
  field(
    z
      .enum(values as unknown as [V[number], ...V[number][]])
      .nullish()
      .transform(orNull)
      .catch(null),
    drawSelect,
  );

/** One of a list that only the view knows; null for none, and for `-`, the choice that says so. */
export const pickField = () =>
  field(
    z
      .string()
      .nullish()
      .transform((value) => (value && value !== '-' ? value : null)),
    drawSelect,
  );

function drawSelect(key: string, choices: readonly Choice[], chosen?: string, placeholder?: string): StaticSelect {
  return select(key, choices, chosen, placeholder);
}

/** Somebody's id, or null. */
export const personField = () => field(z.string().nullish().transform(orNull), personInput);

/** The ids of several people; none where nobody was picked. */
export const peopleField = () =>
  field(
    z
      .array(z.string())
      .nullish()
      .transform((ids) => ids ?? []),
    peopleInput,
  );

/** A moment, or null. */
export const momentField = () => field(z.date().nullish().transform(orNull), momentInput);

/** A whole number, or null. */
export const numberField = () =>
  field(
    z
      .string()
      .nullish()
      .transform((text) => (text?.trim() ? Number(text) : null)),
    numberInput,
  );

/** The values of the boxes that are ticked. */
export const ticksField = () =>
  field(
    z
      .array(z.string())
      .nullish()
      .transform((ticked) => ticked ?? []),
    checkboxes,
  );

/** A web address, or null. */
export const urlField = () => field(z.string().nullish().transform(orNull), urlInput);

function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null;
}

/** As many fields of one kind as the view draws, each named by what follows the separator in its key. */
export const family = <T, Draw extends unknown[], const S extends string>(
  separator: S,
  one: Field<T, Draw>,
): Family<T, Draw, S> => ({ separator, one });
type Family<T, Draw extends unknown[], S extends string> = { separator: S; one: Field<T, Draw> };

type AnyField = { schema: z.ZodType; element(key: string, ...options: never[]): InputBlockElement };
type AnyFamily = { separator: string; one: AnyField };
type Fields = Record<string, AnyField | AnyFamily>;

type Drawer<F> =
  F extends Field<unknown, infer Draw>
    ? (label: string, look?: InputLook, ...options: Draw) => InputBlock
    : F extends Family<unknown, infer Draw, string>
      ? (name: string, label: string, look?: InputLook, ...options: Draw) => InputBlock
      : never;
/** The submitted values: of a family, those by name that the form had. */
export type Answers<F extends Fields> = {
  [K in keyof F]: F[K] extends Family<infer T, infer _, string>
    ? Map<string, T>
    : F[K] extends Field<infer T, infer _>
      ? T
      : never;
};
export type KeyOf<F extends Fields> = {
  [K in keyof F & string]: F[K] extends Family<unknown, infer _, infer S> ? `${K}${S}${string}` : K;
}[keyof F & string];

/** As the field is marked, where it is. */
type ErrorKey<F extends Fields> = KeyOf<F> | `${KeyOf<F>}.${number}`;

declare const ofForm: unique symbol;
/** Made by `error` or `errors` of the form whose fields they name: an object literal would let a mistyped key through. */
type ErrorsOf<K extends string> = { readonly [ofForm]: K };

/** What a submission is answered with; errors may only name fields of the form, as they are marked. */
export type AnswerOf<K extends string> = { errors: ErrorsOf<K> } | { update: ModalView } | { push: ModalView } | void;

/**
 * A form declared once. Its fields give the input blocks (`fields.text(label, look, options)`), the typed answers of a
 * submission, and the keys that errors may name; its metadata is what the submission needs back.
 */
export function form<M extends z.ZodType, F extends Fields>(
  id: Id,
  metadata: M,
  shape: F,
  aliases: readonly Id[] = [],
) {
  return {
    id,
    fields: drawersOf(shape),
    draw: (view: {
      title: string;
      /** Left out where there is nothing to submit yet. */
      submit?: string;
      close: string;
      metadata: z.input<M>;
      blocks: KnownBlock[];
    }): ModalView => modal({ id, ...view, metadata: view.metadata as Record<string, unknown> }),
    /** Says at a field why the form was not accepted. */
    error: (key: ErrorKey<F>, text: string) => ({ errors: { [key]: text } as unknown as ErrorsOf<KeyOf<F>> }),
    errors: (texts: Partial<Record<ErrorKey<F>, string>>) => ({ errors: texts as unknown as ErrorsOf<KeyOf<F>> }),
    /** Reads what is entered in the open form, submitted or not. */
    read: (values: Record<string, unknown>): Answers<F> => answersIn(shape, values),
    on: (
      run: (call: Call, answers: Answers<F>, metadata: z.output<M>, viewId: string) => Promise<AnswerOf<KeyOf<F>>>,
    ): Form => ({
      id,
      aliases,
      run: (call, values, raw, viewId) => run(call, answersIn(shape, values), metadata.parse(raw), viewId),
    }),
  };
}

function drawersOf<F extends Fields>(shape: F): { [K in keyof F]: Drawer<F[K]> } {
  const drawers = Object.entries(shape).map(([key, drawn]) => [
    key,
    'one' in drawn
      ? (name: string, label: string, look?: InputLook, ...options: never[]) =>
          marked(input(label, drawn.one.element(`${key}${drawn.separator}${name}`, ...options), look), look)
      : (label: string, look?: InputLook, ...options: never[]) =>
          marked(input(label, drawn.element(key, ...options), look), look),
  ]);
  return Object.fromEntries(drawers) as { [K in keyof F]: Drawer<F[K]> };
}

const marked = (block: InputBlock, { mark }: InputLook = {}): InputBlock =>
  mark === undefined ? block : { ...block, block_id: `${block.block_id}.${mark}` };

function answersIn<F extends Fields>(shape: F, values: Record<string, unknown>): Answers<F> {
  const answers = Object.entries(shape).map(([key, drawn]) => {
    if (!('one' in drawn)) return [key, drawn.schema.parse(values[key])];
    const start = `${key}${drawn.separator}`;
    const named = Object.entries(values).filter(([name]) => name.startsWith(start));
    return [key, new Map(named.map(([name, value]) => [name.slice(start.length), drawn.one.schema.parse(value)]))];
  });
  return Object.fromEntries(answers) as Answers<F>;
}
