import { MINUTE, SECOND } from '../../src/core/time.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import type { EphemeralMessage, Message, ModalView, Person } from '../../src/sandbox/server/index.ts';
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
  if (written.submit === false) while (by.modal()) await by.close();
}

/** The card of a statement as one person asks for it: a draft stands in no room. */
export async function cardFor(company: Company, by: Person, room: string, number: number): Promise<EphemeralMessage> {
  await by.command(`/crisis statement ${number}`, room);
  await company.settled();
  const found = by
    .ephemerals(room)
    .findLast((m) => m.text.includes(`${number} `) && JSON.stringify(m.blocks).includes('statements.more'));
  if (!found) throw new Error(`${by.name} is not shown statement ${number}`);
  return found;
}

/** What waits on somebody, as their newest message says it: it is read at the end of two seconds. */
export async function waiting(company: Company, on: Person): Promise<string> {
  await company.pass(2 * SECOND);
  const newest = on
    .dms()
    .findLast((m) =>
      /\*What waits on you\*|\*Ce qui vous attend\*|Nothing waits|Rien ne vous attend/.test(JSON.stringify(m.blocks)),
    );
  const said = JSON.stringify(newest?.blocks ?? []);
  if (!newest || !said.includes('waiting.all')) return said;
  // More than four: the rest is one press away.
  await on.click(newest, 'waiting.all');
  const all = await on.waitForModal({ callbackId: 'waiting.list' });
  await on.close();
  return said + JSON.stringify(all.blocks);
}

/** The message that says so, or the form of all that waits. */
async function placeOf(by: Person, saying: string): Promise<Message | ModalView> {
  const found = by.dms().findLast((m) => JSON.stringify([m.text, m.blocks]).includes(saying));
  if (found) return found;
  const newest = by.dms().findLast((m) => JSON.stringify(m.blocks).includes('waiting.all'));
  if (!newest) throw new Error(`no message to ${by.name} says ${saying}`);
  await by.click(newest, 'waiting.all');
  return by.waitForModal({ callbackId: 'waiting.list' });
}

/** Presses the button beside the line of *What waits on you* that says this. */
export async function pressWaiting(company: Company, by: Person, saying: string): Promise<void> {
  // Who was written to a moment ago is written to again two minutes later.
  if (!(await waiting(company, by)).includes(saying)) await company.pass(2 * MINUTE);
  if (!(await waiting(company, by)).includes(saying))
    throw new Error(`${by.name} is not told ${saying}: ${await waiting(company, by)}`);
  const place = await placeOf(by, saying);
  const line = (place.blocks ?? []).find((block) => block['accessory'] && JSON.stringify(block).includes(saying));
  const { action_id } = (line?.['accessory'] ?? {}) as { action_id?: string };
  if (!action_id) throw new Error(`nothing is to be pressed beside ${saying}`);
  await by.click(place, action_id);
  await company.settled();
}

/** Reads the version that is asked about, whole, and answers what the form says. */
export async function readAsked(company: Company, by: Person, saying: string): Promise<string> {
  await pressWaiting(company, by, saying);
  return JSON.stringify((await by.waitForModal({ callbackId: 'statements.read' })).blocks);
}

/** The same, and approves it there. */
export async function approveAsked(company: Company, by: Person, saying: string): Promise<string> {
  const form = await readAsked(company, by, saying);
  await by.click(by.modal() as ModalView, 'statements.approve');
  await company.settled();
  while (by.modal()) await by.close();
  return form;
}

export const messagesIn = (by: Person, room: string): Message[] =>
  by.sees(room).filter((m): m is Message => m.type === 'message');

/** The newest message of the room, outside of threads, whose blocks say all of this. */
export function cardIn(by: Person, room: string, ...saying: string[]): Message {
  const found = messagesIn(by, room).findLast(
    (m) =>
      (!m.thread_ts || m.thread_ts === m.ts) && saying.every((text) => JSON.stringify(m.blocks ?? []).includes(text)),
  );
  if (!found) throw new Error(`no message in the room says ${saying.join(', ')}`);
  return found;
}

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

/** Picks one of the acts under a card's menu. */
export async function choose(by: Person, card: Message | EphemeralMessage, act: string): Promise<void> {
  const blocks = (card.blocks ?? []) as {
    block_id: string;
    elements?: { action_id: string; options?: { value: string }[] }[];
  }[];
  for (const { block_id: blockId, elements = [] } of blocks)
    for (const { action_id: actionId, options = [] } of elements) {
      const option = options.find(({ value }) => value.includes(`"do":"${act}"`));
      if (option) return void (await by.select(card, { actionId, blockId }, option.value));
    }
  throw new Error(`the card offers no ${act}`);
}
