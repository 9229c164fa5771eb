import type { Language } from '../core/locale.ts';

/** Kinds of crisis (discipline F). `other` fits when nothing else does, or when nobody knows yet. */
export const playbooks = [
  'product',
  'campaign',
  'misconduct',
  'harassment',
  'breach',
  'disinformation',
  'executive',
  'boycott',
  'other',
] as const;
type Playbook = (typeof playbooks)[number];

const names = {
  en: {
    product: 'Product or service failure',
    campaign: 'Clumsy campaign, bad buzz',
    misconduct: 'Employee misconduct',
    harassment: 'Cyber-harassment of one of us',
    breach: 'Data breach',
    disinformation: 'Fake reviews, disinformation, deepfake',
    executive: 'Allegations against an executive',
    boycott: 'Boycott or activist campaign',
    other: 'Other, or not known yet',
  },
  fr: {
    product: 'Défaillance d’un produit ou service',
    campaign: 'Campagne maladroite, bad buzz',
    misconduct: 'Comportement d’un salarié',
    harassment: 'Cyberharcèlement de l’un des nôtres',
    breach: 'Fuite de données',
    disinformation: 'Faux avis, désinformation, deepfake',
    executive: 'Mise en cause d’un dirigeant',
    boycott: 'Boycott ou campagne militante',
    other: 'Autre, ou pas encore établi',
  },
} satisfies Record<Language, Record<Playbook, string>>;

export const playbookName = (playbook: string, language: Language): string =>
  (names[language] as Record<string, string>)[playbook] ?? playbook;
