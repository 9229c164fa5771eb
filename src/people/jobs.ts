import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { order } from '../jobs/commit.ts';
import { SlackFailure } from '../slack/failures.ts';
import { type JobHandler, onJob } from '../slack/feature.ts';
import { saveWorkspace } from '../workspaces/store.ts';
import { jobWords } from './job-text.ts';
import { asGroup, asPerson } from './slack-people.ts';
import { saveGroups, savePeople } from './store.ts';
import { peopleChanged } from './who.ts';

const what = eachInBoth(jobWords);

export const jobs: readonly JobHandler[] = [
  /** Reads everybody and every group, so that a declaration never has to. */
  onJob('people.sync', what('sync'), z.object({ workspaceId: z.string() }), async (context, { workspaceId }) => {
    const { db, slack, now, log } = context;
    const found = await slack.people();
    await savePeople(
      db,
      found.map((user) => asPerson(workspaceId, user, now())),
    );
    const groups = await slack.userGroups().catch((error: unknown) => {
      // User groups are a paid feature and an optional scope: without them the roster holds people only.
      if (error instanceof SlackFailure && error.kind === 'permanent') return [];
      throw error;
    });
    await saveGroups(
      db,
      groups.map((group) => asGroup(workspaceId, group, now())),
    );
    await db.transaction((tx) => saveWorkspace(tx, workspaceId, { peopleSyncedAt: now() }));
    await order(context, [peopleChanged(workspaceId)]);
    log.info({ people: found.length, groups: groups.length }, 'people and groups are up to date');
  }),
];
