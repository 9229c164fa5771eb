import { bilingual, plural } from '../../core/locale.ts';

export const words = bilingual(
  {
    undrawable: (count: number) => `[${count} ${count === 1 ? 'character' : 'characters'} this page cannot show]`,
    declaredBy: (name: string) => `Declared by: ${name}`,
    levels: 'Level over time',
    levelFrom: (time: string, level: string) => `${time}: ${level}`,
    entries: 'The timeline',
    statements: 'Statements approved and published',
    statement: (number: number, title: string, version: number) => `Statement ${number}: ${title} (version ${version})`,
    state: {
      approved: (time: string) => `Approved ${time}`,
      published: (time: string, place: string) => `Published ${time}${place ? `, ${place}` : ''}`,
      withdrawn: (time: string) => `Withdrawn ${time}`,
    },
    hash: (hash: string, seq: number) => `Fingerprint of this text: ${hash} (entry ${seq})`,
    lost: 'The text that is kept does not carry this fingerprint.',
    end: 'Fingerprint of the whole timeline',
    endText:
      'It covers every entry above, in its order. It also stands in the message that closed the crisis, and in the JSON file, with which anybody can check it.',
    page: (title: string) => `${title} · page {page} of {pages}`,
  },
  {
    undrawable: (count) =>
      `[${count} ${plural('fr', count, 'caractère', 'caractères')} que cette page ne peut afficher]`,
    declaredBy: (name) => `Déclenchée par : ${name}`,
    levels: 'Niveau au fil du temps',
    levelFrom: (time, level) => `${time} : ${level}`,
    entries: 'La main courante',
    statements: 'Communiqués validés et publiés',
    statement: (number, title, version) => `Communiqué ${number} : ${title} (version ${version})`,
    state: {
      approved: (time) => `Validé : ${time}`,
      published: (time, place) => `Publié : ${time}${place ? `, ${place}` : ''}`,
      withdrawn: (time) => `Retiré : ${time}`,
    },
    hash: (hash, seq) => `Empreinte de ce texte : ${hash} (entrée ${seq})`,
    lost: 'Le texte conservé ne porte pas cette empreinte.',
    end: 'Empreinte de toute la main courante',
    endText:
      'Elle couvre chaque entrée ci-dessus, dans son ordre. Elle figure aussi dans le message de clôture et dans le fichier JSON, avec lequel chacun peut la vérifier.',
    page: (title) => `${title} · page {page} sur {pages}`,
  },
);
