import type { Language } from '../core/locale.ts';
import { standardDepartments } from '../people/rules.ts';
import { departmentName } from '../people/text.ts';
import { type KnownRole, knownRoles, type Playbook, type tones } from './rules.ts';

const roleNames = {
  en: {
    quality: 'Quality',
    operations: 'Operations',
    agency: 'Agency',
    brand: 'Brand',
    diversity: 'Diversity adviser',
    'works-council': 'Works council contact',
    'labour-law': 'Labour law',
    security: 'Security',
    dpo: 'DPO (data protection)',
    ciso: 'CISO (security of systems)',
    it: 'IT',
    board: 'Board',
    'outside-counsel': 'Outside counsel',
  },
  fr: {
    quality: 'Qualité',
    operations: 'Opérations',
    agency: 'Agence',
    brand: 'Marque',
    diversity: 'Référent diversité',
    'works-council': 'Contact CSE',
    'labour-law': 'Droit social',
    security: 'Sûreté',
    dpo: 'DPO (protection des données)',
    ciso: 'RSSI (sécurité des systèmes)',
    it: 'Informatique',
    board: 'Conseil d’administration',
    'outside-counsel': 'Avocat extérieur',
  },
} satisfies Record<Language, Record<KnownRole, string>>;

/** Names that a workspace gave to departments of its own, by key. */
export type OwnNames = ReadonlyMap<string, string | null>;

/** A department, `lead`, a role of the product, or whatever the workspace calls a role of its own. */
export function ownerName(key: string, own: OwnNames, language: Language): string {
  if (key === 'lead') return { en: 'Crisis lead', fr: 'Directeur de crise' }[language];
  const role = (roleNames[language] as Record<string, string>)[key];
  return role ?? departmentName(key, own.get(key) ?? null, language);
}

/** The key of a role or a department by any of its names in either language; an unknown one stands for itself. */
export function roleOf(typed: string, own: OwnNames): string {
  const asked = typed.trim().toLowerCase();
  const keys = [...knownRoles, ...standardDepartments, ...own.keys()];
  const isCalled = (key: string) =>
    [key, ownerName(key, own, 'en'), ownerName(key, own, 'fr')].some((name) => name.toLowerCase() === asked);
  return keys.find(isCalled) ?? typed.trim();
}

const toneNames = {
  en: {
    protective: 'Protective',
    humble: 'Humble',
    firm: 'Firm',
    calm: 'Calm',
    factual: 'Factual',
    sober: 'Sober',
    respectful: 'Respectful',
    plain: 'Plain',
  },
  fr: {
    protective: 'Protecteur',
    humble: 'Humble',
    firm: 'Ferme',
    calm: 'Calme',
    factual: 'Factuel',
    sober: 'Sobre',
    respectful: 'Respectueux',
    plain: 'Simple',
  },
} satisfies Record<Language, Record<(typeof tones)[number], string>>;
export const toneName = (tone: Playbook['tone'], language: Language): string => toneNames[language][tone];

const clusterNames = {
  en: {
    victim: 'we are likely to look like a victim',
    accident: 'it is likely to look like an accident',
    preventable: 'it is likely to look preventable',
  },
  fr: {
    victim: 'nous devrions être perçus comme une victime',
    accident: 'cela devrait être perçu comme un accident',
    preventable: 'cela devrait être perçu comme évitable',
  },
} satisfies Record<Language, Record<Playbook['cluster'], string>>;
export const clusterName = (cluster: Playbook['cluster'], language: Language): string =>
  clusterNames[language][cluster];

/** `2026-06-30` as `30 Jun 2026`, `30 juin 2026`. */
export const dayName = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(`${day}T00:00:00Z`));
