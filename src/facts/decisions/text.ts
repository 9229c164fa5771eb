import { bilingual } from '../../core/locale.ts';

type Made = {
  number: number;
  text: string;
  options: string;
  reason: string;
  deciderId: string;
  replaces: number | null;
};

const lines = (...parts: (string | false)[]): string => parts.filter((part) => part !== false).join('\n');

export const words = bilingual(
  {
    entry: {
      made: (d: Made) =>
        lines(
          `Decision D${d.number}${d.replaces === null ? '' : `, which replaces D${d.replaces}`}: ${d.text}`,
          `Decided by <@${d.deciderId}>`,
          `Reason: ${d.reason}`,
          d.options !== '' && `Options considered: ${d.options}`,
        ),
    },
    card: {
      text: (number: number, text: string) => `Decision D${number}: ${text}`,
      by: (name: string, when: string) => `decided by ${name}, ${when}`,
      recordedBy: (name: string) => `recorded by ${name}`,
      replaces: (number: number) => `replaces D${number}`,
      replaced: (number: number) => `⚠️ *Replaced by D${number}*: this one no longer holds.`,
      reason: (reason: string) => `*Why:* ${reason}`,
      options: (options: string) => `*Also considered:* ${options}`,
    },
    button: {
      replace: 'Replace…',
      decide: 'Record a decision',
      spoken: (number: number) => `Record a decision that replaces D${number}`,
    },
    made: (number: number) => `Decision D${number} is recorded and shown in the war room.`,
    list: {
      title: (count: number) => `Decisions (${count})`,
      empty: 'No decision is recorded yet. Record who decided what, and why: it is asked for later.',
    },
    form: {
      title: 'Record a decision',
      submit: 'Record',
      text: 'What was decided?',
      textPlaceholder: 'We stop the sale of lot L2231 everywhere',
      textHint: 'A decision is never changed afterwards: a later one can replace it.',
      options: 'What else was considered?',
      optionsHint: 'Including doing nothing. It shows later that the choice was weighed.',
      decider: 'Who decided?',
      deciderHint: 'The person who answers for it; you, if you leave it empty.',
      reason: 'Why?',
      replaces: 'Which decision does it replace?',
      none: 'None',
    },
    help: {
      decide: 'record a decision: what, who decided, why, and what else was considered',
      decideUsage: '[what was decided]',
      decisions: 'the decisions so far',
    },
  },
  {
    entry: {
      made: (d) =>
        lines(
          `Décision D${d.number}${d.replaces === null ? '' : `, qui remplace D${d.replaces}`} : ${d.text}`,
          `Décidé par <@${d.deciderId}>`,
          `Motif : ${d.reason}`,
          d.options !== '' && `Options envisagées : ${d.options}`,
        ),
    },
    card: {
      text: (number, text) => `Décision D${number} : ${text}`,
      by: (name, when) => `décidé par ${name}, ${when}`,
      recordedBy: (name) => `consigné par ${name}`,
      replaces: (number) => `remplace D${number}`,
      replaced: (number) => `⚠️ *Remplacée par D${number}* : celle-ci ne vaut plus.`,
      reason: (reason) => `*Pourquoi :* ${reason}`,
      options: (options) => `*Aussi envisagé :* ${options}`,
    },
    button: {
      replace: 'Remplacer…',
      decide: 'Consigner une décision',
      spoken: (number) => `Consigner une décision qui remplace D${number}`,
    },
    made: (number) => `La décision D${number} est consignée et affichée dans la cellule.`,
    list: {
      title: (count) => `Décisions (${count})`,
      empty:
        'Aucune décision n’est encore consignée. Dites qui a décidé quoi, et pourquoi : on le demandera plus tard.',
    },
    form: {
      title: 'Consigner une décision',
      submit: 'Consigner',
      text: 'Qu’a-t-on décidé ?',
      textPlaceholder: 'Nous arrêtons partout la vente du lot L2231',
      textHint: 'Une décision n’est jamais modifiée ensuite : une autre peut la remplacer.',
      options: 'Qu’a-t-on envisagé d’autre ?',
      optionsHint: 'Y compris ne rien faire. Cela montre plus tard que le choix a été pesé.',
      decider: 'Qui a décidé ?',
      deciderHint: 'La personne qui en répond ; vous, si vous laissez vide.',
      reason: 'Pourquoi ?',
      replaces: 'Quelle décision remplace-t-elle ?',
      none: 'Aucune',
    },
    help: {
      decide: 'consigner une décision : quoi, qui a décidé, pourquoi, et ce qui a été envisagé',
      decideUsage: '[ce qui a été décidé]',
      decisions: 'les décisions prises jusqu’ici',
    },
  },
);
