import { z } from 'zod';
import { levels } from '../../core/levels.ts';
import { eachInBoth } from '../../core/locale.ts';
import { type JobHandler, onJob } from '../../slack/feature.ts';
import { mentionedIn } from '../../timeline/export.ts';
import { entriesOf } from '../../timeline/store.ts';
import { crisisWithRoom, roomReader, showInRoom } from '../show.ts';
import { words } from './text.ts';
import { levelMessage } from './views.ts';

const what = eachInBoth((language) => ({ show: words(language).job }));

const changed = z.object({ from: z.enum(levels), to: z.enum(levels), reason: z.string() });

export const jobs: readonly JobHandler[] = [
  onJob(
    'crises.show_level',
    what('show'),
    z.object({ crisisId: z.uuid(), seq: z.number() }),
    async (context, { crisisId, seq }) => {
      const [crisis, [entry]] = await Promise.all([
        crisisWithRoom(context, crisisId),
        entriesOf(context.db, crisisId, seq - 1, 1),
      ]);
      if (!crisis || entry?.kind !== 'level_changed') return;
      const change = { ...changed.parse(entry.data), byId: entry.actorId, at: entry.occurredAt };
      const named = [...mentionedIn(change.reason), ...(change.byId ? [change.byId] : [])];
      const shown = levelMessage(crisis, change, await roomReader(context, crisis, named));
      await showInRoom(context, crisis, `level:${crisisId}:${seq}`, shown);
    },
  ),
];
