import { accept, type Decision, refuse } from '../../core/decision.ts';
import { inBoth } from '../../core/locale.ts';
import { type Crisis, type Member, mayAct } from '../../crises/rules.ts';
import { entryWords } from '../entry-text.ts';
import type { StatementRefusal } from '../statement.ts';
import type { MessageMap } from './message-map.ts';

/** What the crisis's message map is, once somebody has saved one. */
export type SavedMap = {
  crisisId: string;
  messages: { message: string; proofs: string[] }[];
  version: number;
  savedBy: string;
  savedAt: Date;
};

/** `base`: the version that the form was opened with, 0 where there was none. */
export type MessageMapWish = { messages: MessageMap; base: number };

const longestMap = 9_000;

export function saveMap(
  before: SavedMap | undefined,
  { messages, base }: MessageMapWish,
  crisis: Crisis,
  by: Member,
  now: Date,
): Decision<SavedMap, StatementRefusal> {
  const no = mayAct(crisis, by);
  if (no) return refuse(no);
  const said = messages.map(({ message, proofs }) => ({
    message: message.trim(),
    proofs: proofs.map((proof) => proof.trim()).filter(Boolean),
  }));
  if (said.every(({ message }) => !message)) return refuse({ code: 'map_empty' });
  const length = said.flatMap(({ message, proofs }) => [message, ...proofs]).join('\n').length;
  if (length > longestMap) return refuse({ code: 'map_too_long', length });
  if ((before?.version ?? 0) !== base) return refuse({ code: 'map_changed_meanwhile' });
  const next: SavedMap = {
    crisisId: crisis.id,
    messages: said,
    version: base + 1,
    savedBy: by.userId,
    savedAt: now,
  };
  const shown = said.map(({ message }) => message).filter(Boolean);
  return accept(next, {
    timeline: [
      {
        kind: 'message_map_saved',
        occurredAt: now,
        actorId: by.userId,
        text: inBoth((l) => entryWords(l).mapSaved(shown.join(' · '))),
        data: { version: next.version, messages: said },
      },
    ],
  });
}
