import { bilingual } from '../../core/locale.ts';

const en = {
  cluster: {
    victim: 'Victim: others did this to us',
    accident: 'Accident: we did not intend it',
    preventable: 'Preventable: we could have avoided it',
  },
  truth: {
    confirmed: 'Confirmed',
    plausible: 'Plausible, not confirmed',
    unknown: 'Unknown',
    false: 'False, and we can prove it',
  },
  reputation: { good: 'Good', neutral: 'Neither good nor bad', bad: 'Bad' },
  stance: {
    deny_with_proof: 'Deny the false claim, with the proof, once, where it spreads.',
    victimage: 'Say, in moderation, that we are a victim of this as well.',
    diminish: 'Diminish: explain that it was neither intended nor under our control, and how far the harm goes.',
    rebuild: 'Rebuild: apologise, repair or compensate.',
    rebuild_longer: 'Rebuild, more and for longer: apologise, repair or compensate, and keep reporting on it.',
    corrective_action: 'Say what we change so that it does not happen again.',
    bolster: 'In addition: remind people of what we have done well, thank those who help.',
  },
};
const fr = {
  cluster: {
    victim: 'Victime : d’autres nous l’ont fait',
    accident: 'Accident : nous ne l’avons pas voulu',
    preventable: 'Évitable : nous aurions pu l’empêcher',
  },
  truth: {
    confirmed: 'Confirmé',
    plausible: 'Plausible, non confirmé',
    unknown: 'Inconnu',
    false: 'Faux, et nous pouvons le prouver',
  },
  reputation: { good: 'Bonne', neutral: 'Ni bonne ni mauvaise', bad: 'Mauvaise' },
  stance: {
    deny_with_proof: 'Démentir l’affirmation fausse, preuve à l’appui, une seule fois, là où elle circule.',
    victimage: 'Dire, avec mesure, que nous en sommes nous aussi victimes.',
    diminish: 'Relativiser : expliquer que ce n’était ni voulu ni maîtrisable, et jusqu’où va le dommage.',
    rebuild: 'Reconstruire : présenter des excuses, réparer ou indemniser.',
    rebuild_longer:
      'Reconstruire, davantage et plus longtemps : présenter des excuses, réparer ou indemniser, et continuer d’en rendre compte.',
    corrective_action: 'Dire ce que nous changeons pour que cela ne se reproduise pas.',
    bolster: 'En complément : rappeler ce que nous avons fait de bien, remercier ceux qui aident.',
  },
};

type Answers = {
  cluster: keyof typeof en.cluster;
  truth: keyof typeof en.truth;
  hasHistory: boolean;
  reputation: keyof typeof en.reputation;
};

const answersEn = (q: Answers) =>
  `${en.cluster[q.cluster]}; what we are reproached with: ${en.truth[q.truth].toLowerCase()}; similar crisis before: ${q.hasHistory ? 'yes' : 'no'}; reputation before: ${en.reputation[q.reputation].toLowerCase()}`;
const answersFr = (q: Answers) =>
  `${fr.cluster[q.cluster]} ; ce qu’on nous reproche : ${fr.truth[q.truth].toLowerCase()} ; crise semblable auparavant : ${q.hasHistory ? 'oui' : 'non'} ; réputation avant la crise : ${fr.reputation[q.reputation].toLowerCase()}`;

