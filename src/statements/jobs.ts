import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { type Crisis, isExcluded } from '../crises/rules.ts';
import { keyIn, personReader, roomReader, showInRoom, showOnBoard } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { messagesBelow } from '../log/store.ts';
import { readAgain } from '../people/who.ts';
import { deliver } from '../slack/deliver.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { type Effect, effectsNamed, forgetEffect } from '../slack/ledger.ts';
import { wordsBoard } from './board.ts';
import { type CardProps, card, continuations, movedCard, movedNote, partOver } from './card.ts';
import { wakeStatement } from './change.ts';
import { peopleOfCheck } from './check/lines.ts';
import { followCrisis, rearm, relay, runOut } from './deadlines.ts';
import { doubtMessage } from './doubt-message.ts';
import { jobWords } from './job-text.ts';
import { peopleIn } from './lines.ts';
import { followRoster } from './seats.ts';
import { checkOf, doubtsIn } from './snapshot.ts';
import { type Statement, waitingOn } from './statement.ts';
import { approversRoster, findStatement, idsNotWithdrawn, idsUnderWay, statementsOf, wasSubmitted } from './store.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });
const round = z.object({ statementId: z.uuid(), version: z.number() });
const ring = round.extend({ dueAt: z.iso.datetime().optional() });

export const jobs: readonly JobHandler[] = [
  /** One card for each statement that was submitted: posted once, then drawn again from what is true at the time. */
  onJob(
    'statements.show_card',
    what('show_card'),
    round.extend({ isSubmitted: z.boolean().default(false) }),
    async (context, { statementId, version, isSubmitted }) => {
      const found = await load(context, statementId);
      if (!found) return;
      // A job that is done again much later asks anew for nothing.
      await showCard(context, found, isSubmitted && version === found.statement.current.number);
      await showBoard(context, found.crisis);
    },
  ),

  /** Its translation changed: the card says what differs. */
  onJob(
    'statements.refresh',
    what('refresh'),
    ofCrisis.extend({ statementId: z.uuid() }),
    async (context, { statementId }) => {
      const found = await load(context, statementId);
      if (found) await showCard(context, found);
    },
  ),

  /** A fact, a cause or a measure changed, or the room: what stands against a text shows wherever it is read. */
  onJob('statements.recheck', what('recheck'), ofCrisis, async (context, { crisisId }) => {
    const crisis = await findCrisis(context.db, crisisId);
    if (!crisis?.channelId) return;
    for (const id of await idsNotWithdrawn(context.db, crisisId)) {
      const statement = await findStatement(context.db, id);
      if (statement) await showCard(context, { crisis, statement });
    }
    await showDoubts(context, crisis);
    await showBoard(context, crisis);
  }),

  // Ordered by earlier versions, which told each person of each thing: that is one message now.
  ...(['ask', 'ask_legal', 'tell', 'tell_roster'] as const).map((kind) =>
    onJob(`statements.${kind}`, what('told_before'), round, async (context, { statementId }) => {
      const found = await load(context, statementId);
      if (found) await retireNotes(context, found, await effectsOf(context, found.statement));
    }),
  ),

  onJob('statements.relay', what('relay'), ring, async (context, { statementId, ...rang }) => {
    await readOfCrisis(context, statementId);
    await wakeStatement(context, statementId, (statement, around) => relay(statement, rang, around));
  }),
  onJob('statements.overdue', what('overdue'), ring, async (context, { statementId, ...rang }) => {
    await wakeStatement(context, statementId, (statement, around) => runOut(statement, rang, around));
  }),
  /**
   * The level, the lead, the settings or the people changed: more approvals may be needed, or other people may give them.
   * `by`: who changed the settings.
   */
  onJob(
    'statements.crisis_changed',
    what('crisis_changed'),
    ofCrisis.extend({ by: z.string().optional() }),
    async (context, { crisisId, by = null }) => {
      for (const id of await idsUnderWay(context.db, crisisId)) {
        await wakeStatement(context, id, (statement, around) => followRoster(statement, by, around));
        await wakeStatement(context, id, followCrisis);
      }
    },
  ),
  /** A reopened crisis: deadlines that rang while it was closed are set again. */
  onJob(
    'statements.rearm',
    what('rearm'),
    ofCrisis.extend({ reopening: z.number() }),
    async (context, { crisisId, reopening }) => {
      for (const id of await idsUnderWay(context.db, crisisId))
        await wakeStatement(context, id, (statement, around) => rearm(statement, reopening, around));
    },
  ),
];

type Found = { crisis: Crisis; statement: Statement };

async function load(context: JobContext, statementId: string): Promise<Found | null> {
  const statement = await findStatement(context.db, statementId);
  const crisis = statement ? await findCrisis(context.db, statement.crisisId) : undefined;
  return statement && crisis ? { statement, crisis } : null;
}

/** Everybody it waits for is read again from Slack where that is old. */
async function readOfCrisis(context: JobContext, statementId: string): Promise<void> {
  const found = await load(context, statementId);
  if (!found) return;
  const { crisis, statement } = found;
  const waiting = waitingOn(statement, await approversRoster(context.db, crisis), crisis);
  await readAgain(
    context,
    crisis.workspaceId,
    waiting.flatMap((a) => [...a.people, ...a.deputies]),
  );
}

async function cardProps(context: JobContext, { crisis, statement }: Found): Promise<CardProps> {
  const [roster, check] = await Promise.all([
    approversRoster(context.db, crisis),
    checkOf(context.db, crisis, statement),
  ]);
  const named = [...peopleIn([statement], roster, crisis), ...peopleOfCheck(statement, check)];
  return { crisis, roster, check, reader: await roomReader(context, crisis, named) };
}

