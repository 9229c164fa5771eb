import type {
  ActionsBlockElement,
  Button,
  Checkboxes,
  ConfirmationDialog,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  HomeView,
  InputBlock,
  InputBlockElement,
  KnownBlock,
  ModalView,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  RadioButtons,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import { clip, clipMrkdwn, limits, splitMrkdwn, splitText } from './limits.ts';
import { escapeMrkdwn } from './mrkdwn.ts';

export type Message = { text: string; blocks: KnownBlock[] };
export type { HomeView, KnownBlock, ModalView };

/**
 * `text` is what notifications and screen readers say: it must make sense without the blocks. Slack reads it as mrkdwn:
 * mentions of people, channels and instants stay, everything else that calls or links is shown as it was typed.
 */
export function message(text: string, blocks: KnownBlock[]): Message {
  const said = notified(clip(text, limits.messageText));
  // One sign takes five when it is escaped.
  return { text: said.length > limits.messageText ? notified(clip(text, limits.messageText / 5)) : said, blocks };
}

/** The same as mrkdwn. What went through it once comes out of it unchanged. */
export const notified = (text: string): string =>
  text
    .split(
      /(<@[UW][A-Z0-9]+>|<#C[A-Z0-9]+>|<!date\^\d+\^(?:\{date_short_pretty\} )?\{time\}\|[^<>|^]*>|&(?:amp|lt|gt);)/,
    )
    .map((part, i) => (i % 2 === 0 ? escapeMrkdwn(part) : part))
    .join('');

/** Without what can be pressed; links stay. */
export const withoutButtons = ({ text, blocks }: Message): Message => ({
  text,
  blocks: blocks.flatMap((block): KnownBlock[] => {
    if (block.type === 'actions') {
      const links = block.elements.filter((element) => !isPressed(element));
      return links.length > 0 ? [{ ...block, elements: links }] : [];
    }
    if (block.type !== 'section' || !block.accessory || !isPressed(block.accessory)) return [block];
    const { accessory: _, ...rest } = block;
    return [rest];
  }),
});

export const hasButtons = ({ blocks }: Message): boolean =>
  blocks.some((block) =>
    block.type === 'actions'
      ? block.elements.some(isPressed)
      : block.type === 'section' && block.accessory !== undefined && isPressed(block.accessory),
  );

const isPressed = (element: object): boolean => !('url' in element) && 'action_id' in element;

/** All the words of some blocks as Slack adds them up: labels of buttons and menus count. */
export const textLength = (node: unknown): number => {
  if (typeof node !== 'object' || node === null) return 0;
  const own = 'text' in node && typeof node.text === 'string' ? node.text.length : 0;
  return Object.values(node).reduce<number>((sum, child) => sum + textLength(child), own);
};

/** The first drawing that one message holds; the last one when none does. */
export function firstFitting<T>(ways: readonly T[], draw: (way: T) => KnownBlock[]): KnownBlock[] {
  let drawn: KnownBlock[] = [];
  for (const way of ways) {
    drawn = draw(way);
    if (textLength(drawn) <= limits.messageBlocksText) break;
  }
  return drawn;
}

const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: clip(text || '–', max),
  emoji: true,
});

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text, limits.header) });
export const divider = (): DividerBlock => ({ type: 'divider' });

/** Trusted mrkdwn of ours, short enough by construction; text of people goes through `mrkdwnOf` or `paragraphs` first. */
export const section = (mrkdwn: string, accessory?: SectionBlock['accessory']): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: clipMrkdwn(mrkdwn || '–', limits.sectionText) },
  ...(accessory ? { accessory } : {}),
});

/** The same, which Slack never folds. */
export const expanded = (mrkdwn: string): SectionBlock => ({ ...section(mrkdwn), expand: true });

/** Content that must not lose a character: as many blocks as it takes, shown exactly as written. */
export const paragraphs = (text: string): SectionBlock[] =>
  splitText(text, limits.sectionText).map((part) => ({
    type: 'section',
    text: { type: 'plain_text', text: part.trim() === '' ? '–' : part, emoji: false },
  }));

