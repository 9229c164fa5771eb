import type { Language } from '../core/locale.ts';
import type { Dimension, Flag, Value } from './score.ts';

/** `short` stands in a list of at most 75 characters, `full` beside it where it says more. */
type Anchor = { short: string; full?: string };
type Scale = { name: string; question: string; anchors: Record<Value, Anchor> };

/** Discipline E1, worded for the form. Our judgement, like the weights. */
const scales: Record<Language, Record<Dimension, Scale>> = {
  en: {
    harm: {
      name: 'People harmed',
      question: 'People harmed or at risk',
      anchors: {
        0: { short: 'None' },
        1: { short: 'Annoyance, or a small loss of money' },
        2: { short: 'Distress', full: 'Distress, many people inconvenienced, or sensitive data exposed' },
        3: { short: 'Injury or credible threat', full: 'Injury, credible threat, minors or vulnerable people' },
        4: { short: 'Death, serious injury or imminent danger' },
      },
    },
    legal: {
      name: 'Legal exposure',
      question: 'Legal exposure',
      anchors: {
        0: { short: 'None' },
        1: { short: 'A small claim is possible' },
        2: { short: 'Formal notice', full: 'Formal notice, likely claim, or an issue of press law' },
        3: { short: 'Regulator asks', full: 'Regulator’s question, class action threatened, duty to notify likely' },
        4: { short: 'Inquiry or raid', full: 'Inquiry, raid, or a duty to notify that is certain' },
      },
    },
    reach: {
      name: 'Reach',
      question: 'How far and how fast it spreads, against what is usual for you',
      anchors: {
        0: { short: 'Below 1.5 times usual', full: 'Or a single author in 24 hours' },
        1: { short: '1.5 to 3 times usual', full: 'Or 2 to 10 independent authors in 24 hours' },
        2: { short: '3 to 10 times usual', full: 'Or 11 to 100 authors in 24 hours, or one post above 50,000 views' },
        3: { short: '10 to 30 times usual', full: 'Or 101 to 1,000 authors, a national trend, doubling in under 2 h' },
        4: { short: 'Above 30 times usual', full: 'Or over 1,000 authors, several platforms or countries' },
      },
    },
    source: {
      name: 'Who speaks',
      question: 'Who is speaking: the source with most authority',
      anchors: {
        0: { short: 'Anonymous or new account' },
        1: { short: 'Ordinary customers', full: 'Ordinary customers, a niche forum' },
        2: { short: 'Influencer, trade or local press', full: 'Influencer, trade or local press, local association' },
        3: { short: 'Regional or national outlet', full: 'Regional or national outlet, major influencer, trade union' },
        4: {
          short: 'National TV or daily, authority',
          full: 'National TV or daily, authority, parliament, investigation',
        },
      },
    },
    evidence: {
      name: 'Believable',
      question: 'How believable it looks to outsiders, whether it is true or not',
      anchors: {
        0: { short: 'Absurd or satire' },
        1: { short: 'An assertion' },
        2: { short: 'Several accounts that match' },
        3: { short: 'Photo, document or recording' },
        4: { short: 'Undeniable, or admitted' },
      },
    },
    sentiment: {
      name: 'Hostility',
      question: 'Hostility of the conversation',
      anchors: {
        0: { short: 'Neutral or positive' },
        1: { short: 'Mixed' },
        2: { short: 'Mostly negative' },
        3: { short: 'Strongly negative, mockery' },
        4: { short: 'Hate, calls to boycott, threats' },
      },
    },
    business: {
      name: 'Business',
      question: 'Effect on business',
      anchors: {
        0: { short: 'None' },
        1: { short: 'Support load up by 20%' },
        2: { short: 'Cancellations, questions from partners' },
        3: { short: 'Partner suspends', full: 'A partner suspends, sales fall, the share price moves' },
        4: { short: 'Activity stopped, contract lost' },
      },
    },
    internal: {
      name: 'Inside',
      question: 'Employees and executives',
      anchors: {
        0: { short: 'None' },
        1: { short: 'Staff are talking' },
        2: { short: 'An employee is involved, or a leak' },
        3: { short: 'Manager named, or unrest', full: 'A manager or executive is named, or there is unrest inside' },
        4: { short: 'CEO or board named, walkout' },
      },
    },
  },
  fr: {
    harm: {
      name: 'Personnes touchées',
      question: 'Personnes touchées ou en danger',
      anchors: {
        0: { short: 'Aucune' },
        1: { short: 'Désagrément, ou petite perte d’argent' },
        2: { short: 'Détresse', full: 'Détresse, gêne pour beaucoup, ou données sensibles exposées' },
        3: {
          short: 'Blessure ou menace crédible',
          full: 'Blessure, menace crédible, mineurs ou personnes vulnérables',
        },
        4: { short: 'Décès, blessure grave ou danger imminent' },
      },
    },
    legal: {
      name: 'Risque juridique',
      question: 'Exposition juridique',
      anchors: {
        0: { short: 'Aucune' },
        1: { short: 'Une petite réclamation est possible' },
        2: { short: 'Mise en demeure', full: 'Mise en demeure, action probable, ou question de droit de la presse' },
        3: { short: 'Question du régulateur', full: 'Régulateur, action de groupe brandie, notification probable' },
        4: { short: 'Enquête ou perquisition', full: 'Enquête, perquisition, ou notification obligatoire certaine' },
      },
    },
    reach: {
      name: 'Ampleur',
      question: 'Ampleur et vitesse de diffusion, par rapport à votre habitude',
      anchors: {
        0: { short: 'Moins de 1,5 fois l’habitude', full: 'Ou un seul auteur en 24 heures' },
        1: { short: '1,5 à 3 fois l’habitude', full: 'Ou 2 à 10 auteurs indépendants en 24 heures' },
        2: { short: '3 à 10 fois l’habitude', full: 'Ou 11 à 100 auteurs en 24 heures, ou plus de 50 000 vues' },
        3: {
          short: '10 à 30 fois l’habitude',
          full: 'Ou 101 à 1 000 auteurs, tendance nationale, doublement en moins de 2 h',
        },
        4: { short: 'Plus de 30 fois l’habitude', full: 'Ou plus de 1 000 auteurs, plusieurs plateformes ou pays' },
      },
    },
    source: {
      name: 'Qui parle',
      question: 'Qui parle : la source qui fait le plus autorité',
      anchors: {
        0: { short: 'Compte anonyme ou tout neuf' },
        1: { short: 'Clients ordinaires', full: 'Clients ordinaires, forum spécialisé' },
        2: {
          short: 'Influenceur, presse locale',
          full: 'Influenceur, presse locale ou professionnelle, association locale',
        },
        3: { short: 'Média régional ou national', full: 'Média régional ou national, grand influenceur, syndicat' },
        4: {
          short: 'Télévision ou quotidien national',
          full: 'TV ou quotidien national, autorité, Parlement, enquête de presse',
        },
      },
    },
    evidence: {
      name: 'Crédibilité',
      question: 'Crédibilité vue de l’extérieur, que ce soit vrai ou non',
      anchors: {
        0: { short: 'Absurde, ou satire' },
        1: { short: 'Une affirmation' },
        2: { short: 'Plusieurs témoignages concordants' },
        3: { short: 'Photo, document ou enregistrement' },
        4: { short: 'Indéniable, ou reconnu' },
      },
    },
    sentiment: {
      name: 'Hostilité',
      question: 'Hostilité des échanges',
      anchors: {
        0: { short: 'Neutres ou positifs' },
        1: { short: 'Partagés' },
        2: { short: 'Plutôt négatifs' },
        3: { short: 'Très négatifs, moqueries' },
        4: { short: 'Haine, appels au boycott, menaces' },
      },
    },
    business: {
      name: 'Activité',
      question: 'Effet sur l’activité',
      anchors: {
        0: { short: 'Aucun' },
        1: { short: 'Service client : 20 % de charge en plus' },
        2: { short: 'Résiliations, questions de partenaires' },
        3: { short: 'Un partenaire suspend', full: 'Un partenaire suspend, les ventes baissent, le cours bouge' },
        4: { short: 'Activité arrêtée, contrat perdu' },
      },
    },
    internal: {
      name: 'En interne',
      question: 'Salariés et dirigeants',
      anchors: {
        0: { short: 'Rien' },
        1: { short: 'Les équipes en parlent' },
        2: { short: 'Un salarié impliqué, ou une fuite' },
        3: {
          short: 'Responsable cité, ou agitation',
          full: 'Un responsable ou dirigeant est cité, ou agitation interne',
        },
        4: { short: 'PDG ou conseil cité, débrayage' },
      },
    },
  },
};

