import type { Language } from '../core/locale.ts';
import type { StandardDepartment } from './rules.ts';

const names = {
  en: {
    communication: 'Communication',
    legal: 'Legal',
    marketing: 'Marketing',
    management: 'Management',
    hr: 'Human resources',
    support: 'Customer support',
  },
  fr: {
    communication: 'Communication',
    legal: 'Juridique',
    marketing: 'Marketing',
    management: 'Direction',
    hr: 'Ressources humaines',
    support: 'Service client',
  },
} satisfies Record<Language, Record<StandardDepartment, string>>;

/** `Legal`, `Juridique`, or the name the workspace gave to a department of its own. */
export const departmentName = (key: string, own: string | null, language: Language): string =>
  own ?? (names[language] as Record<string, string>)[key] ?? key;
