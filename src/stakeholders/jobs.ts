import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { findCrisis } from '../crises/store.ts';
import { departmentRowsOf, namer } from '../people/store.ts';
import type { Message } from '../slack/blocks.ts';
import { Busy, deliver } from '../slack/deliver.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { jobWords } from './job-text.ts';
import { peopleIn } from './rules.ts';
import { stakeholdersOf } from './store.ts';
import { listMessage, tooEarlyMessage } from './views.ts';

const what = eachInBoth(jobWords);

const ofCrisis = z.object({ crisisId: z.uuid() });

export const jobs: readonly JobHandler[] = [
  onJob('stakeholders.show_list', what('show_list'), ofCrisis, async (context, { crisisId }) => {
    const [crisis, there] = await Promise.all([findCrisis(context.db, crisisId), stakeholdersOf(context.db, crisisId)]);
    if (!crisis || there.length === 0) return;
    const [named, rows] = await Promise.all([
      namer(context.db, crisis.workspaceId, peopleIn(there)),
      departmentRowsOf(context.db, crisis.workspaceId),
    ]);
    const { language, timeZone } = crisis;
    const departments = new Map(rows.map(({ key, name }) => [key, name]));
    await show(
      context,
      crisis,
      `stakeholders:${crisis.id}`,
      listMessage(there, crisis, { language, timeZone, named, departments }),
    );
  }),
  onJob(
    'stakeholders.warn',
    what('warn'),
    ofCrisis.extend({ stakeholderId: z.uuid(), version: z.number(), skipped: z.array(z.number()) }),
    async (context, { crisisId, stakeholderId, version, skipped }) => {
      const [crisis, there] = await Promise.all([
        findCrisis(context.db, crisisId),
        stakeholdersOf(context.db, crisisId),
      ]);
      const one = there.find((other) => other.id === stakeholderId);
      if (!crisis || !one) return;
      const others = there.filter((other) => skipped.includes(other.number));
      await show(
        context,
        crisis,
        `stakeholder-early:${stakeholderId}:${version}`,
        tooEarlyMessage(one, others, crisis.language),
      );
    },
  ),
];

/** A room that replaced the first one shows it anew. */
async function show(context: JobContext, crisis: Crisis, name: string, message: Message): Promise<void> {
  const key = crisis.roomNumber === 1 ? name : `${name}:${crisis.roomNumber}`;
  if (!crisis.channelId && crisis.status === 'closed') return;
  // Listed while the room is being opened: it waits for the room.
  if (!crisis.channelId) throw new Busy(key);
  await deliver(context, {
    key,
    workspaceId: crisis.workspaceId,
    crisisId: crisis.id,
    channelId: crisis.channelId,
    message,
  });
}
