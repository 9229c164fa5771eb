import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { knownPerson } from '../people/who.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { jobWords } from './job-text.ts';
import { readHome } from './store.ts';
import { homeView, outsiderHome } from './views.ts';

const what = eachInBoth(jobWords);

export const jobs: readonly JobHandler[] = [
  /** The whole tab is drawn anew: showing it twice, or late, does no harm. */
  onJob('home.show', what('show'), z.object({ workspaceId: z.string(), userId: z.string() }), async (context, data) => {
    const { db, slack, slices, now } = context;
    const person = await knownPerson(context, data.workspaceId, data.userId);
    const workspace = await workspaceOf(db, data.workspaceId);
    const language = person.language ?? workspace.language;
    if (person.isBot || person.isDeactivated) return;
    if (person.isGuest || person.isExternal) {
      await slack.publishHome(data.userId, outsiderHome(language));
      return;
    }
    const who = { ...data, name: person.name, language, timeZone: person.timeZone ?? workspace.timeZone };
    const { content, reader } = await readHome(db, slices, who, now());
    await slack.publishHome(data.userId, homeView(content, reader));
  }),
];
