import { bilingual } from '../../core/locale.ts';

const lines = (...parts: (string | false)[]): string => parts.filter((part) => part !== false).join('\n');
type Measure = { number: number; text: string; ownerId: string; isPublic: boolean; proof: string };

const sayEn = (isPublic: boolean) => (isPublic ? 'may be said outside' : 'not to be said outside');
const sayFr = (isPublic: boolean) => (isPublic ? 'peut être dit à l’extérieur' : 'ne pas le dire à l’extérieur');

export const words = bilingual(
  {
    entry: {
      added: (m: Measure, due: string | null) =>
        `Measure M${m.number}: ${m.text}\nFor <@${m.ownerId}>, ${due ? `due ${due}` : 'no due time'}, ${sayEn(m.isPublic)}`,
      changed: (m: Measure, due: string | null, before: string | null) =>
        lines(
          `Measure M${m.number} changed: ${m.text}`,
          before !== null && `It said before: ${before}`,
          `For <@${m.ownerId}>, ${due ? `due ${due}` : 'no due time'}, ${sayEn(m.isPublic)}`,
        ),
      done: (m: Measure) => lines(`Measure M${m.number} done: ${m.text}`, m.proof !== '' && `Proof: ${m.proof}`),
      undone: (m: Measure) => `Measure M${m.number} is not done after all: ${m.text}`,
    },
    line: {
      due: (when: string) => `due ${when}`,
      noDue: 'no due time',
      done: (name: string, when: string) => `done by ${name}, ${when}`,
      proof: (proof: string) => `proof: ${proof}`,
      noProof: 'no proof yet',
      public: 'may be said outside',
      private: '*not to be said outside*',
      publicPromise: 'may be said outside *as planned, not as done*',
    },
    mark: { open: '⚪', done: '✅' },
    button: {
      done: 'Done…',
      change: 'Change…',
      undo: 'Not done after all',
      add: 'Add a measure',
    },
    saved: {
      add: (number: number) => `Measure M${number} is recorded.`,
      change: (number: number) => `Measure M${number} is changed.`,
      done: (number: number) => `Measure M${number} is done.`,
      undo: (number: number) => `Measure M${number} is not done any more.`,
    },
    list: {
      title: (count: number) => `Measures (${count})`,
      empty: 'No measure is recorded yet: what are you doing about it, who, and by when?',
    },
    form: {
      new: 'Add a measure',
      change: 'Change a measure',
      text: 'What are you doing about it?',
      textPlaceholder: 'We have every jar of the lot tested by an independent laboratory',
      textHint: 'A promise that can be kept and shown. Statements take it up word for word.',
      due: 'By when?',
      dueHint: 'In your own time zone.',
      public: 'May it be said outside?',
      yes: 'Yes, statements may use it',
      no: 'No, it stays in the room',
      doneTitle: 'Measure done',
      proof: 'Where can it be seen?',
      proofHint: 'A link, a document, a name. What is told as done is asked for proof.',
      doneAt: 'When was it done?',
      doneAtHint: 'Now, if you leave it empty.',
    },
    help: {
      measure: 'what we do about it: who, by when, and whether it may be said outside',
      measureUsage: '[the measure]',
    },
  },
  {
    entry: {
      added: (m, due) =>
        `Mesure M${m.number} : ${m.text}\nPour <@${m.ownerId}>, ${due ? `échéance ${due}` : 'sans échéance'}, ${sayFr(m.isPublic)}`,
      changed: (m, due, before) =>
        lines(
          `Mesure M${m.number} modifiée : ${m.text}`,
          before !== null && `Texte précédent : ${before}`,
          `Pour <@${m.ownerId}>, ${due ? `échéance ${due}` : 'sans échéance'}, ${sayFr(m.isPublic)}`,
        ),
      done: (m) => lines(`Mesure M${m.number} réalisée : ${m.text}`, m.proof !== '' && `Preuve : ${m.proof}`),
      undone: (m) => `Mesure M${m.number} finalement non réalisée : ${m.text}`,
    },
    line: {
      due: (when) => `échéance ${when}`,
      noDue: 'sans échéance',
      done: (name, when) => `réalisée par ${name}, ${when}`,
      proof: (proof) => `preuve : ${proof}`,
      noProof: 'pas encore de preuve',
      public: 'peut être dit à l’extérieur',
      private: '*ne pas le dire à l’extérieur*',
      publicPromise: 'peut être dit à l’extérieur *au futur, pas comme fait*',
    },
    mark: { open: '⚪', done: '✅' },
    button: {
      done: 'Réalisée…',
      change: 'Modifier…',
      undo: 'Finalement non réalisée',
      add: 'Ajouter une mesure',
    },
    saved: {
      add: (number) => `La mesure M${number} est consignée.`,
      change: (number) => `La mesure M${number} est modifiée.`,
      done: (number) => `La mesure M${number} est réalisée.`,
      undo: (number) => `La mesure M${number} n’est plus réalisée.`,
    },
    list: {
      title: (count) => `Mesures (${count})`,
      empty: 'Aucune mesure n’est encore consignée : que faites-vous, qui, et pour quand ?',
    },
    form: {
      new: 'Ajouter une mesure',
      change: 'Modifier une mesure',
      text: 'Que faites-vous ?',
      textPlaceholder: 'Nous faisons analyser tous les pots du lot par un laboratoire indépendant',
      textHint: 'Une promesse que l’on peut tenir et montrer. Les communiqués la reprennent mot pour mot.',
      due: 'Pour quand ?',
      dueHint: 'Dans votre fuseau horaire.',
      public: 'Peut-on le dire à l’extérieur ?',
      yes: 'Oui, les communiqués peuvent la reprendre',
      no: 'Non, elle reste dans la cellule',
      doneTitle: 'Mesure réalisée',
      proof: 'Où peut-on le voir ?',
      proofHint: 'Un lien, un document, un nom. À ce que l’on dit fait, on demande une preuve.',
      doneAt: 'Quand a-t-elle été réalisée ?',
      doneAtHint: 'Maintenant, si vous laissez vide.',
    },
    help: {
      measure: 'ce que nous faisons : qui, pour quand, et si l’on peut le dire à l’extérieur',
      measureUsage: '[la mesure]',
    },
  },
);
