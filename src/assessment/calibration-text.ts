import { bilingual, plural } from '../core/locale.ts';

export const words = bilingual(
  {
    title: 'Calibrate the weights',
    compare: 'Compare',
    intro:
      'Weights, thresholds and scales are *our judgement*: no published standard gives them. Calibrate the weights on your last ten events: enter them, say what each should have been called, and compare before you change anything.',
    now: (version: number) =>
      version === 0 ? 'In force: the standard weights.' : `In force: your weights, version ${version}.`,
    nowBy: (version: number, who: string, when: string, reason: string) =>
      `In force: version ${version}, saved by ${who}, ${when}: ${reason}`,
    cases: (assessed: number, entered: number) =>
      `*${assessed + entered}* ${assessed + entered === 1 ? 'case' : 'cases'} to compare with: ${assessed} assessed here, ${entered} entered by hand.`,
    few: (missing: number) =>
      `That is few: with ${missing} more there would be ten, and a change would rest on more than chance.`,
    sum: 'The eight weights add up to 100.',
    add: 'Enter a past case…',
    manage: 'Cases entered by hand…',
    standard: 'Put the standard weights in',
    case: {
      title: 'A past case',
      submit: 'Keep',
      what: 'What was it?',
      placeholder: 'Broken lids, March 2025',
      level: 'What it should have been called',
      levelHint: 'In hindsight: what it deserved, whatever you called it then.',
      intro: 'As it looked at its height. Nobody is told, and no room is opened.',
    },
    list: {
      title: 'Cases entered by hand',
      none: 'None yet.',
      remove: 'Remove',
      spoken: (title: string) => `Remove: ${title}`,
    },
    result: {
      title: 'Before and after',
      save: 'Save the weights',
      back: 'Back',
      none: 'There is nothing to compare with yet: enter past cases first. You can save all the same.',
      tally: (label: string, hits: number, over: number, under: number) =>
        `*${label}*: ${hits} ${hits === 1 ? 'hit' : 'hits'}, ${over} overestimated, ${under} underestimated`,
      current: 'Weights in force',
      proposed: 'Proposed weights',
      row: (mark: string, title: string, before: string, after: string, ended: string) =>
        `${mark} *${title}*: ${before} → ${after} · ended: ${ended}`,
      legend: '✅ as people ended · 🔺 too high · 🔻 too low, with the proposed weights. Held levels are not replayed.',
      changes: (text: string) => `Changed: ${text}`,
      same: 'These are the weights in force: change one to compare.',
      reason: 'Why the weights change',
      reasonHint: 'Stands in the record with your name. Assessments already made keep the weights of their day.',
      confidential: 'Confidential case',
      more: (count: number) => `… and ${count} more, counted above.`,
    },
    saved: (version: number) =>
      `Saved: version ${version}. It counts from the next assessment on; those already made keep theirs.`,
  },
  {
    title: 'Étalonner les poids',
    compare: 'Comparer',
    intro:
      'Poids, seuils et échelles relèvent de *notre jugement* : aucune norme publiée ne les donne. Étalonnez les poids sur vos dix derniers cas : saisissez-les, dites comment chacun aurait dû être qualifié, et comparez avant de changer quoi que ce soit.',
    now: (version) =>
      version === 0 ? 'En vigueur : les poids standard.' : `En vigueur : vos poids, version ${version}.`,
    nowBy: (version, who, when, reason) =>
      `En vigueur : version ${version}, enregistrée par ${who}, ${when} : ${reason}`,
    cases: (assessed, entered) =>
      `*${assessed + entered}* cas à confronter : ${assessed} ${plural('fr', assessed, 'évalué', 'évalués')} ici, ${entered} ${plural('fr', entered, 'saisi', 'saisis')} à la main.`,
    few: (missing) =>
      `C’est peu : avec ${missing} de plus il y en aurait dix, et un changement reposerait sur autre chose que le hasard.`,
    sum: 'La somme des huit poids est 100.',
    add: 'Saisir un cas passé…',
    manage: 'Cas saisis à la main…',
    standard: 'Mettre les poids standard',
    case: {
      title: 'Un cas passé',
      submit: 'Garder',
      what: 'De quoi s’agissait-il ?',
      placeholder: 'Couvercles cassés, mars 2025',
      level: 'Comment il aurait dû être qualifié',
      levelHint: 'Avec le recul : ce qu’il méritait, quel que soit le nom donné alors.',
      intro: 'Tel qu’il se présentait au plus fort. Personne n’est prévenu, aucune cellule ne s’ouvre.',
    },
    list: {
      title: 'Cas saisis à la main',
      none: 'Aucun pour l’instant.',
      remove: 'Retirer',
      spoken: (title) => `Retirer : ${title}`,
    },
    result: {
      title: 'Avant et après',
      save: 'Enregistrer les poids',
      back: 'Retour',
      none: 'Il n’y a encore rien à confronter : saisissez d’abord des cas passés. Vous pouvez enregistrer malgré tout.',
      tally: (label, hits, over, under) =>
        `*${label}* : ${hits} ${plural('fr', hits, 'juste', 'justes')}, ${over} ${plural('fr', over, 'surestimé', 'surestimés')}, ${under} ${plural('fr', under, 'sous-estimé', 'sous-estimés')}`,
      current: 'Poids en vigueur',
      proposed: 'Poids proposés',
      row: (mark, title, before, after, ended) => `${mark} *${title}* : ${before} → ${after} · retenu : ${ended}`,
      legend:
        '✅ comme ce qui a été retenu · 🔺 trop haut · 🔻 trop bas, avec les poids proposés. Les niveaux maintenus ne sont pas rejoués.',
      changes: (text) => `Changements : ${text}`,
      same: 'Ce sont les poids en vigueur : changez-en un pour comparer.',
      reason: 'Pourquoi changer les poids',
      reasonHint: 'Figure au dossier avec votre nom. Les évaluations déjà faites gardent les poids de leur jour.',
      confidential: 'Cas confidentiel',
      more: (count) => `… et ${count} ${plural('fr', count, 'autre, compté', 'autres, comptés')} ci-dessus.`,
    },
    saved: (version) =>
      `Enregistré : version ${version}. Elle compte dès la prochaine évaluation ; celles déjà faites gardent la leur.`,
  },
);
