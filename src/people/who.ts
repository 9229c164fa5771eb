import { answersWithin, isDatabaseDown } from '../../db/client.ts';
import type { Language } from '../core/locale.ts';
import { MINUTE, SECOND } from '../core/time.ts';
import type { Deps } from '../jobs/commit.ts';
import type { SlackOf } from '../slack/connections.ts';
import type { Who } from '../slack/feature.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { asPerson } from './slack-people.ts';
import { findPerson, type Person, savePeople } from './store.ts';

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
    const person = known ?? (await meet(deps, slackOf, workspaceId, userId));
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

async function meet(deps: Deps, slackOf: SlackOf, workspaceId: string, userId: string): Promise<Person> {
  const person = asPerson(workspaceId, await (await slackOf(workspaceId)).person(userId), deps.now());
  await savePeople(deps.db, [person]);
  return person;
}

const describe = (person: Person, workspace: { language: Language; timeZone: string }): Who => ({
  workspaceId: person.workspaceId,
  userId: person.id,
  name: person.name,
  language: person.language ?? workspace.language,
  timeZone: person.timeZone ?? workspace.timeZone,
  isOutsider: person.isBot || person.isDeactivated || person.isGuest || person.isExternal,
});
