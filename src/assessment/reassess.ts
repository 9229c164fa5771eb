import { alarm, atOnce, type Job, toPerson } from '../core/jobs.ts';
import { levelPlans } from '../core/levels.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';

/** When an open crisis is to be assessed again. */
export type Reassessment = {
  crisisId: string;
  /** Assessments since the level was taken. */
  step: number;
  dueAt: Date | null;
  alarmKey: string | null;
  plan: number;
  reminder: number;
  remindedId: string | null;
};

type Planned = { row: Reassessment; jobs: Job[]; cancel: string[] };
type Subject = Pick<Crisis, 'id' | 'level' | 'status' | 'leadId'>;

/**
 * Plans the next reminder afresh, by level (discipline E5), and takes back the one before: there is never more than one
 * to come, and none while one that was sent still waits for its answer.
 */
export function planned(
  crisis: Subject,
  before: Reassessment | null,
  why: 'start' | 'assessed' | 'level',
  now: Date,
): Planned {
  const step = why === 'assessed' ? (before?.step ?? 0) + 1 : 0;
  const beat = crisis.status === 'open' ? levelPlans[crisis.level].reassess : null;
  const minutes = beat && (step < beat.times ? beat.first : beat.later);
  const dueAt = minutes === null ? null : after(now, minutes * MINUTE);
  const plan = (before?.plan ?? 0) + 1;
  const alarmKey = dueAt && `reassess:${crisis.id}:${plan}`;
  const row = { crisisId: crisis.id, step, dueAt, alarmKey, plan, reminder: before?.reminder ?? 0, remindedId: null };
  return {
    row,
    jobs: [
      ...(dueAt && alarmKey
        ? [alarm('assessment.reassess', { crisisId: crisis.id, key: alarmKey }, dueAt, alarmKey)]
        : []),
      ...(before?.remindedId
        ? [foldReminder(crisis.id, before.remindedId, before.reminder), lookAtWaits(crisis.id)]
        : []),
    ],
    cancel: before?.alarmKey ? [before.alarmKey] : [],
  };
}

/** What an earlier version showed of it. */
const foldReminder = (crisisId: string, userId: string, reminder: number): Job =>
  toPerson('assessment.show_reminder', { crisisId, userId, reminder });

/** Named here, done by the jobs of what waits on people: no entry of the timeline tells that a time has come. */
const lookAtWaits = (crisisId: string): Job => atOnce('waiting.look', { crisisId });

/** The alarm rang: the lead is asked once. Null when the crisis is closed, or was assessed or moved since. */
export function reassessmentRang(
  crisis: Subject,
  row: Reassessment | null,
  key: string,
): { row: Reassessment; jobs: Job[] } | null {
  if (crisis.status === 'closed' || row?.alarmKey !== key) return null;
  const reminder = row.reminder + 1;
  return {
    row: { ...row, alarmKey: null, reminder, remindedId: crisis.leadId },
    jobs: [lookAtWaits(crisis.id)],
  };
}