/** Figures and studies are those of discipline C1, as read there; they are told with their source wherever they are seen. */
export const words = bilingual(
  {
    entry: {
      set: (question: Answers, posture: readonly (keyof typeof en.stance)[]) =>
        `Posture: answers given. ${answersEn(question)}.\nSuggestion: ${posture.length > 0 ? posture.map((one) => en.stance[one]).join(' ') : 'for now, only what protects people and what is confirmed.'}`,
    },
    title: 'What to say first',
    titleText: 'A suggestion of what to say first, and what not to mix',
    suggestion: '_A suggestion to weigh beside your draft, never a verdict. People decide._',
    answers: answersEn,
    setBy: (name: string, when: string) => `Answers given by ${name}, ${when}`,
    cluster: en.cluster,
    truth: en.truth,
    reputation: en.reputation,
    headings: {
      first: 'Suggested: say first, whatever else follows',
      posture: 'Suggested: then',
      avoid: 'Better not',
      because: 'Why',
    },
    onlyFirst: 'Nothing more for now: only the two above, until you know what is true.',
    first: {
      instructing: 'How people protect themselves: what to do, what to stop, whom to call.',
      adjusting:
        'What happened as far as it is confirmed, what we are doing about it, and that we feel for those it hurts.',
    },
    stance: en.stance,
    avoid: {
      deny_unproven: 'Denying: nothing here is proven false.',
      mix_deny: 'Mixing a denial with excuses or apologies: each takes away from the other.',
      repeat_claim: 'Repeating the false claim at length: fact, the claim once, fact.',
      admit_early: 'Admitting or apologising for a fault that is not confirmed.',
      guess_cause: 'Any cause that is not confirmed.',
      blame_others: 'Blaming others: an employee, an agency, a supplier, customers.',
      minimise: 'Playing it down: “isolated”, “only”, “any inconvenience”.',
      bolster_alone: 'Speaking of our merits alone, or first.',
    },
    because: {
      base_response: 'Information that protects and explains comes before any care for our reputation (Coombs, SCCT).',
      truth_unknown: 'The truth is not known: every posture would be a guess that could have to be taken back.',
      truth_plausible: 'It is plausible, not confirmed: have the rest ready, and say it once it is.',
      truth_false: 'The claim is false: a denial holds only with proof that anybody can check.',
      cluster_victim: 'People will hold us little responsible: it was done to us.',
      cluster_accident: 'People will hold us somewhat responsible: it happened with us, unintended.',
      cluster_preventable: 'People will hold us fully responsible: we could have prevented it.',
      raised_by_history: 'A crisis of the kind before makes this one graver: one step more is suggested.',
      raised_by_reputation: 'A bad name before makes this one graver: one step more is suggested.',
      good_reputation: 'A good name before may be recalled, in addition only.',
      victim_can_turn: 'Even a victim loses trust by answering badly (critics of SCCT, quoted by b-c-training.com).',
      responsibility_beat_denial:
        'In an experiment on brand activism (213 people), taking responsibility did better than minimising and denying (Eppe et al.).',
      stealing_thunder:
        'Telling it oneself, first, raised credibility and made it look less grave (Arpan and Roskos-Ewoldsen 2005; Claeys 2017).',
      empathy_with_facts:
        'In a study of one hospital, factual posts did better than posts of sympathy (DiStaso 2015): empathy goes with facts.',
    },
    caveat:
      'After Coombs’s situational crisis communication theory; how it becomes rules is our own judgement. Studies as read in mid-2026, confidence: medium. Research, not legal advice: an apology or an admission goes through legal.',
    button: { change: 'Change the answers…', post: 'Show it in the room', set: 'Answer four questions' },
    posted: 'It is in the thread of the brief.',
    notSet: 'Nobody has answered the four questions yet.',
    form: {
      title: 'What to say first',
      submit: 'Suggest',
      intro: 'Four questions; the answer is a suggestion, with its reasons.',
      fromPlaybook: 'The first one is prefilled from the playbook of the crisis: correct it if it does not fit.',
      cluster: 'How will people see our part in it?',
      truth: 'Is what we are reproached with true?',
      history: 'Have we had a crisis of this kind before?',
      reputation: 'What did people think of us before?',
      yes: 'Yes',
      no: 'No',
    },
    help: { posture: 'what to say first and what not to mix: a suggestion with its reasons' },
  },
  {
    entry: {
      set: (question, posture) =>
        `Posture : réponses données. ${answersFr(question)}.\nSuggestion : ${posture.length > 0 ? posture.map((one) => fr.stance[one]).join(' ') : 'pour l’instant, seulement ce qui protège et ce qui est confirmé.'}`,
    },
    title: 'Que dire d’abord',
    titleText: 'Une suggestion : que dire d’abord, et quoi ne pas mêler',
    suggestion:
      '_Une suggestion à peser à côté de votre projet, jamais un verdict. Ce sont des personnes qui décident._',
    answers: answersFr,
    setBy: (name, when) => `Réponses données par ${name}, ${when}`,
    cluster: fr.cluster,
    truth: fr.truth,
    reputation: fr.reputation,
    headings: {
      first: 'Suggestion : dire d’abord, quoi qu’il suive',
      posture: 'Suggestion : ensuite',
      avoid: 'À éviter',
      because: 'Pourquoi',
    },
    onlyFirst: 'Rien de plus pour l’instant : seulement ces deux points, tant qu’on ne sait pas ce qui est vrai.',
    first: {
      instructing: 'Comment se protéger : que faire, que cesser, qui appeler.',
      adjusting:
        'Ce qui s’est passé, pour ce qui est confirmé, ce que nous faisons, et notre compassion pour les personnes touchées.',
    },
    stance: fr.stance,
    avoid: {
      deny_unproven: 'Démentir : rien ici n’est prouvé faux.',
      mix_deny: 'Mêler un démenti à des justifications ou à des excuses : chacun affaiblit l’autre.',
      repeat_claim: 'Répéter longuement l’affirmation fausse : le fait, l’affirmation une fois, le fait.',
      admit_early: 'Reconnaître une faute non confirmée, ou s’en excuser.',
      guess_cause: 'Toute cause non confirmée.',
      blame_others: 'Accuser autrui : un salarié, une agence, un fournisseur, les clients.',
      minimise: 'Minimiser : « isolé », « seulement », « gêne occasionnée ».',
      bolster_alone: 'Ne parler que de nos mérites, ou en parler d’abord.',
    },
    because: {
      base_response: 'L’information qui protège et explique passe avant tout souci de notre réputation (Coombs, SCCT).',
      truth_unknown: 'On ignore ce qui est vrai : toute posture serait un pari qu’il faudrait peut-être retirer.',
      truth_plausible: 'C’est plausible, non confirmé : préparez la suite, et dites-la une fois confirmée.',
      truth_false: 'L’affirmation est fausse : un démenti ne tient qu’avec une preuve que chacun peut vérifier.',
      cluster_victim: 'On nous en tiendra peu responsables : nous l’avons subi.',
      cluster_accident: 'On nous en tiendra en partie responsables : c’est arrivé chez nous, sans intention.',
      cluster_preventable: 'On nous en tiendra pleinement responsables : nous aurions pu l’empêcher.',
      raised_by_history: 'Une crise semblable auparavant aggrave celle-ci : un cran de plus est suggéré.',
      raised_by_reputation: 'Une mauvaise réputation préalable aggrave la crise : un cran de plus est suggéré.',
      good_reputation: 'Une bonne réputation préalable peut être rappelée, en complément seulement.',
      victim_can_turn:
        'Même une victime perd la confiance si elle répond mal (critiques de la SCCT, citées par b-c-training.com).',
      responsibility_beat_denial:
        'Dans une expérience sur l’engagement des marques (213 personnes), assumer sa responsabilité a mieux réussi que minimiser et démentir (Eppe et al.).',
      stealing_thunder:
        'L’annoncer soi-même, le premier, a renforcé la crédibilité et fait paraître la crise moins grave (Arpan et Roskos-Ewoldsen 2005 ; Claeys 2017).',
      empathy_with_facts:
        'Dans l’étude d’un hôpital, les messages factuels ont mieux réussi que les messages de compassion (DiStaso 2015) : l’empathie va avec les faits.',
    },
    caveat:
      'D’après la théorie situationnelle de la communication de crise (Coombs) ; sa traduction en règles est notre propre jugement. Études lues mi-2026, fiabilité : moyenne. De la recherche, pas un avis juridique : excuses et aveux passent par le juridique.',
    button: { change: 'Modifier les réponses…', post: 'Montrer dans la cellule', set: 'Répondre à quatre questions' },
    posted: 'La suggestion est dans le fil du tableau de bord.',
    notSet: 'Personne n’a encore répondu aux quatre questions.',
    form: {
      title: 'Que dire d’abord',
      submit: 'Suggérer',
      intro: 'Quatre questions ; la réponse est une suggestion, avec ses motifs.',
      fromPlaybook:
        'La première est préremplie d’après la fiche réflexe de la crise : corrigez-la si elle ne convient pas.',
      cluster: 'Comment verra-t-on notre part ?',
      truth: 'Ce qu’on nous reproche est-il vrai ?',
      history: 'Avons-nous déjà connu une crise de ce genre ?',
      reputation: 'Que pensait-on de nous auparavant ?',
      yes: 'Oui',
      no: 'Non',
    },
    help: { posture: 'que dire d’abord et quoi ne pas mêler : une suggestion, avec ses motifs' },
  },
);
