import { bilingual, type Language } from '../core/locale.ts';
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

/** Roles that playbooks name and that a workspace may have no department for. */
const roles = {
  en: {
    lead: 'Crisis lead',
    quality: 'Quality',
    operations: 'Operations',
    agency: 'Agency',
    brand: 'Brand',
    diversity: 'Diversity and inclusion',
    'works-council': 'Works council',
    'labour-law': 'Employment law',
    security: 'Security',
    dpo: 'Data protection officer',
    ciso: 'Information security (CISO)',
    it: 'IT',
    board: 'Board',
    'outside-counsel': 'Outside counsel',
  },
  fr: {
    lead: 'Directeur de crise',
    quality: 'Qualité',
    operations: 'Opérations',
    agency: 'Agence',
    brand: 'Marque',
    diversity: 'Diversité et inclusion',
    'works-council': 'Comité social et économique',
    'labour-law': 'Droit social',
    security: 'Sûreté',
    dpo: 'Délégué à la protection des données',
    ciso: 'Sécurité des systèmes d’information (RSSI)',
    it: 'Informatique',
    board: 'Conseil d’administration',
    'outside-counsel': 'Avocat externe',
  },
} satisfies Record<Language, Record<string, string>>;

export const words = bilingual({ feature: 'People' }, { feature: 'Les personnes' });

/** `Legal`, `Juridique`, or the name the workspace gave to a department of its own. */
export const departmentName = (key: string, own: string | null, language: Language): string =>
  own ?? (names[language] as Record<string, string>)[key] ?? (roles[language] as Record<string, string>)[key] ?? key;
