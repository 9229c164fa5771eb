import type { Trouble } from '../crises/owner.ts';
import type { Member } from '../crises/rules.ts';
import { mentionedIn } from '../timeline/export.ts';

export type Stage = 'people' | 'deputies' | 'lead';

/**
 * A department that was called. It waits on its people, then on its deputies, then on the crisis lead, one alarm at a
 * time; an answer ends it at any stage. Every change makes a new version, and the alarm of an earlier version does
 * nothing: each stage is left exactly once. Calling the department again begins a new round.
 */
export type Callout = {
  id: string;
  crisisId: string;
  department: string;
  departmentName: string | null;
  stage: Stage;
  stageAt: Date;
  /** When the deputies were called. */
  deputiesAt: Date | null;
  round: number;
  reason: string;
  peopleIds: string[];
  deputyIds: string[];
  declinedIds: string[];
  toldLeadId: string | null;
  calledBy: string | null;
  calledAt: Date;
  dueAt: Date;
  answeredBy: string | null;
  answeredAt: Date | null;
  version: number;
};

/** Somebody who answers, calls or joins, with what the crisis knows of them. */
export type Caller = Member & {
  isOutsider: boolean;
  department: string | null;
  inRoom: boolean;
  presentAt: Date | null;
  calledAt: Date | null;
};

/** A member of the cell, as it is recorded. */
export type CellMember = {
  userId: string;
  department: string | null;
  isDeputy: boolean;
  inRoom: boolean;
  leftAt: Date | null;
  inviteError: string | null;
  presentAt: Date | null;
  calledAt: Date | null;
  calledBy: string | null;
  callReason: string | null;
};

export type Hindrance = Trouble | 'yourself';
export type NotCalled = { userId: string; why: Hindrance };

/** What joins the cell, or changes about a person who is in it. */
export type Addition = {
  userId: string;
  department: string | null;
  isDeputy: boolean;
  presentAt?: Date;
  called?: { at: Date; by: string; reason: string };
};

/** What a rule of this slice changes; saved as it is. */
export type Change = { callouts: Callout[]; cell: Addition[] };

/** Everybody whom what is shown of it names. */
export const peopleInCallout = (callout: Callout): string[] => [
  ...callout.peopleIds,
  ...callout.deputyIds,
  ...callout.declinedIds,
  ...mentionedIn(callout.reason),
  ...[callout.answeredBy, callout.calledBy, callout.toldLeadId].filter((id) => id !== null),
];

/** Everybody whom a call by name names. */
export const peopleInRow = ({
  userId,
  calledBy,
  callReason,
}: Pick<CellMember, 'userId' | 'calledBy' | 'callReason'>) => [
  userId,
  ...(calledBy ? [calledBy] : []),
  ...mentionedIn(callReason ?? ''),
];

/** Of the department: its people, its deputies, and those who were called to stand in for it. */
export const isOf = (callout: Callout, by: Pick<Caller, 'userId' | 'department'>): boolean =>
  callout.peopleIds.includes(by.userId) ||
  callout.deputyIds.includes(by.userId) ||
  by.department === callout.department;

export const isOpen = ({ answeredAt }: Pick<Callout, 'answeredAt'>): boolean => answeredAt === null;

/** Whose turn it is or was: the deputies once they were called. */
export const turnIds = ({ stage, peopleIds, deputyIds }: Callout): string[] =>
  stage === 'people' ? peopleIds : [...peopleIds, ...deputyIds];

/** Called by name, and not come since. */
export const isAwaitedByName = ({ calledAt, presentAt }: Pick<CellMember, 'calledAt' | 'presentAt'>): boolean =>
  calledAt !== null && (presentAt === null || presentAt < calledAt);

/** Who is called at its stage. */
export const stageIds = (callout: Callout): string[] => {
  if (callout.stage === 'people') return callout.peopleIds;
  return callout.stage === 'deputies' ? callout.deputyIds : callout.toldLeadId ? [callout.toldLeadId] : [];
};

/** Who is called now: when a department is called again, those who were silent are called with their deputies. */
export const mentionedIds = (callout: Callout): string[] =>
  callout.stage === 'deputies' && callout.round > 1 ? [...callout.peopleIds, ...callout.deputyIds] : stageIds(callout);

/** Milliseconds from the call to its answer. */
export const answerMs = (callout: Callout): number =>
  callout.answeredAt ? callout.answeredAt.getTime() - callout.calledAt.getTime() : 0;

export const alarmKey = (callout: Callout): string => `callout:${callout.id}:${callout.version}`;

/** The one message of a room that says who is called. */
export const callName = (crisisId: string): string => `call:${crisisId}`;
