import { bilingual, list } from '../core/locale.ts';

type Stakeholder = { name: string; channel: string; statementNumber: number | null };

const by = (channel: string, statement: string): string => [channel, statement].filter(Boolean).join(', ');
const byEn = (s: Stakeholder) => by(s.channel, s.statementNumber ? `statement ${s.statementNumber}` : '');
const byFr = (s: Stakeholder) => by(s.channel, s.statementNumber ? `communiqué n° ${s.statementNumber}` : '');
const names = (some: readonly { name: string }[]) => some.map((one) => one.name);

export const words = bilingual(
  {
    feature: 'Who must hear',
    brief: {
      label: 'Told',
      of: (told: number, listed: number, first: string) => `${told} of ${listed}${first && ` · first: ${first}`}`,
    },
    entry: {
      listed: (added: readonly Stakeholder[]) => `Must hear, in this order: ${added.map((s) => s.name).join('; ')}`,
      added: (s: Stakeholder) => `Must hear as well: ${s.name}${byEn(s) ? ` (${byEn(s)})` : ''}`,
      changed: (s: Stakeholder, before: string) =>
        `${before === s.name ? s.name : `${before}, now “${s.name}”`}: how they hear was changed${byEn(s) ? ` (${byEn(s)})` : ''}`,
      told: (s: Stakeholder, skipped: readonly Stakeholder[]) =>
        `Told: ${s.name}${byEn(s) ? ` (${byEn(s)})` : ''}${skipped.length > 0 ? `\nNot told yet at that moment: ${list('en', names(skipped))}` : ''}`,
      notNeeded: (s: Stakeholder, reason: string) => `Need not be told: ${s.name}\nReason: ${reason}`,
      waiting: (s: Stakeholder) => `Still to be told: ${s.name}`,
      moved: (s: Stakeholder, neighbour: Stakeholder, way: 'up' | 'down') =>
        `${s.name} hears ${way === 'up' ? 'before' : 'after'} ${neighbour.name}`,
    },
    circle: {
      affected: 'People affected',
      employees: 'Employees',
      front_line: 'Front line (support, sales)',
      partners: 'Partners, distributors',
      authorities: 'Authorities',
      press: 'Media',
      public: 'The public',
    },
    mark: { waiting: '⚪', told: '✅', not_needed: '➖' },
    table: {
      title: 'Who must hear, in this order',
      text: (told: number, all: number) => `Who must hear: ${told} of ${all} told.`,
      count: (told: number, all: number) => `${told} of ${all} told`,
      empty: 'Nobody is listed yet: who must hear about this, and from whom?',
      howTo: 'Affected people and employees first: nobody should learn it from the press.',
      more: (count: number) => `_and ${count} more: \`/crisis stakeholder\`_`,
    },
    line: {
      owner: (name: string) => `to be told by ${name}`,
      told: (name: string, when: string) => `told by ${name}, ${when}`,
      statement: (number: number) => `statement ${number}`,
      notNeeded: (reason: string) => `need not be told: ${reason}`,
      noChannel: 'no channel yet',
    },
    warning: (who: string, skipped: readonly string[]) =>
      `⚠️ “${who}” would hear before ${list('en', skipped)}. Tell them first if you still can: who learns it from the press feels it twice.`,
    toldBefore: (who: string, skipped: readonly string[]) =>
      `⚠️ “${who}” heard before ${list('en', skipped)}. Tell them now: who learns it from the press feels it twice.`,
    toldBeforeText: 'Somebody was told before those who should hear first',
    button: {
      told: 'Told…',
      edit: 'Change…',
      notNeeded: 'Need not be told…',
      waiting: 'Not told after all',
      needed: 'To be told after all',
      up: 'Earlier',
      down: 'Later',
      add: 'Add somebody',
      spoken: (name: string) => `Mark ${name} as told`,
    },
    saved: {
      add: (name: string) => `${name} is on the list.`,
      edit: (name: string) => `${name}: changed.`,
      told: (name: string) => `${name}: told.`,
      not_needed: (name: string) => `${name}: need not be told.`,
      waiting: (name: string) => `${name}: still to be told.`,
      up: (name: string) => `${name} hears earlier now.`,
      down: (name: string) => `${name} hears later now.`,
    },
    list: {
      title: (told: number, all: number) => `Who must hear (${told} of ${all} told)`,
    },
    form: {
      new: 'Who must hear',
      edit: 'Who must hear',
      toldTitle: 'Told',
      notNeededTitle: 'Need not be told',
      save: 'Save',
      saved: 'Saved',
      close: 'Close',
      cancel: 'Cancel',
      name: 'Who must hear?',
      namePlaceholder: 'Customers who bought lot L2231',
      circle: 'Who are they to us?',
      circleHint: 'Decides their turn; you can change it afterwards.',
      channel: 'How?',
      channelPlaceholder: 'E-mail, then a call to those who do not answer',
      statement: 'By which statement?',
      noStatement: 'None yet',
      owner: 'Who tells them?',
      department: 'Department that tells them',
      noDepartment: 'None in particular',
      at: 'When were they told?',
      atHint: 'Now, if you leave it empty.',
      reason: 'Why need they not be told?',
    },
    help: {
      stakeholder: 'who must hear, in which order, and who has not been told yet',
      usage: '[who must hear]',
    },
    andMore: (count: number) => `and ${count} more`,
  },
  {
    feature: 'Qui informer',
    brief: {
      label: 'Informés',
      of: (told, listed, first) => `${told} sur ${listed}${first && ` · d’abord : ${first}`}`,
    },
    entry: {
      listed: (added) => `À informer, dans cet ordre : ${added.map((s) => s.name).join(' ; ')}`,
      added: (s) => `À informer aussi : ${s.name}${byFr(s) ? ` (${byFr(s)})` : ''}`,
      changed: (s, before) =>
        `${before === s.name ? s.name : `${before}, désormais « ${s.name} »`} : façon d’informer modifiée${byFr(s) ? ` (${byFr(s)})` : ''}`,
      told: (s, skipped) =>
        `Informé : ${s.name}${byFr(s) ? ` (${byFr(s)})` : ''}${skipped.length > 0 ? `\nPas encore informés à ce moment : ${list('fr', names(skipped))}` : ''}`,
      notNeeded: (s, reason) => `N’a pas à être informé : ${s.name}\nMotif : ${reason}`,
      waiting: (s) => `Reste à informer : ${s.name}`,
      moved: (s, neighbour, way) => `${s.name} : à informer ${way === 'up' ? 'avant' : 'après'} ${neighbour.name}`,
    },
    circle: {
      affected: 'Personnes touchées',
      employees: 'Salariés',
      front_line: 'Première ligne (service client, vente)',
      partners: 'Partenaires, distributeurs',
      authorities: 'Autorités',
      press: 'Médias',
      public: 'Le public',
    },
    mark: { waiting: '⚪', told: '✅', not_needed: '➖' },
    table: {
      title: 'Qui doit être informé, dans cet ordre',
      text: (told, all) => `Qui doit être informé : ${told} sur ${all}.`,
      count: (told, all) => `${told} sur ${all} déjà informés`,
      empty: 'Personne n’est encore sur la liste : qui doit être informé, et par qui ?',
      howTo: 'D’abord les personnes touchées et les salariés : nul ne devrait l’apprendre par la presse.',
      more: (count) => `_et ${count} de plus : \`/crise parties-prenantes\`_`,
    },
    line: {
      owner: (name) => `à informer par ${name}`,
      told: (name, when) => `informé par ${name}, ${when}`,
      statement: (number) => `communiqué n° ${number}`,
      notNeeded: (reason) => `n’a pas à être informé : ${reason}`,
      noChannel: 'canal à préciser',
    },
    warning: (who, skipped) =>
      `⚠️ « ${who} » serait informé avant : ${list('fr', skipped)}. Informez-les d’abord si c’est encore possible : l’apprendre par la presse blesse deux fois.`,
    toldBefore: (who, skipped) =>
      `⚠️ « ${who} » a été informé avant : ${list('fr', skipped)}. Informez-les maintenant : l’apprendre par la presse blesse deux fois.`,
    toldBeforeText: 'Quelqu’un a été informé avant ceux qui devaient l’être d’abord',
    button: {
      told: 'Informé…',
      edit: 'Modifier…',
      notNeeded: 'N’a pas à être informé…',
      waiting: 'Finalement pas informé',
      needed: 'Finalement à informer',
      up: 'Plus tôt',
      down: 'Plus tard',
      add: 'Ajouter',
      spoken: (name) => `Marquer « ${name} » comme informé`,
    },
    saved: {
      add: (name) => `${name} : sur la liste.`,
      edit: (name) => `${name} : modifié.`,
      told: (name) => `${name} : informé.`,
      not_needed: (name) => `${name} : n’a pas à être informé.`,
      waiting: (name) => `${name} : reste à informer.`,
      up: (name) => `${name} : informé plus tôt désormais.`,
      down: (name) => `${name} : informé plus tard désormais.`,
    },
    list: {
      title: (told, all) => `Qui doit être informé (${told} sur ${all})`,
    },
    form: {
      new: 'Qui informer',
      edit: 'Qui informer',
      toldTitle: 'Informé',
      notNeededTitle: 'N’a pas à être informé',
      save: 'Enregistrer',
      saved: 'Enregistré',
      close: 'Fermer',
      cancel: 'Annuler',
      name: 'Qui doit être informé ?',
      namePlaceholder: 'Clients ayant acheté le lot L2231',
      circle: 'Qui sont-ils pour nous ?',
      circleHint: 'Fixe leur tour ; vous pouvez le changer ensuite.',
      channel: 'Comment ?',
      channelPlaceholder: 'Courriel, puis appel à qui ne répond pas',
      statement: 'Par quel communiqué ?',
      noStatement: 'Aucun pour l’instant',
      owner: 'Qui les informe ?',
      department: 'Service qui les informe',
      noDepartment: 'Aucun en particulier',
      at: 'Quand l’ont-ils été ?',
      atHint: 'Maintenant, si vous laissez vide.',
      reason: 'Pourquoi n’ont-ils pas à l’être ?',
    },
    help: {
      stakeholder: 'qui doit être informé, dans quel ordre, et qui ne l’est pas encore',
      usage: '[qui informer]',
    },
    andMore: (count) => `et ${count} de plus`,
  },
);
