import { answersWithin, type Db, isDatabaseDown } from '../../db/client.ts';
import { atOnce, type Job } from '../core/jobs.ts';
import type { Language } from '../core/locale.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import { type Deps, order } from '../jobs/commit.ts';
import type { SlackOf } from '../slack/connections.ts';
import { SlackFailure } from '../slack/failures.ts';
import type { Who } from '../slack/feature.ts';
import type { Gateway } from '../slack/gateway.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { isOutsider } from './rules.ts';
import { asPerson } from './slack-people.ts';
import { findPeople, findPerson, type Person, savePeople } from './store.ts';

const remembered = MINUTE;
const most = 5_000;

/**
 * Who acts, from memory for a minute, then from the database, and from Slack the first time somebody is seen. Only what
 * is shown depends on it (language, time zone) and the outsider flag; what a person may do is read inside the transaction.
 */
export function whoFinder(deps: Deps, slackOf: SlackOf): (workspaceId: string, userId: string) => Promise<Who> {
  const known = new Map<string, { who: Who; until: number }>();
  const look = async (workspaceId: string, userId: string): Promise<Who> => {
    const known = await answersWithin(SECOND, findPerson(deps.db, workspaceId, userId));
    const person = known ?? (await meet({ ...deps, slack: await slackOf(workspaceId) }, workspaceId, userId));
    return describe(person, await workspaceOf(deps.db, workspaceId));
  };
  return async (workspaceId, userId) => {
    const key = `${workspaceId}/${userId}`;
    const hit = known.get(key);
    if (hit && hit.until > performance.now()) return hit.who;
    const who = await look(workspaceId, userId).catch((error: unknown) => {
      // Without its database the product changes nothing; what it says so in is the language of a minute ago.
      if (hit && isDatabaseDown(error)) return hit.who;
      throw error;
    });
    if (known.size >= most) known.clear();
    known.set(key, { who, until: performance.now() + remembered });
    return who;
  };
}

type Meeting = { db: Db; now: () => Date; slack: Pick<Gateway, 'person'> };

/** Somebody whom no list of ours has: hired today, or of another organisation. Throws what Slack answers. */
async function meet({ db, now, slack }: Meeting, workspaceId: string, userId: string): Promise<Person> {
  const person = asPerson(workspaceId, await slack.person(userId), now());
  await savePeople(db, [person]);
  return person;
}

/** The person, read from Slack and kept if they have never been seen. Throws what Slack answers. */
export const knownPerson = async (deps: Meeting, workspaceId: string, userId: string): Promise<Person> =>
  (await findPerson(deps.db, workspaceId, userId)) ?? meet(deps, workspaceId, userId);

/** The same of whom an event tells: null when Slack says for good that it does not tell who they are. */
export const personIfKnown = (deps: Meeting, workspaceId: string, userId: string): Promise<Person | null> =>
  knownPerson(deps, workspaceId, userId).catch((error: unknown) => {
    if (error instanceof SlackFailure && error.kind === 'permanent') return null;
    throw error;
  });

/** So much older than this is nobody's data when they are asked, called or waited for. */
const freshFor = 5 * MINUTE;
const atATime = 5;

/**
 * Reads people again from Slack whom it was not asked about for `freshFor`, and orders what follows when somebody came or
 * went. Where Slack does not answer, what is known stays.
 */
export async function readAgain(
  deps: Deps & Meeting,
  workspaceId: string,
  userIds: readonly string[],
  olderThan = freshFor,
): Promise<void> {
  const before = deps.now().getTime() - olderThan;
  const known = await findPeople(deps.db, workspaceId, [...new Set(userIds)]);
  const old = known.filter((person) => person.refreshedAt.getTime() < before);
  let hasChanged = false;
  for (let i = 0; i < old.length; i += atATime) {
    const chunk = old.slice(i, i + atATime);
    const readings = await Promise.allSettled(chunk.map(({ id }) => meet(deps, workspaceId, id)));
    for (const [n, reading] of readings.entries()) {
      if (reading.status === 'fulfilled') hasChanged ||= isOutsider(reading.value) !== isOutsider(chunk[n] as Person);
      else if (!(reading.reason instanceof SlackFailure)) throw reading.reason;
    }
  }
  if (hasChanged) await order(deps, [peopleChanged(workspaceId)]);
}

/** Somebody came or went: named here, done by the jobs of the crises. */
export const peopleChanged = (workspaceId: string): Job => atOnce('crises.people_changed', { workspaceId });

/** Somebody waits in front of the form in which they were picked. */
const mostAtOnce = 10;

/** Pickers offer people whom no list of ours has. Whoever cannot be read stays unknown, and is refused as such. */
export async function meetStrangers(deps: Meeting, workspaceId: string, userIds: readonly string[]): Promise<void> {
  const known = new Set((await findPeople(deps.db, workspaceId, userIds)).map((person) => person.id));
  const strangers = userIds.filter((id) => !known.has(id)).slice(0, mostAtOnce);
  const meetings = strangers.map((userId) => meet(deps, workspaceId, userId));
  for (const meeting of await Promise.allSettled(meetings))
    if (meeting.status === 'rejected' && !(meeting.reason instanceof SlackFailure)) throw meeting.reason;
}

const describe = (person: Person, workspace: { language: Language; timeZone: string }): Who => ({
  workspaceId: person.workspaceId,
  userId: person.id,
  name: person.name,
  language: person.language ?? workspace.language,
  timeZone: person.timeZone ?? workspace.timeZone,
  isOutsider: isOutsider(person),
});