/** mrkdwn that may be long: as many sections as it takes, cut between lines where possible. */
export const sections = (mrkdwn: string): SectionBlock[] =>
  splitMrkdwn(mrkdwn, limits.sectionText).map((part) => ({ type: 'section', text: { type: 'mrkdwn', text: part } }));

export const context = (...mrkdwn: string[]): ContextBlock => ({
  type: 'context',
  elements: mrkdwn
    .slice(0, limits.contextElements)
    .map((text) => ({ type: 'mrkdwn', text: clipMrkdwn(text || '–', limits.sectionText) })),
});

export const actions = (...elements: ActionsBlockElement[]): KnownBlock => ({
  type: 'actions',
  elements: elements.slice(0, limits.actionsPerBlock),
});

type ConfirmWords = { title: string; text: string; yes: string; no: string };

const confirmation = (words: ConfirmWords, danger = false): ConfirmationDialog => ({
  title: plain(words.title, limits.confirmTitle),
  text: plain(words.text, limits.confirmText),
  confirm: plain(words.yes, limits.confirmButton),
  deny: plain(words.no, limits.confirmButton),
  ...(danger ? { style: 'danger' as const } : {}),
});

export type ButtonOptions = {
  /** `slice.verb`; `slice.verb:more` where one block holds several of the same. */
  id: string;
  value: string;
  style?: 'primary' | 'danger';
  confirm?: ConfirmWords;
  /** Said by screen readers in place of the label, when the label only makes sense beside its message. */
  spoken?: string;
};

/** Drawn through `button` of slack/contract, which registers what it does. */
export const buttonElement = (label: string, options: ButtonOptions): Button => ({
  type: 'button',
  action_id: options.id,
  value: options.value,
  text: plain(label, limits.buttonLabel),
  ...(options.style ? { style: options.style } : {}),
  ...(options.confirm ? { confirm: confirmation(options.confirm, options.style === 'danger') } : {}),
  ...(options.spoken ? { accessibility_label: clip(options.spoken, limits.buttonLabel) } : {}),
});

export type Choice = { value: string; label: string; description?: string };

const option = (choice: Choice): PlainTextOption => ({
  value: choice.value,
  text: plain(choice.label, limits.optionText),
  ...(choice.description ? { description: plain(choice.description, limits.optionText) } : {}),
});

export const overflowElement = (id: string, choices: readonly Choice[]): Overflow => ({
  type: 'overflow',
  action_id: id,
  options: choices.slice(0, limits.overflowOptions).map(option),
});

export const select = (id: string, choices: readonly Choice[], chosen?: string, placeholder?: string): StaticSelect => {
  const initial = choices.find((choice) => choice.value === chosen);
  return {
    type: 'static_select',
    action_id: id,
    options: choices.slice(0, limits.options).map(option),
    ...(initial ? { initial_option: option(initial) } : {}),
    ...(placeholder ? { placeholder: plain(placeholder, limits.placeholder) } : {}),
  };
};

/** One press each, where a list takes two; for few choices that deserve to be read. */
export const radios = (id: string, choices: readonly Choice[], chosen?: string): RadioButtons => {
  const initial = choices.find((choice) => choice.value === chosen);
  return {
    type: 'radio_buttons',
    action_id: id,
    options: choices.map(option),
    ...(initial ? { initial_option: option(initial) } : {}),
  };
};

export const checkboxes = (id: string, choices: readonly Choice[], chosen: readonly string[] = []): Checkboxes => {
  const initial = choices.filter((choice) => chosen.includes(choice.value)).map(option);
  return {
    type: 'checkboxes',
    action_id: id,
    options: choices.map(option),
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  };
};

/** Several of a list; more choices than Slack shows (100) need another kind of input. */
export const multiSelect = (
  id: string,
  choices: readonly Choice[],
  chosen: readonly string[] = [],
  placeholder?: string,
): InputBlockElement => {
  const shown = choices.slice(0, limits.options);
  const initial = shown.filter((choice) => chosen.includes(choice.value)).map(option);
  return {
    type: 'multi_static_select',
    action_id: id,
    options: shown.map(option),
    ...(initial.length > 0 ? { initial_options: initial } : {}),
    ...(placeholder ? { placeholder: plain(placeholder, limits.placeholder) } : {}),
  };
};

