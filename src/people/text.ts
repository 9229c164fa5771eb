import { bilingual, type Language } from '../core/locale.ts';

/** Departments that the product knows, and roles that playbooks name, for which a workspace may have no department. */
const names = bilingual(
  {
    communication: 'Communication',
    legal: 'Legal',
    marketing: 'Marketing',
    management: 'Management',
    hr: 'Human resources',
    support: 'Customer support',
    lead: 'Crisis lead',
    quality: 'Quality',
    operations: 'Operations',
    agency: 'Agency',
    brand: 'Brand',
    diversity: 'Diversity adviser',
    'works-council': 'Works council contact',
    'labour-law': 'Employment law',
    security: 'Security',
    dpo: 'Data protection officer (DPO)',
    ciso: 'Information security (CISO)',
    it: 'IT',
    board: 'Board',
    'outside-counsel': 'Outside counsel',
  },
  {
    communication: 'Communication',
    legal: 'Juridique',
    marketing: 'Marketing',
    management: 'Direction',
    hr: 'Ressources humaines',
    support: 'Service client',
    lead: 'Pilote de crise',
    quality: 'Qualité',
    operations: 'Opérations',
    agency: 'Agence',
    brand: 'Marque',
    diversity: 'Référent diversité',
    'works-council': 'Contact CSE',
    'labour-law': 'Droit social',
    security: 'Sûreté',
    dpo: 'Délégué à la protection des données (DPO)',
    ciso: 'Sécurité des systèmes d’information (RSSI)',
    it: 'Informatique',
    board: 'Conseil d’administration',
    'outside-counsel': 'Avocat externe',
  },
);

export const words = bilingual({ feature: 'People' }, { feature: 'Les personnes' });

/** `Legal`, `Juridique`, or the name the workspace gave to a department of its own; else the key itself. */
export const departmentName = (key: string, own: string | null, language: Language): string =>
  own ?? (names(language) as Record<string, string>)[key] ?? key;
