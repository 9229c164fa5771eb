/** A department of the roster, with its groups' members already counted among its people. */
export type Department = {
  key: string;
  /** Null for the departments that the product names itself. */
  name: string | null;
  /** Who is called: named people and members of the chosen groups, without those who cannot be called. */
  peopleIds: string[];
  deputyIds: string[];
};

export const standardDepartments = ['communication', 'legal', 'marketing', 'management', 'hr', 'support'] as const;
export type StandardDepartment = (typeof standardDepartments)[number];

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