/** A whole number; it arrives as text. */
export const numberInput = (
  id: string,
  options: { initial?: number | undefined; min: number; max: number },
): InputBlockElement => ({
  type: 'number_input',
  action_id: id,
  is_decimal_allowed: false,
  min_value: String(options.min),
  max_value: String(options.max),
  ...(options.initial === undefined ? {} : { initial_value: String(options.initial) }),
});

/** One file of the given types (`json`); needs the scope files:read. */
export const fileInput = (id: string, filetypes: string[]): InputBlockElement => ({
  type: 'file_input',
  action_id: id,
  filetypes,
  max_files: 1,
});

export const textInput = (
  id: string,
  options: {
    initial?: string | undefined;
    multiline?: boolean;
    max?: number;
    placeholder?: string;
    focus?: boolean;
  } = {},
): InputBlockElement => ({
  type: 'plain_text_input',
  action_id: id,
  multiline: options.multiline ?? false,
  max_length: Math.min(options.max ?? limits.textInput, limits.textInput),
  ...(options.initial ? { initial_value: options.initial } : {}),
  ...(options.placeholder ? { placeholder: plain(options.placeholder, limits.placeholder) } : {}),
  ...(options.focus ? { focus_on_load: true } : {}),
});

export const peopleInput = (id: string, chosen: readonly string[] = [], placeholder?: string): InputBlockElement => ({
  type: 'multi_users_select',
  action_id: id,
  ...(chosen.length > 0 ? { initial_users: [...chosen] } : {}),
  ...(placeholder ? { placeholder: plain(placeholder, limits.placeholder) } : {}),
});

export const personInput = (id: string, chosen?: string | null, placeholder?: string): InputBlockElement => ({
  type: 'users_select',
  action_id: id,
  ...(chosen ? { initial_user: chosen } : {}),
  ...(placeholder ? { placeholder: plain(placeholder, limits.placeholder) } : {}),
});

/** A web address; Slack checks that it is one. */
export const urlInput = (id: string, initial?: string): InputBlockElement => ({
  type: 'url_text_input',
  action_id: id,
  ...(initial ? { initial_value: initial } : {}),
});

/** A day and an hour, chosen in the person's own time zone; it arrives as a Date. */
export const momentInput = (id: string, chosen?: Date | null): InputBlockElement => ({
  type: 'datetimepicker',
  action_id: id,
  ...(chosen ? { initial_date_time: Math.floor(chosen.getTime() / 1000) } : {}),
});

/** A day without an hour, `2026-11-22`. */
export const dateInput = (id: string, chosen?: string | null): InputBlockElement => ({
  type: 'datepicker',
  action_id: id,
  ...(chosen ? { initial_date: chosen } : {}),
});

/** An input is found in the submitted state by its block id; the element's own id is the same. */
export const input = (
  label: string,
  element: InputBlockElement,
  options: { optional?: boolean; hint?: string; dispatch?: boolean } = {},
): InputBlock => ({
  type: 'input',
  block_id: 'action_id' in element && element.action_id ? element.action_id : label,
  label: plain(label, limits.inputLabel),
  element,
  optional: options.optional ?? false,
  ...(options.hint ? { hint: plain(options.hint, limits.hint) } : {}),
  ...(options.dispatch ? { dispatch_action: true } : {}),
});

export const modal = (options: {
  id: string;
  title: string;
  blocks: KnownBlock[];
  submit?: string;
  close: string;
  /** Ids and versions that the submission needs back, as JSON. */
  metadata?: Record<string, unknown>;
}): ModalView => ({
  type: 'modal',
  callback_id: options.id,
  title: plain(options.title, limits.viewTitle),
  close: plain(options.close, limits.viewButton),
  blocks: options.blocks.slice(0, limits.blocksPerView),
  ...(options.submit ? { submit: plain(options.submit, limits.viewButton) } : {}),
  ...(options.metadata ? { private_metadata: JSON.stringify(options.metadata) } : {}),
});

export const home = (blocks: KnownBlock[]): HomeView => ({
  type: 'home',
  blocks: blocks.slice(0, limits.blocksPerView),
});
