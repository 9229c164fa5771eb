/** Somebody who may be named for something in a crisis, or the reason why not. */
export type Candidate = {
  userId: string;
  name: string;
  trouble: Trouble | null;
  inCell: boolean;
};
export type Trouble = 'unknown' | 'deactivated' | 'guest' | 'external' | 'bot' | 'excluded';

/** What keeps somebody from being named anywhere, or null; undefined is somebody whom Slack does not know. */
export function troubleWith(
  person: { isBot: boolean; isDeactivated: boolean; isExternal: boolean; isGuest: boolean } | undefined,
): Exclude<Trouble, 'excluded'> | null {
  if (!person) return 'unknown';
  if (person.isBot) return 'bot';
  if (person.isDeactivated) return 'deactivated';
  if (person.isExternal) return 'external';
  return person.isGuest ? 'guest' : null;
}

export type OwnerRefusal = { code: 'cannot_own'; name: string; why: Trouble };

export const ownerProblem = ({ name, trouble }: Candidate): OwnerRefusal | null =>
  trouble && { code: 'cannot_own', name, why: trouble };
