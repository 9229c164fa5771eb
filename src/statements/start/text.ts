import { bilingual, type Language, plural } from '../../core/locale.ts';
import type { Playbook } from '../../playbooks/rules.ts';
import type { Advice, ReplyCategory, ReplyTruth } from './reply-bank.ts';

const tones: Record<Language, Record<Playbook['tone'], string>> = {
  en: {
    protective: 'Protective and concrete: safety before the brand, no jargon.',
    humble: 'Humble and plain: no wit, no “our intention”.',
    firm: 'Firm on values, careful with the person.',
    calm: 'Calm: no provocation, no detail that feeds it.',
    factual: 'Factual and useful: no self-pity.',
    sober: 'Sober: respectful of those who speak up, and of the presumption of innocence.',
    respectful: 'Respectful: no motive is attributed to critics; steps and dates.',
    plain: 'Plain: short sentences, everyday words.',
  },
  fr: {
    protective: 'Protecteur et concret : la sécurité avant la marque, pas de jargon.',
    humble: 'Humble et simple : ni trait d’esprit, ni « notre intention ».',
    firm: 'Ferme sur les valeurs, prudent sur la personne.',
    calm: 'Calme : pas de provocation, aucun détail qui alimente.',
    factual: 'Factuel et utile : pas d’apitoiement sur soi.',
    sober: 'Sobre : respect de ceux qui parlent, et de la présomption d’innocence.',
    respectful: 'Respectueux : aucun motif prêté aux critiques ; des étapes et des dates.',
    plain: 'Simple : phrases courtes, mots de tous les jours.',
  },
};
export const toneHint = (tone: Playbook['tone'], language: Language): string => tones[language][tone];

const truthNames: Record<Language, Record<ReplyTruth, string>> = {
  en: { true: 'Yes, it is true', partly: 'Partly', false: 'No, it is false', unknown: 'We do not know yet' },
  fr: { true: 'Oui, c’est vrai', partly: 'En partie', false: 'Non, c’est faux', unknown: 'On ne sait pas encore' },
};
export const truthName = (truth: ReplyTruth, language: Language): string => truthNames[language][truth];

const categories: Record<Language, Record<ReplyCategory, string>> = {
  en: {
    unhappy: 'Unhappy customer: a real bad experience',
    misguided: 'Wrong facts, in good faith',
    crisis: 'Asks about the crisis',
    positive: 'Positive',
    vulnerable: 'A person in distress or danger',
    threat: 'A threat, or private data put online',
    journalist: 'A journalist',
    employee: 'One of our own people',
    rager: 'A rant, a joke, satire',
    troll: 'A troll: provokes for the sake of it',
  },
  fr: {
    unhappy: 'Client mécontent : une vraie mauvaise expérience',
    misguided: 'Faits inexacts, de bonne foi',
    crisis: 'S’interroge sur la crise',
    positive: 'Positif',
    vulnerable: 'Une personne en détresse ou en danger',
    threat: 'Une menace, ou des données privées mises en ligne',
    journalist: 'Un journaliste',
    employee: 'L’un des nôtres',
    rager: 'Un coup de gueule, une blague, une satire',
    troll: 'Un troll : provoque pour provoquer',
  },
};
export const categoryName = (category: ReplyCategory, language: Language): string => categories[language][category];

const advice: Record<Language, Record<Advice, string>> = {
  en: {
    reply: 'Answer, briefly and in public, then go on in private.',
    reply_after_check:
      'Do not correct what nobody has checked: put it into the facts first (`/crisis fact`). Until then, answer as to a question about the crisis.',
    correct_is_wrong: 'Do not correct what is true, even in part. Acknowledge it: answer as to an unhappy customer.',
    no_reply: 'Do not answer: watch it, keep the evidence, tell the lead if it grows.',
    hand_over: '',
  },
  fr: {
    reply: 'Répondez, brièvement et en public, puis poursuivez en privé.',
    reply_after_check:
      'Ne corrigez pas ce que personne n’a vérifié : consignez d’abord le fait (`/crise fait`). D’ici là, répondez comme à une question sur la crise.',
    correct_is_wrong:
      'Ne corrigez pas ce qui est vrai, même en partie. Reconnaissez-le : répondez comme à un client mécontent.',
    no_reply: 'Ne répondez pas : surveillez, gardez les preuves, prévenez le pilote de crise si cela grossit.',
    hand_over: '',
  },
};
const handOver: Record<Language, Partial<Record<ReplyCategory, string>>> = {
  en: {
    vulnerable: 'Do not answer in public: a person calls them, now. In danger: 112.',
    threat:
      'Do not answer. Keep the evidence (address, picture, hour), tell legal and the person aimed at; see the playbook for harassment.',
    journalist: 'Do not answer here: note it in the timeline and pass it to the press officer.',
    employee: 'Do not answer here: pass it to human resources, and answer inside.',
  },
  fr: {
    vulnerable: 'Ne répondez pas en public : quelqu’un appelle cette personne, maintenant. En danger : 112.',
    threat:
      'Ne répondez pas. Gardez les preuves (adresse, capture, heure), prévenez le juridique et la personne visée ; voyez la fiche réflexe cyberharcèlement.',
    journalist: 'Ne répondez pas ici : consignez-le et transmettez au service de presse.',
    employee: 'Ne répondez pas ici : transmettez aux ressources humaines, et répondez en interne.',
  },
};
export const adviceText = (given: Advice, category: ReplyCategory, language: Language): string =>
  handOver[language][category] ?? advice[language][given];