/** The key of a card says which version it was posted for: an edit leaves it where it is. */
const cardPattern = /^statement:[0-9a-f-]+:v(\d+)(?::\d+)?$/;
type Card = { key: string; version: number; effect: Effect };

const cardsAmong = (effects: readonly Effect[], crisis: Crisis): Card[] =>
  effects
    .flatMap((effect): Card[] => {
      const [, version] = cardPattern.exec(effect.key) ?? [];
      const isHere = effect.channelId === crisis.channelId;
      return version && isHere ? [{ key: effect.key, version: Number(version), effect }] : [];
    })
    .toSorted((a, b) => b.version - a.version);

/** With so many messages below it, nobody would see that a card asks anew. */
const farBelow = 15;

async function showCard(context: JobContext, found: Found, isSubmitted = false): Promise<void> {
  const { crisis, statement } = found;
  const { id, status, submittedAt, current } = statement;
  const shown = await effectsOf(context, statement);
  await retireNotes(context, found, shown);
  const cards = cardsAmong(shown, crisis);
  const [newest] = cards;
  const isOpen = newest
    ? status !== 'draft' || (await wasSubmitted(context.db, statement))
    : status !== 'draft' && submittedAt !== null;
  const isFar =
    isSubmitted && newest !== undefined && newest.version < current.number && (await isFarAbove(context, newest));
  const key = newest && !isFar ? newest.key : keyIn(crisis, `statement:${id}:v${current.number}`);
  if (isOpen) await showWhole(context, found, key, shown);
  for (const old of cards.filter((one) => !isOpen || one.key !== key)) {
    const line = movedCard(statement, crisis.language);
    await showInRoom(context, crisis, old.key, line);
    for (const { key: part, ts } of partsOf(old.key, shown)) if (ts) await showInRoom(context, crisis, part, line);
  }
}

const partsOf = (key: string, effects: readonly Effect[]): Effect[] =>
  effects.filter((effect) => effect.key.startsWith(`${key}:text:`));

async function isFarAbove(context: JobContext, { effect }: Card): Promise<boolean> {
  const { workspaceId, channelId, ts } = effect;
  return (
    channelId !== null && ts !== null && (await messagesBelow(context.db, { workspaceId, channelId, ts })) > farBelow
  );
}

/** The card, and in its thread the rest of a long text; a part that the text has no more becomes one line. */
async function showWhole(context: JobContext, found: Found, key: string, before: readonly Effect[]): Promise<void> {
  const { crisis, statement } = found;
  const shown = await showInRoom(context, crisis, key, card(statement, await cardProps(context, found)));
  if (shown.state !== 'shown') return;
  const rest = continuations(statement, crisis.language);
  const partKey = (i: number) => `${key}:text:${i + 2}`;
  for (const [i, part] of rest.entries()) await showInRoom(context, crisis, partKey(i), part, { threadTs: shown.ts });
  const parts = new Set(rest.map((_, i) => partKey(i)));
  for (const { key: part } of partsOf(key, before).filter((effect) => !parts.has(effect.key)))
    await showInRoom(context, crisis, part, partOver(crisis.language), { threadTs: shown.ts });
}

async function showBoard(context: JobContext, crisis: Crisis): Promise<void> {
  const [statements, roster] = await Promise.all([
    statementsOf(context.db, crisis.id),
    approversRoster(context.db, crisis),
  ]);
  if (statements.length === 0 || (crisis.status === 'closed' && !crisis.channelId)) return;
  const reader = await roomReader(context, crisis, peopleIn(statements, roster, crisis));
  await showOnBoard(context, crisis, `statements:${crisis.id}`, wordsBoard(statements, { crisis, roster, reader }));
}

async function showDoubts(context: JobContext, crisis: Crisis): Promise<void> {
  const found = await doubtsIn(context.db, await statementsOf(context.db, crisis.id));
  if (found.every(([, doubts]) => doubts.length === 0)) return;
  const roster = await approversRoster(context.db, crisis);
  for (const [statement, doubts] of found)
    for (const doubt of doubts) {
      const key = `statement-doubt:${statement.id}:v${statement.current.number}:${doubt.key}`;
      const reader = await roomReader(context, crisis);
      await showInRoom(context, crisis, keyIn(crisis, key), doubtMessage(statement, doubt, { crisis, roster, reader }));
    }
}

/** Every message about a statement. */
const effectsOf = async (context: JobContext, { id, crisisId }: Statement): Promise<Effect[]> =>
  (await effectsNamed(context.db, crisisId, 'statement')).filter(({ key }) => key.includes(`:${id}:`));

/**
 * What an earlier version of the product sent each person about a statement becomes one line; what it could not send is
 * owed to nobody any more.
 */
async function retireNotes(context: JobContext, { crisis }: Found, effects: readonly Effect[]): Promise<void> {
  for (const { key, channelId, state } of effects) {
    const [, userId] = /^statement-(?:ask|legal|tell|roster):.*:([UW][A-Z0-9]+)/.exec(key) ?? [];
    if (!userId || isExcluded(crisis, userId) || state === 'attempted') continue;
    if (state !== 'done' || !channelId) {
      await forgetEffect(context.db, key);
      continue;
    }
    const { language } = await personReader(context, crisis, userId);
    const message = movedNote(crisis, language);
    await deliver(context, { key, workspaceId: crisis.workspaceId, crisisId: crisis.id, channelId, message });
  }
}
