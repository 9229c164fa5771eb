import { z } from 'zod';
import { eachInBoth } from '../core/locale.ts';
import { findPerson, namer } from '../people/store.ts';
import { message, section } from '../slack/blocks.ts';
import { deliver } from '../slack/deliver.ts';
import { type JobContext, type JobHandler, onJob } from '../slack/feature.ts';
import { deliverFile } from '../slack/files.ts';
import { toFile } from './file.ts';
import { jobWords } from './job-text.ts';
import { idsIn, loadSettings, type State } from './store.ts';
import { words } from './text.ts';

const what = eachInBoth(jobWords);

export const jobs: readonly JobHandler[] = [
  onJob(
    'settings.export',
    what('export'),
    z.object({ workspaceId: z.string(), userId: z.string(), request: z.string() }),
    async (context, { workspaceId, userId, request }) => {
      const state = await loadSettings(context.db, workspaceId);
      const person = await findPerson(context.db, workspaceId, userId);
      const w = words(person?.language ?? state.saved.settings.language);
      const channelId = await context.slack.directChannel(userId);
      const at = { workspaceId, crisisId: null, channelId };
      const said = message(w.exportComment, [section(w.exportComment)]);
      await deliver(context, { ...at, key: `settings-export:${request}`, message: said });
      const name = `crisis-settings-v${state.saved.version}.json`;
      const file = { name, title: name, content: await content(context, state) };
      await deliverFile(context, { ...at, key: `settings-file:${request}`, file });
    },
  ),
];

async function content(context: JobContext, { workspaceId, saved, groups }: State): Promise<string> {
  const named = await namer(context.db, workspaceId, idsIn(saved.settings));
  const handles = new Map(groups.map((g) => [g.id, `@${g.handle}`]));
  return toFile(saved.settings, (id) => handles.get(id) ?? named(id));
}
