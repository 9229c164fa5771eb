import { z } from 'zod';
import { type Crisis, isExcluded } from '../crises/rules.ts';
import { findCrisis } from '../crises/store.ts';
import { findPerson, namer } from '../people/store.ts';
import type { Message } from '../slack/blocks.ts';
import { Busy, deliver } from '../slack/deliver.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { findEffect } from '../slack/ledger.ts';
import { wakeStatement } from './change.ts';
import { legalMessage } from './check-forms.ts';
import { peopleOfCheck } from './check-lines.ts';
import { clearedText } from './cleared.ts';
import { type Check, checkOf } from './facts.ts';
import { peopleIn } from './lines.ts';
import { followCrisis, rearm, relay, runOut, type Statement, type Version } from './rules.ts';
import { approversRoster, findStatement, idsNotWithdrawn, idsUnderWay, versionsOf } from './store.ts';
import { asking, bodyParts, card, comparedVersion, continuations, news, type Scenery, superseded } from './views.ts';

const round = z.object({ statementId: z.uuid(), version: z.number() });

export const jobs: readonly JobHandler[] = [
  /** One card per version: posted once, then drawn again from what is true at the time. */
  onJob('statements.show_card', round.extend({ crisisId: z.uuid() }), async (context, { statementId, version }) => {
    const found = await load(context, statementId);
    if (!found) return;
    const { crisis, statement } = found;
    if (!crisis.channelId) throw new Busy(cardKey(statementId, version));
    const scenery = await sceneryOf(context, crisis, statement, crisis.language);
    if (version === statement.current.number) return showInRoom(context, crisis, statement, scenery);
    await showSuperseded(context, crisis, statement, version, scenery);
  }),

  onJob('statements.ask', round.extend({ userId: z.string() }), async (context, { statementId, version, userId }) => {
    const found = await load(context, statementId);
    if (found) await showAsking(context, found.crisis, found.statement, version, userId);
  }),

  /** Its translation changed: the card says what differs, and so does what its approvers were sent. */
  onJob(
    'statements.refresh',
    z.object({ crisisId: z.uuid(), statementId: z.uuid() }),
    async (context, { statementId }) => {
      await redraw(context, statementId);
    },
  ),

  /** A fact, a cause or a measure changed: what stands against a text, or no longer does, is shown wherever it is read. */
  onJob('statements.recheck', z.object({ crisisId: z.uuid() }), async (context, { crisisId }) => {
    for (const id of await idsNotWithdrawn(context.db, crisisId)) await redraw(context, id);
  }),

  /** Names and data that only legal can agree to, once per version and person, drawn again when it is settled. */
  onJob(
    'statements.ask_legal',
    round.extend({ userId: z.string() }),
    async (context, { statementId, version, userId }) => {
      const found = await load(context, statementId);
      if (found?.statement.current.number !== version || isExcluded(found.crisis, userId)) return;
      const { crisis, statement } = found;
      const scenery = await sceneryOf(context, crisis, statement, await languageOf(context, crisis, userId));
      const key = `statement-legal:${statementId}:v${version}:${userId}`;
      const at = { ...inCrisis(crisis), channelId: await context.slack.directChannel(userId) };
      const message = legalMessage(statement, scenery.check, userId, bodyParts(statement.current.body), scenery);
      const shown = await deliver(context, { key, ...at, message });
      if (shown.state !== 'shown') return;
      for (const [i, more] of continuations(statement, scenery.language).entries())
        await deliver(context, { key: `${key}:text:${i + 2}`, ...at, threadTs: shown.ts, message: more });
    },
  ),

  onJob(
    'statements.tell',
    round.extend({ userId: z.string(), about: z.enum(['approved', 'changes_requested', 'rejected', 'overdue']) }),
    async (context, { statementId, version, userId, about }) => {
      const found = await load(context, statementId);
      // What has been overtaken is no longer anybody's task.
      if (
        found?.statement.current.number !== version ||
        isExcluded(found.crisis, userId) ||
        found.statement.status !== (about === 'overdue' ? 'in_review' : about)
      )
        return;
      const { crisis, statement } = found;
      const scenery = await sceneryOf(context, crisis, statement, await languageOf(context, crisis, userId));
      await deliver(context, {
        key: `statement-tell:${statementId}:v${version}:${about}:${userId}${about === 'approved' ? `:${statement.approvedAt?.getTime()}` : ''}`,
        ...inCrisis(crisis),
        channelId: await context.slack.directChannel(userId),
        message: news(about, statement, userId, scenery),
      });
    },
  ),

  onJob('statements.relay', round, async (context, { statementId, version }) => {
    await wakeStatement(context, statementId, (statement, scene) => relay(statement, version, scene));
  }),
  onJob('statements.overdue', round, async (context, { statementId, version }) => {
    await wakeStatement(context, statementId, (statement, scene) => runOut(statement, version, scene));
  }),
  /** The level or the lead changed: more approvals may be needed, or other people may give them. */
  onJob('statements.crisis_changed', z.object({ crisisId: z.uuid() }), async (context, { crisisId }) => {
    for (const id of await idsUnderWay(context.db, crisisId)) await wakeStatement(context, id, followCrisis);
  }),
  /** A reopened crisis: deadlines that rang while it was closed are set again. */
  onJob('statements.rearm', z.object({ crisisId: z.uuid(), reopening: z.number() }), async (context, data) => {
    for (const id of await idsUnderWay(context.db, data.crisisId))
      await wakeStatement(context, id, (statement, scene) => rearm(statement, data.reopening, scene));
  }),
];

