import { atLeast, type Level, levelPlans } from '../core/levels.ts';
import type { StatementKind } from '../core/statement-kinds.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Department } from '../people/rules.ts';

/** A department of the roster, or the crisis lead. */
export type Seat = string;
export const leadSeat: Seat = 'lead';

/** The seats of one submission: nothing that the settings say afterwards gives anybody a seat, or takes it. */
export type Seats = {
  /** Who was named then. */
  departments: Department[];
  /** Who was named when the settings were last looked at. */
  seen: Department[];
  /** Seats for which the lead allowed somebody who approves for another one. */
  waivers: { seat: Seat; by: string; reason: string; at: string }[];
};

const [communication, legal, management] = ['communication', 'legal', 'management'] as const;

/**
 * Whose approval an output needs (discipline C11; routine and watch like incident). C11 is silent on the last three:
 * what goes to customers or networks is read like a press release from a crisis on; an internal note leaks, so legal
 * reads it from a crisis on. `isSensitive`: what apologises, compensates, recalls, names somebody or moves the market
 * needs legal and management besides, whatever its kind.
 */
export function requiredFor(kind: StatementKind, level: Level, isSensitive = false): Seat[] {
  return isSensitive ? [...new Set([...seatsOf(kind, level), ...seatsOf('sensitive', level)])] : seatsOf(kind, level);
}

function seatsOf(kind: StatementKind, level: Level): Seat[] {
  const serious = atLeast(level, 'crisis');
  switch (kind) {
    case 'reply_from_bank':
      return [communication];
    case 'holding':
      return level === 'major' ? [communication, legal, leadSeat] : [communication, legal];
    case 'press_release':
    case 'site_note':
      return serious ? [communication, legal, leadSeat, management] : [communication, legal, leadSeat];
    case 'sensitive':
      return [legal, management];
    case 'social_post':
    case 'email':
      return serious ? [communication, legal, leadSeat, management] : [communication, legal];
    case 'internal_note':
      if (level === 'major') return [communication, legal, leadSeat];
      return serious ? [communication, legal] : [communication];
  }
}

/** At half the time the deputies are asked as well; at the end of it the lead is told. */
export function budgetFor(level: Level, submittedAt: Date): { relayAt: Date; overdueAt: Date } {
  const budget = levelPlans[level].approval * MINUTE;
  return { relayAt: after(submittedAt, budget / 2), overdueAt: after(submittedAt, budget) };
}

export type Capacity = 'person' | 'deputy' | 'lead' | 'management';

/** Why a seat has nobody: nobody is named, only authors are, or whoever is named approves for another seat already. */
type Because = 'nobody' | 'author' | 'seated';

/** Who may approve for a seat, without the authors and without those who approve for another seat. */
export type Approvers = {
  seat: Seat;
  people: string[];
  deputies: string[];
  /** Set when the seat has nobody else: who approves in its place, and why. */
  standIn: { by: 'lead' | 'management'; because: Because } | null;
};

/**
 * Nobody approves their own words or for two seats, and no seat is silently dropped: when none of its people may, or it
 * has nobody, the lead approves in its place; when the lead may not, management. Both lists empty: nobody can. `seated`:
 * those who approve for another seat.
 */
export function approversOf(
  seat: Seat,
  roster: readonly Department[],
  leadId: string | null,
  authors: readonly string[],
  seated: readonly string[] = [],
): Approvers {
  const without = (ids: readonly string[]) => ids.filter((id) => !authors.includes(id) && !seated.includes(id));
  const why = (ids: readonly string[]): Because =>
    ids.length === 0 ? 'nobody' : ids.every((id) => authors.includes(id)) ? 'author' : 'seated';
  const department = roster.find((d) => d.key === seat);
  const [people, deputies] = [without(department?.peopleIds ?? []), without(department?.deputyIds ?? [])];
  if (people.length + deputies.length > 0) return { seat, people, deputies, standIn: null };
  const leads = leadId === null ? [] : [leadId];
  const lead = without(leads);
  if (lead.length > 0) {
    if (seat === leadSeat) return { seat, people: lead, deputies: [], standIn: null };
    const because = why([...(department?.peopleIds ?? []), ...(department?.deputyIds ?? [])]);
    return { seat, people: lead, deputies: [], standIn: { by: 'lead', because } };
  }
  const top = roster.find((d) => d.key === management);
  const [heads, seconds] = [without(top?.peopleIds ?? []), without(top?.deputyIds ?? [])];
  return { seat, people: heads, deputies: seconds, standIn: { by: 'management', because: why(leads) } };
}

export function capacityOf(approvers: Approvers, userId: string): Capacity | null {
  const isPerson = approvers.people.includes(userId);
  if (!isPerson && !approvers.deputies.includes(userId)) return null;
  if (approvers.standIn) return approvers.standIn.by;
  return isPerson ? 'person' : 'deputy';
}

/** Those who are asked at first: the people of each seat, its deputies where it has nobody else. */
export const firstAsked = (seats: readonly Approvers[]): string[] => [
  ...new Set(seats.flatMap((a) => (a.people.length > 0 ? a.people : a.deputies))),
];

/**
 * The seat that one press fills, of those that somebody may fill: the one that leaves the others to people of their own,
 * else to somebody at all. `others`: who could approve for each seat then.
 */
export function seatToFill(
  mine: readonly Approvers[],
  others: (taken: Seat) => readonly Approvers[],
): Approvers | undefined {
  const everybody = (a: Approvers) => [...a.people, ...a.deputies];
  // In place of somebody else only where no seat of one's own is open.
  const inTurn = mine.toSorted((a, b) => Number(a.standIn !== null) - Number(b.standIn !== null));
  return (
    inTurn.find(({ seat }) => canFill(others(seat).map((a) => (a.standIn ? [] : everybody(a))))) ??
    inTurn.find(({ seat }) => canFill(others(seat).map(everybody))) ??
    inTurn[0]
  );
}

/** Whether each seat can have somebody of its own. */
function canFill([first, ...rest]: readonly (readonly string[])[]): boolean {
  return first === undefined || first.some((id) => canFill(rest.map((ids) => ids.filter((other) => other !== id))));
}
