import { z } from 'zod';
import type { Saying } from '../core/line.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Crisis } from '../crises/rules.ts';
import { signedName } from '../crises/text.ts';
import {
  actions,
  context,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  section,
} from '../slack/blocks.ts';
import { button } from '../slack/contract.ts';
import { clip } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, withNames } from '../slack/mrkdwn.ts';
import type { Wait } from '../slack/waits.ts';
import { words } from './text.ts';

export const allOf = button('waiting.all', z.object({ crisisId: z.uuid() }));

/** The soonest, each with its button. */
const shown = 4;
const shortSummary = 160;
/** A form holds 100 blocks. */
const listed = 90;

/**
 * Everything that waits on one person in one crisis. `sayings`: for somebody who reads of it for the first time, what
 * has been said so far; null for all others.
 */
export function waitingMessage(
  crisis: Crisis,
  waits: readonly Wait[],
  sayings: readonly Saying[] | null,
  reader: Reader,
): Message {
  const w = words(reader.language);
  const [first, ...rest] = waits;
  const place = placeOf(crisis, reader.language);
  if (!first) {
    const text = (crisis.status === 'closed' ? w.closed : w.nothing)(place);
    return message(text, [section(text)]);
  }
  return message(w.notification(withoutMarks(first.text(reader)), rest.length, place), [
    section(w.title(place)),
    ...(sayings ? whatItIs(crisis, sayings, reader) : []),
    ...waits.slice(0, shown).flatMap((wait) => linesOf(wait, reader)),
    ...(waits.length > shown ? [actions(allOf.draw(w.all(waits.length), { crisisId: crisis.id }))] : []),
  ]);
}

export function replacedMessage(crisis: Crisis, { language }: Reader): Message {
  const text = words(language).replaced(placeOf(crisis, language));
  return message(text, [section(text)]);
}

export const allView = (waits: readonly Wait[], reader: Reader): ModalView => {
  const w = words(reader.language);
  const blocks = waits.flatMap((wait) => linesOf(wait, reader)).slice(0, listed);
  return modal({
    id: 'waiting.list',
    title: w.allTitle,
    close: w.close,
    blocks: blocks.length > 0 ? blocks : [section(w.none)],
  });
};

function linesOf(wait: Wait, reader: Reader): KnownBlock[] {
  const text = wait.text(reader);
  const button = wait.button(reader.language) ?? undefined;
  return button && wait.also ? [section(text), actions(button, wait.also(reader.language))] : [section(text, button)];
}

/** What it is, and what stands. */
function whatItIs(crisis: Crisis, sayings: readonly Saying[], reader: Reader): KnownBlock[] {
  const summary = clip(withNames(crisis.summary, reader.named).replace(/\s+/gu, ' ').trim(), shortSummary);
  const lines = sayings.flatMap((saying) => {
    const line = saying.line(reader);
    return line ? [`*${line.label}* ${line.text}`] : [];
  });
  return [summary ? escapeMrkdwn(summary) : '', ...lines].filter(Boolean).map((text) => context(text));
}

/** A notification shows no emphasis. */
const withoutMarks = (mrkdwn: string): string => mrkdwn.replaceAll('*', '');

const placeOf = (crisis: Crisis, language: Language): string =>
  crisis.channelId ? channelLink(crisis.channelId) : escapeMrkdwn(signedName(crisis, language));
