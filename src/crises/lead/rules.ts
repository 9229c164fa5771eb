import { accept, type Decision, type NewEntry, refuse } from '../../core/decision.ts';
import { inRoom, type Job, toPerson } from '../../core/jobs.ts';
import { inBoth } from '../../core/locale.ts';
import type { Department } from '../../people/rules.ts';
import type { Kind } from '../entry-kinds.ts';
import { type Crisis, isExcluded } from '../rules.ts';
import { words } from './text.ts';

/** What the timeline said last of a lead who cannot lead; null when it never said anything. */
export type LastSaid = { kind: string; leadId: string; offeredIds: string[] } | null;

/**
 * Whom the lead is offered when the lead has gone: the deputies of their department, else of communication, else
 * management. `roster`: of those who can be called into this crisis.
 */
export function offeredLead(leadId: string, roster: readonly Department[]): string[] {
  const of = (key: string) => roster.find((d) => d.key === key);
  const own = roster.filter(({ peopleIds, absentIds = [] }) => [...peopleIds, ...absentIds].includes(leadId));
  const inTurn = [
    own.flatMap((d) => d.deputyIds),
    of('communication')?.deputyIds,
    of('management')?.peopleIds,
    of('management')?.deputyIds,
  ];
  const offered = inTurn.map((ids = []) => ids.filter((id) => id !== leadId)).find((ids) => ids.length > 0);
  return [...new Set(offered)];
}

/** `isGone`: Slack no longer knows the lead as somebody who can act. Told once, and again when they are back. */
export function followLead(
  crisis: Crisis,
  isGone: boolean,
  said: LastSaid,
  roster: readonly Department[],
  now: Date,
): Decision<{ offeredIds: string[] }, { code: 'nothing_to_do' }> {
  const isSaid = said?.kind === 'lead_unavailable' && said.leadId === crisis.leadId;
  if (crisis.status !== 'open' || isGone === isSaid) return refuse({ code: 'nothing_to_do' });
  const { leadId } = crisis;
  if (!isGone)
    return accept(
      { offeredIds: [] },
      {
        timeline: [entry('lead_back', now, { leadId }, (w) => w.back(leadId))],
        jobs: offers(crisis.id, leadId, said?.offeredIds ?? []),
      },
    );
  const offeredIds = offeredLead(leadId, roster).filter((id) => !isExcluded(crisis, id));
  return accept(
    { offeredIds },
    {
      timeline: [entry('lead_unavailable', now, { leadId, offeredIds }, (w) => w.gone(leadId, offeredIds))],
      jobs: [
        ...offeredIds.map((userId) => inRoom('war_room.add', { crisisId: crisis.id, userId })),
        ...offers(crisis.id, leadId, offeredIds),
      ],
    },
  );
}

/** What was offered, shown again from what is true by then: to each of them, or in the room where there is nobody. */
export const offers = (crisisId: string, leadId: string, offeredIds: readonly string[]): Job[] =>
  offeredIds.length > 0
    ? offeredIds.map((userId) => toPerson('crises.tell_offer', { crisisId, userId, leadId }))
    : [inRoom('crises.show_offer', { crisisId, leadId })];

type Say = (w: ReturnType<typeof words>['entry']) => string;
const entry = (
  kind: Extract<Kind, 'lead_unavailable' | 'lead_back'>,
  occurredAt: Date,
  data: Record<string, unknown>,
  say: Say,
): NewEntry => ({ kind, occurredAt, actorId: null, text: inBoth((l) => say(words(l).entry)), data });
