import { findCrisisOfChannel } from '../../src/crises/store.ts';
import type { Message, Person } from '../../src/sandbox/server/index.ts';
import { statementsOf, versionsOf } from '../../src/statements/store.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import type { Company } from '../support/company.ts';

export type Written = {
  title?: string;
  text?: string;
  kind?: string;
  audience?: string;
  submit?: boolean;
  language?: string;
};

/** Drafts through the form, as a person does. */
export async function write(company: Company, by: Person, room: string, written: Written = {}): Promise<void> {
  await by.command(`/crisis statement ${written.title ?? 'First words'}`, room);
  await by.waitForModal({ callbackId: 'statements.draft' });
  by.fill({
    part_1: written.text ?? 'Some customers report glass in a soup. We are stopping its sale.',
    ...(written.kind ? { kind: written.kind } : {}),
    ...(written.audience ? { audience: written.audience } : {}),
    ...(written.language ? { language: written.language } : {}),
    ...(written.submit === false ? {} : { submit: ['now'] }),
  });
  await by.submit();
  await company.settled();
}

export const messagesIn = (by: Person, room: string): Message[] =>
  by.sees(room).filter((m): m is Message => m.type === 'message');

/** The newest message of the room whose blocks say all of this. */
export function cardIn(by: Person, room: string, ...saying: string[]): Message {
  const found = messagesIn(by, room).findLast((m) =>
    saying.every((text) => JSON.stringify(m.blocks ?? []).includes(text)),
  );
  if (!found) throw new Error(`no message in the room says ${saying.join(', ')}`);
  return found;
}

export const lastDm = (to: Person, saying: string): Message => {
  const found = to.dms().findLast((m) => JSON.stringify([m.text, m.blocks]).includes(saying));
  if (!found) throw new Error(`no message to ${to.name} says ${saying}`);
  return found;
};

export async function stored(company: Company, room: string) {
  const { db } = company.app.deps;
  const crisis = await findCrisisOfChannel(db, company.app.workspaceId, room, null);
  if (!crisis) throw new Error('no crisis');
  const all = (await statementsOf(db, crisis.id)).toReversed();
  const entries = (await entriesOf(db, crisis.id)).filter((e) => e.kind.startsWith('statement_'));
  return { crisis, all, last: all.at(-1), entries, versions: (id: string) => versionsOf(db, id) };
}

/** What the blocks show as written, without any mark of ours. */
export const exactText = (messages: readonly Message[]): string =>
  messages
    .flatMap((m) => m.blocks ?? [])
    .flatMap((block) => {
      const text = block['text'] as { type: string; text: string } | undefined;
      return block['type'] === 'section' && text?.type === 'plain_text' ? [text.text] : [];
    })
    .join('');

export const repliesIn = (by: Person, room: string, root: Message): Message[] =>
  messagesIn(by, room).filter((m) => m.thread_ts === root.ts && m.ts !== root.ts);
