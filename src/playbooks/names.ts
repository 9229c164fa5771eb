import type { Language } from '../core/locale.ts';
import { departmentName } from '../people/text.ts';
import { ownersOfTasks, type Playbook, type tones } from './rules.ts';

/** Names that a workspace gave to departments of its own, by key. */
export type OwnNames = ReadonlyMap<string, string | null>;

/** What roles were called before: somebody may still type it, or save a form that shows it. */
const formerNames: Readonly<Record<string, readonly string[]>> = {
  lead: ['Directeur de crise'],
  diversity: ['Diversity and inclusion', 'Diversité et inclusion'],
  'works-council': ['Works council', 'Comité social et économique'],
  'labour-law': ['Labour law'],
  dpo: [
    'DPO (data protection)',
    'DPO (protection des données)',
    'Data protection officer',
    'Délégué à la protection des données',
  ],
  ciso: ['CISO (security of systems)', 'RSSI (sécurité des systèmes)'],
  'outside-counsel': ['Avocat extérieur'],
};

/** The key of a role or a department by any of its names in either language; an unknown one stands for itself. */
export function roleOf(typed: string, own: OwnNames): string {
  const keys = [...new Set([...ownersOfTasks, ...own.keys()])];
  const namesOf = (key: string) =>
    (['en', 'fr'] as const).map((language) => departmentName(key, own.get(key) ?? null, language));
  const isAsked = (name: string) => name.toLowerCase() === typed.trim().toLowerCase();
  const isCalled = (key: string) => [key, ...namesOf(key)].some(isAsked);
  const wasCalled = (key: string) => formerNames[key]?.some(isAsked) ?? false;
  return keys.find(isCalled) ?? keys.find(wasCalled) ?? typed.trim();
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