async function redraw(context: JobContext, statementId: string): Promise<void> {
  const found = await load(context, statementId);
  if (!found?.crisis.channelId) return;
  const { crisis, statement } = found;
  await showInRoom(context, crisis, statement, await sceneryOf(context, crisis, statement, crisis.language));
  // Only whoever still has to decide reads it there.
  for (const userId of statement.status === 'in_review' ? statement.askedIds : [])
    await showAsking(context, crisis, statement, statement.current.number, userId);
}

/** What one approver is sent of one version: the text and the buttons, or that another text has taken its place. */
async function showAsking(
  context: JobContext,
  crisis: Crisis,
  statement: Statement,
  version: number,
  userId: string,
): Promise<void> {
  // Asked before it was about them.
  if (isExcluded(crisis, userId)) return;
  const language = await languageOf(context, crisis, userId);
  const scenery = await sceneryOf(context, crisis, statement, language);
  const key = `statement-ask:${statement.id}:v${version}:${userId}`;
  const channelId = await context.slack.directChannel(userId);
  const show = (suffix: string, message: Message, threadTs?: string) =>
    deliver(context, { key: `${key}${suffix}`, ...inCrisis(crisis), channelId, threadTs, message });
  if (version !== statement.current.number) {
    const message = await supersededMessage(context, statement, version, scenery);
    if (message) await show('', message);
    return;
  }
  const compared = comparedVersion(statement);
  const versions = compared ? await versionsOf(context.db, statement.id) : [];
  const wasApproved = statement.verdicts.some((v) => v.verdict === 'approved' && v.versionNumber === compared);
  // What somebody approved is nearer than the template; a draft that nobody approved is not.
  const cleared = wasApproved ? null : clearedText(statement, context.now());
  const before = cleared ?? versions.find((v) => v.number === compared);
  const shown = await show('', asking(statement, userId, await cardLink(context, statement), scenery, before));
  if (shown.state !== 'shown') return;
  for (const [i, message] of continuations(statement, language).entries())
    await show(`:text:${i + 2}`, message, shown.ts);
}

const cardKey = (statementId: string, version: number): string => `statement:${statementId}:v${version}`;

async function showInRoom(context: JobContext, crisis: Crisis, statement: Statement, scenery: Scenery): Promise<void> {
  const key = cardKey(statement.id, statement.current.number);
  const at = { ...inCrisis(crisis), channelId: crisis.channelId as string };
  const shown = await deliver(context, { key, ...at, message: card(statement, scenery) });
  if (shown.state !== 'shown') return;
  for (const [i, message] of continuations(statement, crisis.language).entries())
    await deliver(context, { key: `${key}:text:${i + 2}`, ...at, threadTs: shown.ts, message });
}

/** The old card and what followed it in its thread: nobody must copy an old text by mistake. */
async function showSuperseded(
  context: JobContext,
  crisis: Crisis,
  statement: Statement,
  version: number,
  scenery: Scenery,
): Promise<void> {
  const key = cardKey(statement.id, version);
  const message = await supersededMessage(context, statement, version, scenery);
  const old = (await versionsOf(context.db, statement.id)).find((v) => v.number === version);
  if (!message || !old) return;
  const at = { ...inCrisis(crisis), channelId: crisis.channelId as string };
  const shown = await deliver(context, { key, ...at, message });
  if (shown.state !== 'shown') return;
  for (const i of bodyParts(old.body).slice(1).keys()) {
    const part = `${key}:text:${i + 2}`;
    if (await findEffect(context.db, part)) await deliver(context, { key: part, ...at, threadTs: shown.ts, message });
  }
}

async function supersededMessage(
  context: JobContext,
  statement: Statement,
  version: number,
  scenery: Scenery,
): Promise<Message | null> {
  const versions = await versionsOf(context.db, statement.id);
  const byNumber = (number: number): Version | undefined => versions.find((v) => v.number === number);
  const [old, next] = [byNumber(version), byNumber(version + 1)];
  if (!old || !next) return null;
  const named = await namer(context.db, scenery.crisis.workspaceId, [next.authorId]);
  return superseded(statement.number, old, next, { ...scenery, named });
}

/** Once the card is in the room; the message names the room in any case. */
async function cardLink(context: JobContext, statement: Statement): Promise<string | null> {
  const effect = await findEffect(context.db, cardKey(statement.id, statement.current.number));
  if (effect?.state !== 'done' || !effect.channelId || !effect.ts) return null;
  return context.slack.permalink(effect.channelId, effect.ts);
}

async function load(context: JobContext, statementId: string) {
  const statement = await findStatement(context.db, statementId);
  const crisis = statement ? await findCrisis(context.db, statement.crisisId) : undefined;
  return statement && crisis ? { statement, crisis } : null;
}

async function sceneryOf(
  context: JobContext,
  crisis: Crisis,
  statement: Statement,
  language: Scenery['language'],
): Promise<Scenery & { check: Check }> {
  const roster = await approversRoster(context.db, crisis);
  const check = await checkOf(context.db, crisis, statement);
  const ids = [...peopleIn([statement], roster, crisis), ...peopleOfCheck(statement, check)];
  const named = await namer(context.db, crisis.workspaceId, ids);
  return { crisis, roster, named, language, check };
}

const languageOf = async (context: JobContext, crisis: Crisis, userId: string) =>
  (await findPerson(context.db, crisis.workspaceId, userId))?.language ?? crisis.language;

const inCrisis = (crisis: Crisis) => ({ workspaceId: crisis.workspaceId, crisisId: crisis.id });
