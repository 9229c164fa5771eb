import { z } from 'zod';
import { asPerson } from '../people/slack-people.ts';
import { findPerson, type Person, savePeople } from '../people/store.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { readHome } from './store.ts';
import { homeView, outsiderHome } from './views.ts';

export const jobs: readonly JobHandler[] = [
  /** The whole tab is drawn anew: showing it twice, or late, does no harm. */
  onJob('home.show', z.object({ workspaceId: z.string(), userId: z.string() }), async (context, data) => {
    const { db, slack, now } = context;
    const person = (await findPerson(db, data.workspaceId, data.userId)) ?? (await meet(context, data));
    const workspace = await workspaceOf(db, data.workspaceId);
    const language = person.language ?? workspace.language;
    if (person.isBot || person.isDeactivated) return;
    if (person.isGuest || person.isExternal) {
      await slack.publishHome(data.userId, outsiderHome(language));
      return;
    }
    const who = { ...data, name: person.name, language, timeZone: person.timeZone ?? workspace.timeZone };
    const { content, reader } = await readHome(db, who, now());
    await slack.publishHome(data.userId, homeView(content, reader));
  }),
];

async function meet(context: JobContext, who: { workspaceId: string; userId: string }): Promise<Person> {
  const person = asPerson(who.workspaceId, await context.slack.person(who.userId), context.now());
  await savePeople(context.db, [person]);
  return person;
}
