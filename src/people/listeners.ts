import { z } from 'zod';
import { inBoth } from '../core/locale.ts';
import { order } from '../jobs/commit.ts';
import { type Feature, onEvent } from '../slack/feature.ts';
import { jobs } from './jobs.ts';
import { asGroup, asPerson } from './slack-people.ts';
import { saveGroups, savePeople } from './store.ts';
import { words } from './text.ts';

const user = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  deleted: z.boolean().optional(),
  locale: z.string().optional(),
  tz: z.string().optional(),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  team_id: z.string().optional(),
  enterprise_user: z.looseObject({ teams: z.array(z.string()).optional() }).optional(),
  is_admin: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  profile: z.looseObject({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
});
const group = z.looseObject({
  id: z.string(),
  handle: z.string(),
  name: z.string(),
  date_delete: z.number().optional(),
  users: z.array(z.string()).optional(),
});

const groupChanged = (type: 'subteam_created' | 'subteam_updated') =>
  onEvent(type, z.looseObject({ subteam: group }), (call, event) =>
    saveGroups(call.db, [asGroup(call.workspaceId, event.subteam, call.now())]),
  );

export const people: Feature = {
  name: 'people',
  title: inBoth((l) => words(l).feature),
  events: [
    // Not `user_change`: in a large workspace it is most of what Slack counts before it drops events, messages of rooms among
    // them. People are read nightly, when they are met, and every quarter of an hour while a crisis of theirs is open.
    onEvent('team_join', z.looseObject({ user }), async (call, event) =>
      savePeople(call.db, [asPerson(call.workspaceId, event.user, call.now())]),
    ),
    groupChanged('subteam_created'),
    groupChanged('subteam_updated'),
    // Carries only who came and went: the whole group is read again.
    onEvent('subteam_members_changed', z.looseObject({}), (call) => order(call, [syncPeople(call.workspaceId)])),
  ],
  jobs,
  start: async (deps, workspaceId) => {
    await order(deps, [syncPeople(workspaceId)]);
    await deps.boss.schedule(
      'upkeep',
      '17 4 * * *',
      { kind: 'people.sync', workspaceId },
      { key: `people.${workspaceId}` },
    );
  },
};

const syncPeople = (workspaceId: string) => ({ kind: 'people.sync', queue: 'upkeep' as const, data: { workspaceId } });
