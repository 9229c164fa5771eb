import type { Button, SectionBlock } from '@slack/types';
import { z } from 'zod';
import type { Language } from '../core/locale.ts';
import {
  actions,
  type Choice,
  context,
  header,
  input,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  section,
  sections,
  select,
  textInput,
  textLength,
} from './blocks.ts';
import { button } from './contract.ts';
import type { Action, Call, Form, OpenForm, Reply } from './feature.ts';
import { clip, limits, pagesOf } from './limits.ts';
import { folded } from './subcommands.ts';
import { words } from './text.ts';

/** One thing of a list: its text, what can be done with it, and how it is called in the notification. */
export type Row = { text: string; accessory?: SectionBlock['accessory']; label: string };

type List = {
  title: string;
  empty: string;
  rows: readonly Row[];
  /** The page asked for, from 0; one that does not exist is the nearest. */
  page: number;
  language: Language;
  /** The button that shows another page. */
  turn: (label: string, page: number, suffix: 'previous' | 'next') => Button;
  buttons?: readonly Button[];
};

const rowsPerPage = 12;

/** A list that only its reader sees: every row is on some page, whole. */
export function pagedList({ title, empty, rows, page: asked, language, turn, buttons = [] }: List): Message {
  if (rows.length === 0) return message(empty, [section(empty), ...(buttons.length > 0 ? [actions(...buttons)] : [])]);
  const w = words(language);
  const pages = pagesOf(rows, rowsPerPage, rowLength);
  const page = Math.min(Math.max(asked, 0), pages.length - 1);
  const shown = pages[page] ?? [];
  const turning = [
    ...(page > 0 ? [turn(w.previous, page - 1, 'previous')] : []),
    ...(page < pages.length - 1 ? [turn(w.next, page + 1, 'next')] : []),
  ];
  const blocks: KnownBlock[] = [
    header(title),
    ...shown.flatMap(rowBlocks),
    ...(pages.length > 1 ? [context(w.page(page + 1, pages.length))] : []),
    ...(turning.length + buttons.length > 0 ? [actions(...turning, ...buttons)] : []),
  ];
  return message(`${title}: ${shown.map(({ label }) => label).join(', ')}`, blocks);
}

/** Whole, in as many blocks as it takes; what can be done with it stands beside the last one. */
export function rowBlocks({ text, accessory }: Row): KnownBlock[] {
  if (text.length <= limits.sectionText) return [section(text, accessory)];
  return sections(text).map((block, i, all) =>
    accessory && i === all.length - 1 && block.type === 'section' ? { ...block, accessory } : block,
  );
}

export const rowLength = (row: Row): number => textLength(rowBlocks(row));

/** A row of a long list, and what it is found by besides its words. */
export type Findable = Row & { isMine: boolean; department?: string | null; state: string };

/** How one reader narrows a list down; empty for everything. */
export type Narrowing = { who: '' | 'mine'; department: string; state: string; words: string };
export const everything: Narrowing = { who: '', department: '', state: '', words: '' };

type Wish<A> = { about: A; narrowing: Narrowing; page: number };

/** What a list of one crisis is about. `channelId`: where it was opened from, which proves who may act. */
export const ofOneCrisis = z.object({ crisisId: z.uuid(), channelId: z.string().nullable() });
export type OneCrisisWish = Wish<z.output<typeof ofOneCrisis>>;

/** Answers the form as it is to be drawn, or why not. */
type Show<A> = (call: Call, wish: Wish<A>) => Promise<ModalView | Reply>;

/**
 * A list of any length in a form of its reader: by whose it is, department, state and words, page by page, with what can be
 * done beside each row. `about`: what it is a list of, kept with the open form.
 */
