import { bilingual } from '../core/locale.ts';

export const words = bilingual(
  {
    fault: (reference: string) =>
      `Something went wrong on our side. Type \`/crisis\` to see where things stand, then try again; if it happens again, give your administrator this reference: *${reference}*.`,
    overloaded:
      'The bot cannot reach its database at the moment. Please try again in a minute: `/crisis` shows whether your change was recorded.',
    tooLate:
      'That took too long, and Slack no longer opens the form. Press the button again, or type the command again: nothing was changed.',
    mistyped: (word: string, meant: string) => `I do not know \`${word}\`. Did you mean \`/crisis ${meant}\`?`,
    unknownCommand: (word: string) =>
      `I do not know \`${word}\`. \`/crisis help\` shows the frequent commands, \`/crisis help ${word}\` looks among all of them.`,
    outdatedButton:
      'This button no longer does anything: it comes from an earlier version. Type `/crisis` to see where things stand.',
    outsider:
      'Guests and people from other organisations cannot act in the war room. Ask the crisis lead to do it for you.',
    notInstalled:
      'Crisis War Room is no longer installed in this workspace. Ask an administrator to install it again: nothing is lost, and what was waiting then goes on.',
    tooFast:
      'That was more in a few seconds than I can take from one person. Nothing you did before is lost, and this was not done: wait a moment, then do it again.',
    formTitle: 'War room',
    close: 'Close',
    lookAgain: 'looking whether a message is there twice',
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    previous: 'Previous page',
    next: 'Next page',
    everybodys: 'Everybody’s',
    mine: 'Mine',
    allDepartments: 'All departments',
    allStates: 'All states',
    words: 'With these words',
    find: 'Find',
    found: (found: number, all: number) => (found === all ? `${all}` : `${found} of ${all}`),
    nothing: 'Nothing is like that.',
  },
  {
    fault: (reference) =>
      `Une erreur est survenue de notre côté. Tapez \`/crise\` pour voir où l’on en est, puis réessayez ; si cela se reproduit, transmettez cette référence à votre administrateur : *${reference}*.`,
    overloaded:
      'Le bot ne peut pas joindre sa base de données pour le moment. Réessayez dans une minute : `/crise` vous dira si votre action a été enregistrée.',
    tooLate:
      'La réponse a trop tardé et Slack n’ouvre plus le formulaire. Cliquez de nouveau sur le bouton, ou retapez la commande : rien n’a été modifié.',
    mistyped: (word, meant) => `Je ne connais pas \`${word}\`. Vouliez-vous dire \`/crise ${meant}\` ?`,
    unknownCommand: (word) =>
      `Je ne connais pas \`${word}\`. \`/crise aide\` montre les commandes courantes, \`/crise aide ${word}\` cherche parmi toutes.`,
    outdatedButton:
      'Ce bouton ne fait plus rien : il vient d’une version antérieure. Tapez `/crise` pour savoir où l’on en est.',
    outsider:
      'Les invités et les personnes d’autres organisations ne peuvent pas agir dans la cellule de crise. Demandez au pilote de crise de le faire.',
    notInstalled:
      'Crisis War Room n’est plus installée dans cet espace de travail. Demandez à un administrateur de la réinstaller : rien n’est perdu, et ce qui était en attente reprendra.',
    tooFast:
      'Cela fait plus d’actions en quelques secondes que je ne peux en prendre d’une même personne. Rien de ce que vous avez fait n’est perdu, mais ceci n’a pas été fait : patientez un instant, puis recommencez.',
    formTitle: 'Cellule de crise',
    close: 'Fermer',
    lookAgain: 'vérifier qu’un message n’est pas en double',
    page: (page, pages) => `Page ${page} sur ${pages}`,
    previous: 'Page précédente',
    next: 'Page suivante',
    everybodys: 'De tous',
    mine: 'Les miens',
    allDepartments: 'Tous les services',
    allStates: 'Tous les états',
    words: 'Contenant ces mots',
    find: 'Chercher',
    found: (found, all) => (found === all ? `${all}` : `${found} sur ${all}`),
    nothing: 'Aucun résultat.',
  },
);
