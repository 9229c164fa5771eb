import { bilingual } from '../../core/locale.ts';

const lines = (...parts: (string | false)[]): string => parts.filter((part) => part !== false).join('\n');
type Cause = { number: number; text: string; status: keyof typeof en.status; evidence: string };

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
  },
  status: { hypothesis: 'hypothesis', confirmed: 'confirmed', ruled_out: 'ruled out' },
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
  },
  status: { hypothesis: 'hypothèse', confirmed: 'confirmée', ruled_out: 'écartée' },
};

export const words = bilingual(
  {
    entry: (c: Cause, family: keyof typeof en.family, before: string | null) =>
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
  },
);
