import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { type Crisis, isExcluded } from '../crises/rules.ts';
import { personReader, roomReader, showInRoom, tellPerson } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { readAgain } from '../people/who.ts';
import type { Message } from '../slack/blocks.ts';
import type { Shown } from '../slack/deliver.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { findEffect } from '../slack/ledger.ts';
import { wakeStatement } from './change.ts';
import { legalMessage } from './check/forms.ts';
import { peopleOfCheck } from './check/lines.ts';
import { followCrisis, rearm, relay, runOut } from './deadlines.ts';
import { jobWords } from './job-text.ts';
import { type Props, peopleIn } from './lines.ts';
import { followRoster } from './seats.ts';
import { type Check, checkOf } from './snapshot.ts';
import { clearedText } from './start/cleared.ts';
import { type Statement, waitingOn } from './statement.ts';
import { approversRoster, findStatement, idsNotWithdrawn, idsUnderWay, versionsOf } from './store.ts';
import { asking, bodyParts, card, comparedVersion, continuations, news, rosterNews, superseded } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });
const round = z.object({ statementId: z.uuid(), version: z.number() });
const ring = round.extend({ dueAt: z.iso.datetime().optional() });
const toOne = round.extend({ userId: z.string() });

export const jobs: readonly JobHandler[] = [
  /** One card per version: posted once, then drawn again from what is true at the time. */
  onJob('statements.show_card', what('show_card'), round, async (context, { statementId, version }) => {
    const found = await load(context, statementId);
    if (!found) return;
    if (version === found.statement.current.number) await showCard(context, found);
    else await showSuperseded(context, found, version);
  }),

  onJob('statements.ask', what('ask'), toOne, async (context, { statementId, version, userId }) => {
    await readOfCrisis(context, statementId, [userId]);
    const found = await load(context, statementId);
    if (found) await showAsking(context, found, version, userId);
  }),

  /** Its translation changed: the card says what differs, and so does what its approvers were sent. */
  onJob(
    'statements.refresh',
    what('refresh'),
    ofCrisis.extend({ statementId: z.uuid() }),
    async (context, { statementId }) => {
      await redraw(context, statementId);
    },
  ),

  /** A fact, a cause or a measure changed: what stands against a text, or no longer does, is shown wherever it is read. */
  onJob('statements.recheck', what('recheck'), ofCrisis, async (context, { crisisId }) => {
    for (const id of await idsNotWithdrawn(context.db, crisisId)) await redraw(context, id);
  }),

  /** Names and data that only legal can agree to, once per version and person, drawn again when it is settled. */
  onJob('statements.ask_legal', what('ask_legal'), toOne, async (context, { statementId, version, userId }) => {
    const found = await load(context, statementId);
    if (found?.statement.current.number !== version || isExcluded(found.crisis, userId)) return;
    const { crisis, statement } = found;
    const props = await propsFor(context, found, userId);
    const message = legalMessage(statement, props.check, userId, bodyParts(statement.current.body), props);
    await showWhole(
      `statement-legal:${statementId}:v${version}:${userId}`,
      message,
      found.statement,
      props,
      (...shown) => tellPerson(context, crisis, userId, ...shown),
    );
  }),

  onJob(
    'statements.tell',
    what('tell'),
    toOne.extend({ about: z.enum(['approved', 'changes_requested', 'rejected', 'overdue', 'stuck']) }),
    async (context, { statementId, version, userId, about }) => {
      const found = await load(context, statementId);
      // What has been overtaken is no longer anybody's task.
      if (
        found?.statement.current.number !== version ||
        isExcluded(found.crisis, userId) ||
        found.statement.status !== (about === 'overdue' || about === 'stuck' ? 'in_review' : about)
      )
        return;
      const { crisis, statement } = found;
      const suffix = about === 'approved' ? `:${statement.approvedAt?.getTime()}` : '';
      const key = `statement-tell:${statementId}:v${version}:${about}:${userId}${suffix}`;
      const message = news(about, statement, userId, await propsFor(context, found, userId));
      await tellPerson(context, crisis, userId, key, message);
    },
  ),

  onJob('statements.relay', what('relay'), ring, async (context, { statementId, ...rang }) => {
    await readOfCrisis(context, statementId);
    await wakeStatement(context, statementId, (statement, around) => relay(statement, rang, around));
  }),
  onJob('statements.overdue', what('overdue'), ring, async (context, { statementId, ...rang }) => {
    await wakeStatement(context, statementId, (statement, around) => runOut(statement, rang, around));
  }),
  onJob(
    'statements.tell_roster',
    what('tell_roster'),
    toOne.extend({
      by: z.string().nullable(),
      at: z.number(),
      changes: z.array(z.object({ seat: z.string(), added: z.array(z.string()), removed: z.array(z.string()) })),
    }),
    async (context, { statementId, version, userId, by, at, changes }) => {
      const found = await load(context, statementId);
      if (!found || isExcluded(found.crisis, userId)) return;
      const { crisis, statement } = found;
      const reader = await readerFor(context, crisis, userId, by ? [by] : []);
      const key = `statement-roster:${statementId}:v${version}:${at}:${userId}`;
      await tellPerson(context, crisis, userId, key, rosterNews(statement, by, changes, reader));
    },
  ),
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
        await wakeStatement(context, id, (statement, around, cell) => followRoster(statement, by, cell, around));
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

/** Who is to be asked about a statement, or else everybody it waits for, is read again from Slack where that is old. */
async function readOfCrisis(context: JobContext, statementId: string, userIds?: string[]): Promise<void> {
  const found = await load(context, statementId);
  if (!found) return;
  const { crisis, statement } = found;
  const waiting = userIds ? [] : waitingOn(statement, await approversRoster(context.db, crisis), crisis);
  await readAgain(context, crisis.workspaceId, userIds ?? waiting.flatMap((a) => [...a.people, ...a.deputies]));
}

/** The room reads it, or one person. */
const readerFor = (context: JobContext, crisis: Crisis, userId: string | null, named: string[]): Promise<Reader> =>
  userId ? personReader(context, crisis, userId, named) : roomReader(context, crisis, named);

async function propsFor(
  context: JobContext,
  { crisis, statement }: Found,
  userId: string | null,
): Promise<Props & { check: Check }> {
  const [roster, check] = await Promise.all([
    approversRoster(context.db, crisis),
    checkOf(context.db, crisis, statement),
  ]);
  const named = [...peopleIn([statement], roster, crisis), ...peopleOfCheck(statement, check)];
  return { crisis, roster, check, reader: await readerFor(context, crisis, userId, named) };
}

async function redraw(context: JobContext, statementId: string): Promise<void> {
  const found = await load(context, statementId);
  if (!found?.crisis.channelId) return;
  await showCard(context, found);
  const { status, askedIds, current } = found.statement;
  // Only whoever still has to decide reads it there.
  for (const userId of status === 'in_review' ? askedIds : []) await showAsking(context, found, current.number, userId);
}

type Show = (key: string, message: Message, threadTs?: string) => Promise<Shown>;

/** A message that holds a text or its beginning, and under it the rest of a long one. */
async function showWhole(key: string, message: Message, statement: Statement, { reader }: Props, show: Show) {
  const shown = await show(key, message);
  if (shown.state !== 'shown') return;
  for (const [i, rest] of continuations(statement, reader.language).entries())
    await show(`${key}:text:${i + 2}`, rest, shown.ts);
}

const cardKey = (statementId: string, version: number): string => `statement:${statementId}:v${version}`;

async function showCard(context: JobContext, found: Found): Promise<void> {
  const { crisis, statement } = found;
  const props = await propsFor(context, found, null);
  const key = cardKey(statement.id, statement.current.number);
  await showWhole(key, card(statement, props), statement, props, (shownKey, part, threadTs) =>
    showInRoom(context, crisis, shownKey, part, { threadTs }),
  );
}

/** What one approver is sent of one version: the text and the buttons, or that another text has taken its place. */
async function showAsking(context: JobContext, found: Found, version: number, userId: string): Promise<void> {
  const { crisis, statement } = found;
  // Asked before it was about them, or before they had gone.
  if (isExcluded(crisis, userId) || statement.absentIds.includes(userId)) return;
  const key = `statement-ask:${statement.id}:v${version}:${userId}`;
  if (version !== statement.current.number) {
    const old = await supersededMessage(context, found, version, userId);
    if (old) await tellPerson(context, crisis, userId, key, old.message);
    return;
  }
  const compared = comparedVersion(statement);
  const [props, versions, link] = await Promise.all([
    propsFor(context, found, userId),
    compared ? versionsOf(context.db, statement.id) : [],
    cardLink(context, statement),
  ]);
  const wasApproved = statement.verdicts.some((v) => v.verdict === 'approved' && v.versionNumber === compared);
  // What somebody approved is nearer than the template; a draft that nobody approved is not.
  const cleared = wasApproved ? null : clearedText(statement, context.now());
  const before = cleared ?? versions.find((v) => v.number === compared);
  await showWhole(key, asking(statement, userId, link, props, before), statement, props, (...shown) =>
    tellPerson(context, crisis, userId, ...shown),
  );
}

/** The old card and what followed it in its thread: nobody must copy an old text by mistake. */
async function showSuperseded(context: JobContext, found: Found, version: number): Promise<void> {
  const { crisis, statement } = found;
  const old = await supersededMessage(context, found, version, null);
  if (!old) return;
  const key = cardKey(statement.id, version);
  const shown = await showInRoom(context, crisis, key, old.message);
  if (shown.state !== 'shown') return;
  for (const i of bodyParts(old.body).slice(1).keys()) {
    const part = `${key}:text:${i + 2}`;
    if (await findEffect(context.db, part))
      await showInRoom(context, crisis, part, old.message, { threadTs: shown.ts });
  }
}

/** What is said in place of an old text; null while no other has taken its place. */
async function supersededMessage(
  context: JobContext,
  { crisis, statement }: Found,
  version: number,
  userId: string | null,
): Promise<{ message: Message; body: string } | null> {
  const versions = await versionsOf(context.db, statement.id);
  const [old, next] = [version, version + 1].map((number) => versions.find((v) => v.number === number));
  if (!old || !next) return null;
  const reader = await readerFor(context, crisis, userId, [next.authorId]);
  return { message: superseded(statement.number, old, next, reader), body: old.body };
}

/** Once the card is in the room; the message names the room in any case. */
async function cardLink(context: JobContext, statement: Statement): Promise<string | null> {
  const effect = await findEffect(context.db, cardKey(statement.id, statement.current.number));
  if (effect?.state !== 'done' || !effect.channelId || !effect.ts) return null;
  return context.slack.permalink(effect.channelId, effect.ts);
}
