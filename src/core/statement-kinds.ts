import type { Language } from './locale.ts';

/** What a company says, by kind: the approvals it needs depend on it (discipline C11). */
export const statementKinds = [
  'holding',
  'press_release',
  'site_note',
  'social_post',
  'email',
  'reply_from_bank',
  'internal_note',
  'sensitive',
] as const;
export type StatementKind = (typeof statementKinds)[number];

export const audiences = ['public', 'press', 'customers', 'employees', 'partners', 'authorities'] as const;
export type Audience = (typeof audiences)[number];

/** What the company says to others than its own people. */
export const isExternal = ({ kind, audience }: { kind: StatementKind; audience: Audience }): boolean =>
  kind !== 'internal_note' && audience !== 'employees';

const kindNames = {
  en: {
    holding: 'Holding statement',
    press_release: 'Press release',
    site_note: 'Website note',
    social_post: 'Social media post',
    email: 'Email',
    reply_from_bank: 'Reply from the bank',
    internal_note: 'Internal note',
    sensitive: 'Sensitive statement',
  },
  fr: {
    holding: 'Communiqué d’attente',
    press_release: 'Communiqué de presse',
    site_note: 'Note sur le site web',
    social_post: 'Publication sur les réseaux sociaux',
    email: 'E-mail',
    reply_from_bank: 'Réponse de la banque',
    internal_note: 'Note interne',
    sensitive: 'Communiqué sensible',
  },
} satisfies Record<Language, Record<StatementKind, string>>;

const audienceNames = {
  en: {
    public: 'General public',
    press: 'Press',
    customers: 'Customers',
    employees: 'Employees',
    partners: 'Partners',
    authorities: 'Authorities',
  },
  fr: {
    public: 'Grand public',
    press: 'Presse',
    customers: 'Clients',
    employees: 'Salariés',
    partners: 'Partenaires',
    authorities: 'Autorités',
  },
} satisfies Record<Language, Record<Audience, string>>;

export const kindName = (kind: StatementKind, language: Language): string => kindNames[language][kind];
export const audienceName = (audience: Audience, language: Language): string => audienceNames[language][audience];