export const words = bilingual(
  {
    help: {
      template: 'begin a statement from a template of the playbook',
      reply: 'answer a comment from the reply bank',
      map: 'the three messages of the crisis, with their proofs',
    },
    tone: (hint: string) => `*Tone:* ${hint}`,
    posture: (stances: string, avoid: string) => `*What to say first:* ${stances}${avoid ? ` *Avoid:* ${avoid}` : ''}`,
    problem: 'Not possible',
    fromTemplate: 'Begin from a template…',
    sensitive: 'It is sensitive',
    sensitiveLabel: 'Apology, compensation, recall, person named, share price',
    sensitiveHint: 'Legal and management must approve it, whatever the level.',
    templates: {
      title: 'Templates',
      intro: 'Text to begin with. Cleared text was read by legal in peacetime: only its facts are checked now.',
      none: 'The playbook of this crisis has no template. Draft with `/crisis statement`.',
      keep: 'What you have typed stays in the form underneath.',
      cleared: (by: string, at: string, until: string) => `✅ Cleared by ${by} on ${at}, valid until ${until}`,
      expired: (by: string, until: string) => `⚠️ The clearance by ${by} ended on ${until}: legal reads all of it`,
      changed: (by: string) => `⚠️ Changed since ${by} cleared it: legal reads all of it`,
      never: '⚠️ Not cleared by legal: legal reads all of it',
      admits: 'It admits a fault: legal and management approve it.',
      english: 'Use in English',
      french: 'Use in French',
      gone: 'This template no longer exists. Choose another.',
    },
    fill: {
      open: 'Fill in the blanks…',
      title: 'Fill in the blanks',
      next: 'Go on',
      intro:
        'Only what is confirmed. What you leave empty stays a visible blank and must be filled before approval is asked for.',
      confirmed: (facts: string) => `Confirmed, to be put in the words of the sentence: ${facts}`,
      done: (measures: string) => `Done, to be put in the words of the sentence: ${measures}`,
      atOnce: 'When it is filled in',
      atOnceLabel: 'Ask for approval at once',
      atOnceHint: 'Otherwise you read the whole text once more, and may change it.',
      digest: (at: string) => `The next digest comes ${at}.`,
      nothingDone: 'No measure is done yet: write what is under way instead, in the text.',
    },
    reply: {
      title: 'Answer a comment',
      next: 'Go on',
      truthFirst: 'Before anything else: is what they say true?',
      category: 'Who writes, or what?',
      language: 'Language of the answer',
      use: 'What do you want?',
      copy: 'Copy it',
      statement: 'Make it a statement, to be approved',
      copied:
        'Copy this answer. Nobody has approved it for this very case: communication posts it, and nobody answers twice.',
      blocked: (titles: string) => `Not as it is: ${titles}. Make it a statement, and answer the check there.`,
      empty: 'Fill this in.',
      statementTitle: 'Reply to a comment',
    },
    map: {
      title: 'Message map',
      save: 'Save',
      intro:
        'Three messages that are said in nine seconds: 27 words in all. Three proofs for each, one per line. Compassion, then conviction, then optimism.',
      message: (n: number) => `Message ${n}`,
      proofs: (n: number) => `Proofs of message ${n}, one per line`,
      saved: 'The message map is saved.',
      fits: (words: number, seconds: number) => `✅ ${words} words, about ${seconds} s.`,
      long: (words: number, seconds: number) => `💡 ${words} words, about ${seconds} s: shorten it to 27 words.`,
      missing: (numbers: string) => `💡 No message ${numbers} yet.`,
      unproved: (number: number, proofs: number) => `💡 Message ${number} has ${proofs} of 3 proofs.`,
      make: 'Make a statement of it',
      statementTitle: 'Key messages',
    },
    list: { template: 'From a template…', reply: 'Answer a comment…', map: 'Message map…' },
  },
  {
    help: {
      template: 'commencer un communiqué d’après un modèle de la fiche réflexe',
      reply: 'répondre à un commentaire avec la banque de réponses',
      map: 'les trois messages clés de la crise, avec leurs preuves',
    },
    tone: (hint) => `*Ton :* ${hint}`,
    posture: (stances, avoid) => `*Que dire d’abord :* ${stances}${avoid ? ` *À éviter :* ${avoid}` : ''}`,
    problem: 'Impossible',
    fromTemplate: 'Commencer par un modèle…',
    sensitive: 'Il est sensible',
    sensitiveLabel: 'Excuses, indemnisation, rappel, personne citée, cours de Bourse',
    sensitiveHint: 'Le juridique et la direction doivent le valider, quel que soit le niveau.',
    templates: {
      title: 'Modèles',
      intro:
        'Des textes pour commencer. Un texte prévalidé a été lu à froid par le juridique : il ne reste que ses faits à vérifier.',
      none: 'La fiche réflexe de cette crise n’a pas de modèle. Rédigez avec `/crise communiqué`.',
      keep: 'Ce que vous avez saisi reste dans le formulaire en dessous.',
      cleared: (by, at, until) => `✅ Prévalidé par ${by} le ${at}, valable jusqu’au ${until}`,
      expired: (by, until) => `⚠️ La prévalidation par ${by} a expiré le ${until} : le juridique relit tout`,
      changed: (by) => `⚠️ Modifié depuis la prévalidation par ${by} : le juridique relit tout`,
      never: '⚠️ Pas prévalidé par le juridique : il relit tout',
      admits: 'Il reconnaît une faute : le juridique et la direction le valident.',
      english: 'Utiliser en anglais',
      french: 'Utiliser en français',
      gone: 'Ce modèle n’existe plus. Choisissez-en un autre.',
    },
    fill: {
      open: 'Remplir les champs…',
      title: 'Remplir les champs',
      next: 'Continuer',
      intro:
        'Seulement ce qui est confirmé. Un champ laissé vide reste visible et devra être rempli avant de demander la validation.',
      confirmed: (facts) => `Confirmé, à reprendre selon la phrase : ${facts}`,
      done: (measures) => `Fait, à reprendre selon la phrase : ${measures}`,
      atOnce: 'Une fois rempli',
      atOnceLabel: 'Demander la validation tout de suite',
      atOnceHint: 'Sinon, vous relisez le texte entier et pouvez le modifier.',
      digest: (at) => `Le prochain point de situation arrive le ${at}.`,
      nothingDone: 'Aucune mesure n’est encore faite : écrivez plutôt, dans le texte, ce qui est en cours.',
    },
    reply: {
      title: 'Répondre à un commentaire',
      next: 'Continuer',
      truthFirst: 'Avant tout : ce qui est dit est-il vrai ?',
      category: 'Qui écrit, ou quoi ?',
      language: 'Langue de la réponse',
      use: 'Que voulez-vous ?',
      copy: 'La copier',
      statement: 'En faire un communiqué, à valider',
      copied:
        'Copiez cette réponse. Personne ne l’a validée pour ce cas précis : la communication la publie, et personne ne répond deux fois.',
      blocked: (titles) => `Pas telle quelle : ${titles}. Faites-en un communiqué, et répondez-y à la vérification.`,
      empty: 'À remplir.',
      statementTitle: 'Réponse à un commentaire',
    },
    map: {
      title: 'Messages clés',
      save: 'Enregistrer',
      intro:
        'Trois messages qui se disent en neuf secondes : 27 mots en tout. Trois preuves chacun, une par ligne. Compassion, puis conviction, puis optimisme.',
      message: (n) => `Message ${n}`,
      proofs: (n) => `Preuves du message ${n}, une par ligne`,
      saved: 'Les messages clés sont enregistrés.',
      fits: (words, seconds) => `✅ ${words} mots, environ ${seconds} s.`,
      long: (words, seconds) => `💡 ${words} mots, environ ${seconds} s : ramenez-les à 27 mots.`,
      missing: (numbers) => `💡 Pas encore de message ${numbers}.`,
      unproved: (number, proofs) =>
        `💡 Le message ${number} a ${proofs} ${plural('fr', proofs, 'preuve', 'preuves')} sur 3.`,
      make: 'En faire un communiqué',
      statementTitle: 'Messages clés',
    },
    list: { template: 'D’après un modèle…', reply: 'Répondre à un commentaire…', map: 'Messages clés…' },
  },
);
