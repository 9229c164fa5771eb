import { bilingual } from '../../core/locale.ts';
import type { CauseRecord, CauseStatus, Family } from './rules.ts';

const lines = (...parts: (string | false)[]): string => parts.filter((part) => part !== false).join('\n');
type Told = Pick<CauseRecord, 'number' | 'text' | 'status' | 'evidence'>;

const en = {
  family: {
    quality: 'Quality of a product or service',
    clumsy_communication: 'Clumsy communication',
    employee_behaviour: 'Behaviour of an employee',
    security: 'Security or data',
    supplier: 'Supplier or partner',
    leadership: 'Management or governance',
    false_claim: 'False claim or attack by others',
    outside_event: 'Event outside the company',
  } satisfies Record<Family, string>,
  status: { hypothesis: 'hypothesis', confirmed: 'confirmed', ruled_out: 'ruled out' } satisfies Record<
    CauseStatus,
    string
  >,
};
const fr = {
  family: {
    quality: 'Qualité d’un produit ou d’un service',
    clumsy_communication: 'Communication maladroite',
    employee_behaviour: 'Comportement d’un salarié',
    security: 'Sécurité ou données',
    supplier: 'Fournisseur ou partenaire',
    leadership: 'Direction ou gouvernance',
    false_claim: 'Fausse affirmation ou attaque de tiers',
    outside_event: 'Événement extérieur à l’entreprise',
  } satisfies Record<Family, string>,
  status: { hypothesis: 'hypothèse', confirmed: 'confirmée', ruled_out: 'écartée' } satisfies Record<
    CauseStatus,
    string
  >,
};

export const words = bilingual(
  {
    entry: (c: Told, family: Family, before: string | null) =>
      lines(
        `Cause C${c.number}, ${en.status[c.status]} (${en.family[family]}): ${c.text}`,
        before !== null && `It said before: ${before}`,
        c.evidence !== '' && `Evidence: ${c.evidence}`,
      ),
    family: en.family,
    status: { hypothesis: 'Hypothesis', confirmed: 'Confirmed', ruled_out: 'Ruled out' },
    mark: { hypothesis: '❔', confirmed: '✅', ruled_out: '❌' },
    line: {
      hypothesis: '*hypothesis, not to be said outside*',
      confirmed: 'confirmed',
      ruled_out: 'ruled out',
      evidence: (evidence: string) => `evidence: ${evidence}`,
      owner: (name: string) => `looked into by ${name}`,
    },
    button: { change: 'Change…', add: 'Add a cause' },
    saved: (number: number) => `Cause C${number} is recorded.`,
    list: {
      title: (count: number) => `Causes (${count})`,
      empty: 'No cause is recorded yet. A hypothesis is worth recording: it stays in the room until it is confirmed.',
      noCrisis: 'You are in no open crisis, so there is no cause to show. Type it in a war room.',
    },
    form: {
      new: 'Add a cause',
      change: 'Change a cause',
      text: 'Why did it happen?',
      textPlaceholder: 'A worn seal let glass into the filling line',
      textHint: 'As long as it is a hypothesis, statements that repeat it are held back.',
      family: 'Kind of cause',
      status: 'How sure is it?',
      statusOption: {
        hypothesis: 'Hypothesis: stays in the room',
        confirmed: 'Confirmed, with evidence',
        ruled_out: 'Ruled out, with evidence',
      },
      evidence: 'Evidence',
      evidenceHint: 'A link, a report, a test. Needed to confirm a cause or to rule it out.',
      owner: 'Who looks into it?',
    },
    help: {
      cause: 'why it happened: hypothesis, confirmed or ruled out, with the evidence',
      causeUsage: '[the cause]',
    },
    refused: {
      text_missing: () => 'Say what the cause is, or may be.',
      evidence_missing: (wanted: 'confirmed' | 'ruled_out') =>
        wanted === 'confirmed'
          ? 'A confirmed cause needs its evidence: a report, a test, a person who knows. Without it, leave it as a hypothesis.'
          : 'Say what rules it out: a report, a test, a person who knows. Without it, leave it as a hypothesis.',
      what: (number: number) => `cause C${number}`,
    },
  },
  {
    entry: (c, family, before) =>
      lines(
        `Cause C${c.number}, ${fr.status[c.status]} (${fr.family[family]}) : ${c.text}`,
        before !== null && `Texte précédent : ${before}`,
        c.evidence !== '' && `Éléments : ${c.evidence}`,
      ),
    family: fr.family,
    status: { hypothesis: 'Hypothèse', confirmed: 'Confirmée', ruled_out: 'Écartée' },
    mark: { hypothesis: '❔', confirmed: '✅', ruled_out: '❌' },
    line: {
      hypothesis: '*hypothèse, ne pas la dire à l’extérieur*',
      confirmed: 'confirmée',
      ruled_out: 'écartée',
      evidence: (evidence) => `éléments : ${evidence}`,
      owner: (name) => `recherche : ${name}`,
    },
    button: { change: 'Modifier…', add: 'Ajouter une cause' },
    saved: (number) => `La cause C${number} est consignée.`,
    list: {
      title: (count) => `Causes (${count})`,
      empty:
        'Aucune cause n’est encore consignée. Une hypothèse mérite de l’être : elle reste dans la cellule tant qu’elle n’est pas confirmée.',
      noCrisis:
        'Vous ne participez à aucune crise ouverte : il n’y a pas de cause à montrer. Tapez-le dans une cellule.',
    },
    form: {
      new: 'Ajouter une cause',
      change: 'Modifier une cause',
      text: 'Pourquoi est-ce arrivé ?',
      textPlaceholder: 'Un joint usé a laissé passer du verre sur la ligne',
      textHint: 'Tant que c’est une hypothèse, les communiqués qui la reprennent sont retenus.',
      family: 'Nature de la cause',
      status: 'Est-ce certain ?',
      statusOption: {
        hypothesis: 'Hypothèse : reste dans la cellule',
        confirmed: 'Confirmée, preuve à l’appui',
        ruled_out: 'Écartée, preuve à l’appui',
      },
      evidence: 'Éléments de preuve',
      evidenceHint: 'Un lien, un rapport, un essai. Nécessaires pour confirmer une cause ou l’écarter.',
      owner: 'Qui cherche ?',
    },
    help: {
      cause: 'pourquoi c’est arrivé : hypothèse, cause confirmée ou écartée, avec les éléments',
      causeUsage: '[la cause]',
    },
    refused: {
      text_missing: () => 'Dites quelle est la cause, ou quelle elle pourrait être.',
      evidence_missing: (wanted) =>
        wanted === 'confirmed'
          ? 'Une cause confirmée a besoin de ses éléments : un rapport, un essai, une personne qui sait. Sans eux, laissez-la en hypothèse.'
          : 'Dites ce qui l’écarte : un rapport, un essai, une personne qui sait. Sans cela, laissez-la en hypothèse.',
      what: (number) => `la cause C${number}`,
    },
  },
);