export function filteredList<S extends z.ZodType>(slice: string, about: S) {
  type About = z.output<S>;
  const turn = button(`${slice}.turn`, z.object({ page: z.number() }));
  const filter = `${slice}.filter`;
  const kept = z.object({ about: z.unknown(), page: z.number().default(0) });

  const read = (values: Record<string, unknown>, metadata: unknown, page: number): Wish<About> => {
    const of = (name: string) => {
      const value = values[name];
      return typeof value === 'string' && value !== all ? value.trim() : '';
    };
    return {
      about: about.parse(kept.parse(metadata).about),
      narrowing: {
        who: of(`${filter}:who`) === 'mine' ? 'mine' : '',
        department: of(`${filter}:department`),
        state: of(`${filter}:state`),
        words: of('words'),
      },
      page,
    };
  };
  const update = (call: Call, form: OpenForm | null, page: number, show: Show<About>): Promise<Reply | void> =>
    form === null
      ? Promise.resolve()
      : show(call, read(form.values, form.metadata, page)).then<Reply | void>((shown) =>
          'type' in shown ? call.updateModal(form.viewId, shown) : shown,
        );

  return {
    draw(
      { about: of, narrowing, page: asked }: Wish<z.input<S>>,
      list: {
        title: string;
        rows: readonly Findable[];
        empty: string;
        departments?: readonly Choice[];
        states: readonly Choice[];
        language: Language;
        /** What else can be done. */
        buttons?: readonly Button[];
      },
    ): ModalView {
      const { title, rows, empty, departments = [], states, language, buttons = [] } = list;
      const w = words(language);
      const found = rows.filter((row) => isFound(row, narrowing));
      const pages = pagesOf(found, rowsPerPage, rowLength);
      const page = Math.min(Math.max(asked, 0), pages.length - 1);
      const pick = (part: string, label: string, choices: readonly Choice[], chosen: string) =>
        select(`${filter}:${part}`, [{ value: all, label }, ...choices], chosen || all);
      const turning = [
        ...(page > 0 ? [turn.draw(w.previous, { page: page - 1 }, { suffix: 'previous' })] : []),
        ...(page < pages.length - 1 ? [turn.draw(w.next, { page: page + 1 }, { suffix: 'next' })] : []),
      ];
      return modal({
        id: `${slice}.list`,
        title,
        submit: w.find,
        close: w.close,
        metadata: { about: of, page },
        blocks: [
          actions(
            pick('who', w.everybodys, [{ value: 'mine', label: w.mine }], narrowing.who),
            ...(departments.length > 0
              ? [pick('department', w.allDepartments, departments, narrowing.department)]
              : []),
            pick('state', w.allStates, states, narrowing.state),
          ),
          input(w.words, textInput('words', { initial: clip(narrowing.words, longestWords), max: longestWords }), {
            optional: true,
          }),
          context(found.length > 0 ? w.found(found.length, rows.length) : rows.length > 0 ? w.nothing : empty),
          ...(pages[page] ?? []).flatMap(rowBlocks),
          ...(pages.length > 1 ? [context(w.page(page + 1, pages.length))] : []),
          ...(turning.length + buttons.length > 0 ? [actions(...turning, ...buttons)] : []),
        ],
      });
    },
    /** Draws the open form again, at its page, after something was done in it. */
    redraw: (call: Call, form: OpenForm | null, show: Show<About>): Promise<Reply | void> =>
      form?.callbackId === `${slice}.list`
        ? update(call, form, kept.parse(form.metadata).page, show)
        : Promise.resolve(),
    actions: (show: Show<About>): Action[] => [
      { id: filter, run: (call, _value, press) => update(call, press.form, 0, show) },
      turn.on((call, { page }, press) => update(call, press.form, page, show)),
    ],
    form: (show: Show<About>): Form => ({
      id: `${slice}.list`,
      run: (call, values, metadata) =>
        show(call, read(values, metadata, 0)).then((shown) =>
          'type' in shown ? { update: shown } : { errors: { words: shown.text } },
        ),
    }),
  };
}

const longestWords = 100;

/** Slack takes no empty choice. */
const all = '-';

function isFound(row: Findable, { who, department, state, words: typed }: Narrowing): boolean {
  if (who === 'mine' && !row.isMine) return false;
  if (department && row.department !== department) return false;
  if (state && row.state !== state) return false;
  const text = folded(`${row.label} ${row.text}`);
  return folded(typed)
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
