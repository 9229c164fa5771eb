/** A department of the roster, with its groups' members already counted among its people. */
export type Department = {
  key: string;
  /** Null for the departments that the product names itself. */
  name: string | null;
  /** Who is called: named people and members of the chosen groups, without those who cannot be called. */
  peopleIds: string[];
  deputyIds: string[];
  /** Named there and not to be called, such as somebody suspended: a crisis may concern them all the same. */
  absentIds?: string[];
};

export const standardDepartments = ['communication', 'legal', 'marketing', 'management', 'hr', 'support'] as const;

/** Who wrote what the product wrote by itself, a playbook's task or draft: nobody's id, so nobody's words. */
export const theProduct = 'crisis-war-room';

/** The three without which a reputation crisis cannot be run; called at every level. */
export const coreDepartments: readonly string[] = ['communication', 'legal', 'marketing'];

/** Departments that somebody answers for, as person or deputy. */
export const departmentsOfPerson = (roster: readonly Department[], userId: string) =>
  roster
    .filter((d) => d.peopleIds.includes(userId) || d.deputyIds.includes(userId))
    .map((d) => ({ key: d.key, isDeputy: !d.peopleIds.includes(userId) }));

/** Core departments that nobody answers for yet. */
export const emptyDepartments = (roster: readonly Department[]): string[] =>
  coreDepartments.filter((key) => !roster.some((d) => d.key === key && d.peopleIds.length > 0));

/** Somebody, as far as the settings and the playbooks are concerned. */
export type Editor = { userId: string; isOutsider: boolean; isAdmin: boolean };

/** Whoever is no colleague who can act: guests, people of other organisations, bots, deactivated accounts. */
export const isOutsider = (person: {
  isBot: boolean;
  isDeactivated: boolean;
  isGuest: boolean;
  isExternal: boolean;
}): boolean => person.isBot || person.isDeactivated || person.isGuest || person.isExternal;

/** People whose work it is: named in communication or management, as person or deputy, or trusted to declare. */
export function editorsOf(roster: readonly Department[], declarers: readonly string[] | null): string[] {
  const named = roster
    .filter((d) => d.key === 'communication' || d.key === 'management')
    .flatMap((d) => [...d.peopleIds, ...d.deputyIds]);
  return [...new Set([...named, ...(declarers ?? [])])];
}

/**
 * Whether somebody may change the settings and the playbooks. Until somebody is in charge everybody but outsiders may;
 * afterwards those in charge and the workspace's administrators. Anybody else may not.
 */
export function mayChange(editors: readonly string[], by: Editor): boolean {
  if (by.isOutsider) return false;
  return editors.length === 0 || by.isAdmin || editors.includes(by.userId);
}
