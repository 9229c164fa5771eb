import { z } from 'zod';
import { type JobHandler } from '../slack/feature.ts';
import { isExcluded } from './rules.ts';
import { findCrisis } from './store.ts';

const aboutSomebody = z.object({ crisisId: z.uuid(), userId: z.string() });

/**
 * The last door before Slack: a job of a crisis that names the person concerned as its `userId` (tell them, add them, ask
 * them) ends here undone, whichever rule ordered it and whenever. A job that finds out by itself whom it writes to asks
 * `isExcluded` itself.
 */
export const exceptConcerned = (handler: JobHandler): JobHandler => ({
  ...handler,
  run: async (context, data) => {
    const named = aboutSomebody.safeParse(data);
    const crisis = named.success ? await findCrisis(context.db, named.data.crisisId) : undefined;
    if (named.success && crisis && isExcluded(crisis, named.data.userId)) return;
    await handler.run(context, data);
  },
});
