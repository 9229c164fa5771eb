/** What a company says, by kind: the approvals it needs depend on it (discipline C11). */
export const kinds = [
  'holding',
  'press_release',
  'site_note',
  'social_post',
  'email',
  'reply_from_bank',
  'internal_note',
  'sensitive',
] as const;
export type Kind = (typeof kinds)[number];

export const audiences = ['public', 'press', 'customers', 'employees', 'partners', 'authorities'] as const;
export type Audience = (typeof audiences)[number];
