import { bilingual } from '../core/locale.ts';

/** What whoever presses "Add to Slack" reads in their browser. */
export const words = bilingual(
  {
    feature: 'The workspace',
    installed: (workspace: string) => `Crisis War Room is installed in ${workspace}`,
    next: 'Go back to Slack and type /crisis settings to say who answers for communication, legal and marketing. Declaring a crisis works already: /crisis declare.',
    openSlack: 'Open Slack',
    notInstalled: 'Crisis War Room was not installed',
    cancelled: 'You cancelled in Slack: nothing was changed.',
    expired:
      'This page was opened too late, a second time, or in another browser than the one in which the installation began. Nothing was changed: start again, and agree in Slack within ten minutes.',
    orgWide:
      'Slack offered to install for the whole organisation. Crisis War Room is installed workspace by workspace: start again, and choose one workspace.',
    failed: (reference: string) =>
      `Something went wrong between Slack and us. Start again in a minute; if it happens again, give your administrator this reference: ${reference}.`,
    again: 'Start again',
  },
  {
    feature: 'L’espace de travail',
    installed: (workspace) => `Crisis War Room est installée dans ${workspace}`,
    next: 'Retournez dans Slack et tapez /crise réglages pour indiquer qui répond de la communication, du juridique et du marketing. Vous pouvez déjà déclencher une crise : /crise déclencher.',
    openSlack: 'Ouvrir Slack',
    notInstalled: 'Crisis War Room n’a pas été installée',
    cancelled: 'Vous avez annulé dans Slack : rien n’a été modifié.',
    expired:
      'Cette page a été ouverte trop tard, une seconde fois, ou dans un autre navigateur que celui où l’installation a commencé. Rien n’a été modifié : recommencez, et donnez votre accord dans Slack dans les dix minutes.',
    orgWide:
      'Slack a proposé une installation pour toute l’organisation. Crisis War Room s’installe espace de travail par espace de travail : recommencez, et choisissez un espace de travail.',
    failed: (reference) =>
      `Une erreur est survenue entre Slack et nous. Recommencez dans une minute ; si cela se reproduit, transmettez cette référence à votre administrateur : ${reference}.`,
    again: 'Recommencer',
  },
);
