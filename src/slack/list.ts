import type { Button, SectionBlock } from '@slack/types';
import type { Language } from '../core/locale.ts';
import {
  actions,
  context,
  header,
  type KnownBlock,
  type Message,
  message,
  section,
  sections,
  textLength,
} from './blocks.ts';
import { limits, pagesOf } from './limits.ts';
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