export const dimensionName = (dimension: Dimension, language: Language): string => scales[language][dimension].name;
export const questionOf = (dimension: Dimension, language: Language): string => scales[language][dimension].question;
export const anchorOf = (dimension: Dimension, value: Value, language: Language): Anchor =>
  scales[language][dimension].anchors[value];
const flagNames: Record<Flag, Record<Language, { name: string; hint: string }>> = {
  threat: {
    en: { name: 'Credible threat, or doxxing', hint: 'Against somebody’s physical safety. At least a crisis.' },
    fr: { name: 'Menace crédible, ou doxing', hint: 'Contre la sécurité physique d’une personne. Au moins une crise.' },
  },
  breach: {
    en: {
      name: 'Personal-data breach suspected',
      hint: 'At least an incident. Legal decides if the 72 h to notify have begun.',
    },
    fr: {
      name: 'Violation de données soupçonnée',
      hint: 'Au moins un incident. Le juridique dit si les 72 h courent.',
    },
  },
  contact: {
    en: { name: 'Regulator or police in contact', hint: 'At least an incident; a crisis once it spreads.' },
    fr: {
      name: 'Contact d’un régulateur ou de la police',
      hint: 'Au moins un incident ; une crise dès que cela s’étend.',
    },
  },
  listed: {
    en: { name: 'Listed company, price-sensitive', hint: 'At least an incident. Legal checks the duty to disclose.' },
    fr: {
      name: 'Société cotée, effet possible sur le cours',
      hint: 'Au moins un incident. Le juridique vérifie l’obligation d’informer.',
    },
  },
  opinion: {
    en: { name: 'Pure opinion, no claim of fact', hint: 'At most a watch, unless it spreads widely.' },
    fr: { name: 'Simple opinion, sans fait allégué', hint: 'Au plus une veille, sauf large diffusion.' },
  },
  satire: {
    en: { name: 'Obvious satire', hint: 'At most a watch, unless it spreads widely or the press asks.' },
    fr: { name: 'Satire évidente', hint: 'Au plus une veille, sauf large diffusion ou appel de la presse.' },
  },
  press: {
    en: { name: 'The press is asking', hint: 'Satire is no longer only satire.' },
    fr: { name: 'La presse pose des questions', hint: 'La satire n’est plus seulement de la satire.' },
  },
};

export const flagName = (flag: Flag, language: Language): string => flagNames[flag][language].name;
export const flagHint = (flag: Flag, language: Language): string => flagNames[flag][language].hint;
