import { bilingual, plural } from '../core/locale.ts';

type State = 'confirmed' | 'checking' | 'saidFalse' | 'false';
/** One change of a fact, as its timeline entry tells it. */
type Changed = {
  number: number;
  state: State;
  moved: boolean;
  text: string;
  /** The wording before, when it is another one now. */
  before: string | null;
  source: string;
  /** Who answers for it, when it is somebody else now. */
  owner: string | null;
  reason: string;
};

const lines = (...parts: (string | false)[]): string =>
  parts.filter((part) => part !== false && part !== '').join('\n');

const en = {
  state: {
    confirmed: 'confirmed',
    checking: 'being checked',
    saidFalse: 'said to be false by one person, to be confirmed by a second one',
    false: 'false, confirmed by two people',
  } satisfies Record<State, string>,
  source: (source: string) => (source ? `Source: ${source}` : ''),
  reason: (reason: string) => (reason ? `Reason: ${reason}` : ''),
};
const fr = {
  state: {
    confirmed: 'confirmé',
    checking: 'en cours de vérification',
    saidFalse: 'déclaré faux par une personne, à confirmer par une seconde',
    false: 'faux, confirmé par deux personnes',
  } satisfies Record<State, string>,
  source: (source: string) => (source ? `Source : ${source}` : ''),
  reason: (reason: string) => (reason ? `Motif : ${reason}` : ''),
};

