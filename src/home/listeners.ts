import { inBoth } from '../core/locale.ts';
import { crisesOfPerson } from '../crises/store.ts';
import { crisisList } from '../crises/views.ts';
import type { Subcommand } from '../slack/feature.ts';

/** `/crisis` alone. */
export const panel: Subcommand = {
  name: 'panel',
  aliases: [],
  usage: inBoth(() => ''),
  summary: inBoth(() => ''),
  run: async (call) =>
    crisisList(await crisesOfPerson(call.db, call.who.workspaceId, call.who.userId), call.who.language, call.now()),
};
