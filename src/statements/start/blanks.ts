import type { Language } from '../../core/locale.ts';
import { dateTime } from '../../core/time.ts';
import type { Crisis } from '../../crises/rules.ts';
import { placeholdersOf } from '../../playbooks/rules.ts';
import type { Material } from '../check/lint.ts';

const labels: Record<Language, Record<string, string>> = {
  en: {
    org: 'Company',
    product: 'Product',
    fact: 'What is confirmed',
    true_fact: 'What is true',
    claim: 'The false claim',
    time: 'When (hour or day)',
    time2: 'When it was withdrawn or stopped',
    date: 'Day',
    people: 'People affected',
    action1: 'What we have done',
    action2: 'What else we have done',
    measure: 'Interim measure',
    instruction: 'What people should do',
    authority: 'Authority',
    next_update: 'Next update (hour)',
    contact: 'Contact',
    url: 'Address of the page (URL)',
    campaign: 'Campaign',
    parties: 'Who we talk with',
    medium: 'Video, post, recording …',
    system: 'System',
    data: 'Data',
    not_affected: 'What is not affected',
    platform: 'Platform',
    role: 'Role of the person concerned',
    third_party: 'Who inquires',
    group: 'Group',
    demand: 'What they ask',
    valid_point: 'What is right in it',
    disagreement: 'What we do not share',
    position: 'Our position',
    reason: 'Reason',
    first_name: 'First name',
    ref: 'Reference to ask for',
  },
  fr: {
    org: 'Entreprise',
    product: 'Produit',
    fact: 'Ce qui est confirmé',
    true_fact: 'Ce qui est vrai',
    claim: 'L’affirmation fausse',
    time: 'Quand (heure ou jour)',
    time2: 'Quand cela a été retiré ou arrêté',
    date: 'Jour',
    people: 'Personnes touchées',
    action1: 'Ce que nous avons fait',
    action2: 'Ce que nous avons fait d’autre',
    measure: 'Mesure conservatoire',
    instruction: 'Ce que chacun doit faire',
    authority: 'Autorité',
    next_update: 'Prochain point (heure)',
    contact: 'Contact',
    url: 'Adresse de la page (URL)',
    campaign: 'Campagne',
    parties: 'Avec qui nous échangeons',
    medium: 'Vidéo, message, enregistrement…',
    system: 'Système',
    data: 'Données',
    not_affected: 'Ce qui n’est pas touché',
    platform: 'Plateforme',
    role: 'Fonction de la personne concernée',
    third_party: 'Qui enquête',
    group: 'Collectif',
    demand: 'Ce qu’il demande',
    valid_point: 'Ce qui est juste',
    disagreement: 'Ce que nous ne partageons pas',
    position: 'Notre position',
    reason: 'Motif',
    first_name: 'Prénom',
    ref: 'Référence à demander',
  },
};

/** Everything in which a blank may stand. */
export const blankKeys = ({ title, body }: { title: string; body: string }): string[] =>
  placeholdersOf(`${title}\n${body}`);

/** What a placeholder asks for, in the reader's language; one of a workspace's own says its key. */
export const blankLabel = (key: string, language: Language): string =>
  labels[language][key] ?? key.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());

/**
 * What is confirmed, done and may be said, that somebody may put into this blank in the words of its sentence: a fact is a
 * sentence of its own, and does not fit as it is. Never what is being checked, and never a measure that is not done.
 */
export function suggestionsFor(key: string, { facts, measures }: Material): string[] {
  if (key === 'fact' || key === 'true_fact')
    return facts.filter((f) => f.status === 'confirmed').map(({ text }) => text);
  if (key === 'action1' || key === 'action2')
    return measures.filter((m) => m.isPublic && m.doneAt).map(({ text }) => text);
  return [];
}

/** When the next digest comes, for whoever promises the next words: a hint, never a promise of its own. */
export const nextDigest = ({ nextDigestAt, timeZone }: Crisis, language: Language): string | null =>
  nextDigestAt ? dateTime(nextDigestAt, timeZone, language) : null;