export const words = bilingual(
  {
    feature: 'Facts and decisions',
    brief: {
      label: 'Facts',
      counts: (confirmed: number, checking: number, wrong: number) =>
        [
          confirmed > 0 && `${confirmed} confirmed`,
          checking > 0 && `${checking} being checked`,
          wrong > 0 && `${wrong} false`,
        ]
          .filter(Boolean)
          .join(' · '),
    },
    entry: {
      recorded: (number: number, state: State, text: string, source: string, ownerId: string) =>
        lines(`Fact F${number}, ${en.state[state]}: ${text}`, en.source(source), `Answers for it: <@${ownerId}>`),
      changed: (c: Changed) =>
        lines(
          `Fact F${c.number} ${c.moved ? `is now ${en.state[c.state]}` : `${c.before === null ? 'changed' : 'corrected'} (${en.state[c.state]})`}: ${c.text}`,
          c.before !== null && `It said before: ${c.before}`,
          en.source(c.source),
          c.owner !== null && `Answers for it from now on: <@${c.owner}>`,
          en.reason(c.reason),
        ),
      falseConfirmed: (number: number, text: string, source: string, firstId: string) =>
        lines(
          `Fact F${number} is false, confirmed by a second person: ${text}`,
          en.source(source),
          `Said first by <@${firstId}>`,
        ),
    },
    status: { confirmed: 'Confirmed', checking: 'Being checked', false: 'False' },
    mark: { confirmed: '✅', checking: '🔎', saidFalse: '❔', false: '❌' },
    table: {
      title: 'What we know',
      all: 'All…',
      text: (confirmed: number, checking: number, wrong: number) =>
        `What we know: ${confirmed} confirmed, ${checking} being checked, ${wrong} false.`,
      confirmed: 'Confirmed: statements may rely on it',
      checking: 'Being checked: not to be said outside',
      false: 'False, confirmed by two people',
      none: 'No fact is confirmed yet: only say what protects people and what you are doing.',
      causes: 'Why it happened',
      measures: 'What we are doing about it',
      howTo: 'Record one with `/crisis fact`. Statements, answers and digests are fed from the confirmed ones only.',
    },
    line: {
      owner: (name: string) => `answers for it: ${name}`,
      source: (source: string) => `source: ${source}`,
      noSource: 'no source yet',
      confirmedBy: (name: string, when: string) => `confirmed by ${name}, ${when}`,
      saidFalseBy: (name: string) => `*said to be false by ${name}, to be confirmed by a second person*`,
      falseBy: (first: string, second: string) => `false according to ${first} and ${second}`,
      since: (name: string, when: string) => `recorded by ${name}, ${when}`,
      corrected: (times: number) => (times === 1 ? 'corrected once' : `corrected ${times} times`),
    },
    button: {
      change: 'Change…',
      confirm: 'Confirm…',
      history: 'Earlier wordings',
      second: 'I confirm that it is false',
      isFalse: 'It is false…',
      notFalse: 'It is not false…',
      record: 'Record a fact',
      spoken: {
        change: (number: number) => `Change fact F${number}: its status, wording, source or owner`,
        confirm: (number: number) => `Confirm fact F${number}`,
      },
    },
    second: {
      ask: (number: number, text: string, name: string) =>
        `${name} says that fact *F${number}* is false: “${text}” Confirm it only once you have checked it yourself.`,
      danger: {
        title: 'False, confirmed by two people?',
        text: 'Your name stands beside the first one in the timeline. Confirm only what you have checked yourself.',
        yes: 'I have checked it',
        no: 'Not yet',
      },
    },
    recorded: {
      told: (number: number, status: string) => `Fact F${number} is recorded: ${status}.`,
      source: 'It has no source yet. Without one it cannot be confirmed.',
      second: 'It counts as being checked until a second person of the cell confirms that it is false: they are asked.',
    },
    history: {
      title: 'Earlier wordings',
      text: (number: number) => `Wordings of fact F${number}`,
      line: (revision: number, name: string, when: string) => `*${revision}.* ${name}, ${when}`,
    },
    list: {
      empty: 'No fact is recorded yet. Record the first one: what is certain, and who says so.',
    },
    form: {
      new: 'Record a fact',
      change: 'Change a fact',
      text: 'What is the fact?',
      textPlaceholder: 'Lot L2231 was delivered to 14 shops',
      textHint: 'One claim, as it can be checked. Name no private person.',
      status: 'What do we know about it?',
      statusOption: {
        checking: 'Being checked',
        confirmed: 'Confirmed: I confirm it in my name',
        false: 'False: a second person has to confirm it',
      },
      kept: (name: string) => `Confirmed by ${name}, unless words or source change`,
      pending: (name: string) => `Said to be false by ${name}: leave as it is`,
      source: 'Source',
      sourceHint:
        'Who says so, or which document. Needed to confirm it, or to say that it is false. Other words that you confirm need a source of your own.',
      reason: 'Why this change?',
      reasonHint: 'Needed to correct or take back what was confirmed or said to be false. It goes into the timeline.',
    },
    help: {
      fact: 'record a fact: confirmed, being checked or false, with its source',
      factUsage: '[the fact]',
      factsUsage: '[words]',
      facts: 'what we know, and what we do not',
    },
  },
  {
    feature: 'Faits et décisions',
    brief: {
      label: 'Faits',
      counts: (confirmed, checking, wrong) =>
        [
          confirmed > 0 && `${confirmed} ${plural('fr', confirmed, 'confirmé', 'confirmés')}`,
          checking > 0 && `${checking} en vérification`,
          wrong > 0 && `${wrong} faux`,
        ]
          .filter(Boolean)
          .join(' · '),
    },
    entry: {
      recorded: (number, state, text, source, ownerId) =>
        lines(`Fait F${number}, ${fr.state[state]} : ${text}`, fr.source(source), `En répond : <@${ownerId}>`),
      changed: (c) =>
        lines(
          `Fait F${c.number} ${c.moved ? `désormais ${fr.state[c.state]}` : `${c.before === null ? 'modifié' : 'corrigé'} (${fr.state[c.state]})`} : ${c.text}`,
          c.before !== null && `Texte précédent : ${c.before}`,
          fr.source(c.source),
          c.owner !== null && `En répond désormais : <@${c.owner}>`,
          fr.reason(c.reason),
        ),
      falseConfirmed: (number, text, source, firstId) =>
        lines(
          `Fait F${number} faux, confirmé par une seconde personne : ${text}`,
          fr.source(source),
          `Dit d’abord par <@${firstId}>`,
        ),
    },
    status: { confirmed: 'Confirmé', checking: 'En vérification', false: 'Faux' },
    mark: { confirmed: '✅', checking: '🔎', saidFalse: '❔', false: '❌' },
    table: {
      title: 'Ce que nous savons',
      all: 'Tout voir…',
      text: (confirmed, checking, wrong) =>
        `Ce que nous savons : ${confirmed} ${plural('fr', confirmed, 'confirmé', 'confirmés')}, ${checking} en vérification, ${wrong} faux.`,
      confirmed: 'Confirmé : un communiqué peut s’y appuyer',
      checking: 'En vérification : ne pas le dire à l’extérieur',
      false: 'Faux, confirmé par deux personnes',
      none: 'Aucun fait n’est encore confirmé : ne dites que ce qui protège les personnes et ce que vous faites.',
      causes: 'Pourquoi c’est arrivé',
      measures: 'Ce que nous faisons',
      howTo:
        'Consignez-en un avec `/crise fait`. Communiqués, réponses et points de situation ne se nourrissent que des faits confirmés.',
    },
    line: {
      owner: (name) => `en répond : ${name}`,
      source: (source) => `source : ${source}`,
      noSource: 'pas encore de source',
      confirmedBy: (name, when) => `confirmé par ${name}, ${when}`,
      saidFalseBy: (name) => `*déclaré faux par ${name}, à confirmer par une seconde personne*`,
      falseBy: (first, second) => `faux selon ${first} et ${second}`,
      since: (name, when) => `consigné par ${name}, ${when}`,
      corrected: (times) => (times === 1 ? 'corrigé une fois' : `corrigé ${times} fois`),
    },
    button: {
      change: 'Modifier…',
      confirm: 'Confirmer…',
      history: 'Textes précédents',
      second: 'Je confirme que c’est faux',
      isFalse: 'C’est faux…',
      notFalse: 'Ce n’est pas faux…',
      record: 'Consigner un fait',
      spoken: {
        change: (number) => `Modifier le fait F${number} : statut, texte, source ou responsable`,
        confirm: (number) => `Confirmer le fait F${number}`,
      },
    },
    second: {
      ask: (number, text, name) =>
        `${name} affirme que le fait *F${number}* est faux : « ${text} » Ne le confirmez qu’après l’avoir vérifié vous-même.`,
      danger: {
        title: 'Faux, confirmé à deux ?',
        text: 'Votre nom figure à côté du premier dans la main courante. Ne confirmez que ce que vous avez vérifié vous-même.',
        yes: 'Je l’ai vérifié',
        no: 'Pas encore',
      },
    },
    recorded: {
      told: (number, status) => `Le fait F${number} est consigné : ${status}.`,
      source: 'Il n’a pas encore de source. Sans source, il ne peut pas être confirmé.',
      second:
        'Il compte comme en vérification tant qu’une seconde personne de la cellule n’a pas confirmé qu’il est faux : on le lui demande.',
    },
    history: {
      title: 'Textes précédents',
      text: (number) => `Textes du fait F${number}`,
      line: (revision, name, when) => `*${revision}.* ${name}, ${when}`,
    },
    list: {
      empty: 'Aucun fait n’est encore consigné. Consignez le premier : ce qui est certain, et qui le dit.',
    },
    form: {
      new: 'Consigner un fait',
      change: 'Modifier un fait',
      text: 'Quel est le fait ?',
      textPlaceholder: 'Le lot L2231 a été livré à 14 magasins',
      textHint: 'Une seule affirmation, vérifiable. Ne nommez aucune personne privée.',
      status: 'Qu’en sait-on ?',
      statusOption: {
        checking: 'En cours de vérification',
        confirmed: 'Confirmé : je le confirme en mon nom',
        false: 'Faux : une seconde personne doit le confirmer',
      },
      kept: (name) => `Confirmé par ${name}, sauf si texte ou source change`,
      pending: (name) => `Déclaré faux par ${name} : laisser ainsi`,
      source: 'Source',
      sourceHint:
        'Qui le dit, ou quel document. Nécessaire pour le confirmer, ou pour dire qu’il est faux. Pour confirmer un texte corrigé, donnez votre propre source.',
      reason: 'Pourquoi ce changement ?',
      reasonHint:
        'Nécessaire pour corriger ou retirer ce qui était confirmé ou déclaré faux. Il figure dans la main courante.',
    },
    help: {
      fact: 'consigner un fait : confirmé, en vérification ou faux, avec sa source',
      factUsage: '[le fait]',
      factsUsage: '[mots]',
      facts: 'ce que nous savons, et ce que nous ne savons pas',
    },
  },
);
