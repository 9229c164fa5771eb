import { z } from 'zod';
import { type Language } from '../core/locale.ts';
import { type Crisis, openerOf } from '../crises/rules.ts';
import { discreet, personReader, roomReader } from '../crises/show.ts';
import { findCrisis } from '../crises/store.ts';
import { findPerson } from '../people/store.ts';
import { message, notified, section } from '../slack/blocks.ts';
import { deliver } from '../slack/deliver.ts';
import { SlackFailure } from '../slack/failures.ts';
import type { JobContext } from '../slack/feature.ts';
import { type Effect, findEffect } from '../slack/ledger.ts';
import { clipMrkdwn } from '../slack/limits.ts';
import { channelLink, escapeMrkdwn, mention, withNames } from '../slack/mrkdwn.ts';
import { mentionedIn } from '../timeline/export.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { words } from './text.ts';

const someUser = z.object({ userId: z.string() });

/** Tells what became of work that Slack refused for good: to the crisis it belongs to, or else to who asked for it. */
export async function tellRefused(
  context: JobContext,
  { crisisId, effectKey, at }: { crisisId?: string | undefined; effectKey: string; at: number },
): Promise<void> {
  const [crisis, effect] = await Promise.all([
    crisisId ? findCrisis(context.db, crisisId) : undefined,
    findEffect(context.db, effectKey),
  ]);
  if (!effect?.error) return;
  if (crisis) await tellCrisis(context, crisis, effect, at);
  else await tellAsker(context, effect);
}

/**
 * To the lead alone when the room is what cannot be written to, in the room when a person cannot be reached; the other
 * way round when that fails as well. Nothing of it is tied to the crisis: trouble about telling trouble is only logged.
 */
async function tellCrisis(context: JobContext, crisis: Crisis, effect: Effect, at: number): Promise<void> {
  const userId = userOf(effect);
  const people = [...(userId ? [userId] : []), ...mentionedIn(effect.what)];
  const to = (person: string) => async () => {
    const { language, named } = await personReader(context, crisis, person, people);
    const channelId = await context.slack.directChannel(person);
    return { channelId, ...whatHappened(context, crisis, effect, language, named) };
  };
  const toRoom = async () => {
    const { language, named } = await roomReader(context, crisis, people);
    const { text, said } = whatHappened(context, crisis, effect, language, named);
    return { channelId: crisis.channelId, text, said: `${mention(crisis.leadId)} ${said}` };
  };
  const [toLead, toDeclarer] = [to(crisis.leadId), to(openerOf(crisis))];
  const isPersonal = effect.channelId?.startsWith('D') || userId !== undefined;
  const places = isPersonal ? [toRoom, toLead, toDeclarer] : [toLead, toRoom, toDeclarer];
  const refused: string[] = [];
  for (const [i, place] of places.entries()) {
    try {
      const { channelId, text, said } = await place();
      if (!channelId) continue;
      const shown = await deliver(context, {
        // A repair begins anew: what it meets is told again.
        key: `trouble:${effect.key}:${at}:${i}`,
        workspaceId: crisis.workspaceId,
        crisisId: null,
        channelId,
        message: discreet(crisis, message(text, [section(said)])),
      });
      if (shown.state === 'shown') return;
      refused.push(shown.error);
    } catch (error) {
      if (!(error instanceof SlackFailure) || error.kind !== 'permanent') throw error;
      refused.push(error.code);
    }
  }
  context.log.error({ effect: effect.key, refused }, 'nobody could be told what was not done');
}

const userOf = ({ job }: Effect): string | undefined => someUser.safeParse(job?.data).data?.userId;

/** `text` for the notification, `said` as mrkdwn. */
function whatHappened(
  context: JobContext,
  crisis: Crisis,
  effect: Effect,
  language: Language,
  named: (userId: string) => string,
): { text: string; said: string } {
  const w = words(language);
  const reason = escapeMrkdwn(effect.error ?? '');
  const room = crisis.channelId ? channelLink(crisis.channelId) : w.theRoom;
  if (effect.key.startsWith('job:')) {
    const userId = userOf(effect);
    const what = `${workName(context, effect.what, language)}${userId ? ` (${escapeMrkdwn(named(userId))})` : ''}`;
    return { text: w.undoneText, said: w.notDone(what, reason, room) };
  }
  // A name in it calls nobody here.
  const what = withNames(clipMrkdwn(notified(effect.what), 200), (id) => `*${escapeMrkdwn(named(id))}*`);
  if (effect.state === 'done') return { text: w.outdatedText, said: w.outdated(what, reason, room) };
  const where = effect.channelId?.startsWith('D') ? w.aMessage : room;
  return effect.state === 'lost'
    ? { text: w.unseenText, said: w.unseen(what, reason, where, room) }
    : { text: w.troubleText, said: w.trouble(what, reason, where, room) };
}

/** What belongs to no crisis concerns only who asked for it, and can ask again. Once a day is enough. */
async function tellAsker(context: JobContext, effect: Effect): Promise<void> {
  const asked = someUser.extend({ workspaceId: z.string() }).safeParse(effect.job?.data);
  if (!asked.success) return;
  const { workspaceId, userId } = asked.data;
  const kind = effect.job?.kind ?? '';
  const [person, workspace] = await Promise.all([
    findPerson(context.db, workspaceId, userId),
    workspaceOf(context.db, workspaceId),
  ]);
  const language = person?.language ?? workspace.language;
  const w = words(language);
  const said = w.askAgain(workName(context, kind, language), escapeMrkdwn(effect.error ?? ''));
  const day = context.now().toISOString().slice(0, 10);
  await deliver(context, {
    key: `trouble:${kind}:${userId}:${effect.error}:${day}`,
    workspaceId,
    crisisId: null,
    channelId: await context.slack.directChannel(userId),
    message: message(w.undoneText, [section(said)]),
  });
}

const workName = ({ slices }: JobContext, kind: string, language: Language): string =>
  slices.jobName(kind)?.[language] ?? words(language).something;
