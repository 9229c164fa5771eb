import { bilingual, plural } from '../core/locale.ts';

export const words = bilingual(
  {
    feature: 'The first hour',
    entry: {
      started: (playbook: string, what: string) => `From the playbook “${playbook}”: ${what}`,
      tasks: (numbers: string) => `tasks ${numbers} for the first hour`,
      drafts: (numbers: string) => `first statement drafted (${numbers}), for somebody to take up`,
      stakeholders: 'who must hear is listed',
      nothingYet: 'nothing more at this level',
      closesTeam: 'From now on this is a closed team',
      late: (minutes: number) => `Nothing has been said outside within the ${minutes} minutes that this level sets`,
    },
    message: {
      title: (playbook: string) => `First hour: ${playbook}`,
      nothingYet: 'At this level it asks for little. The rest of it starts as soon as the level rises.',
      tone: (tone: string) => `*Tone*: ${tone}`,
      mistakes: (mistakes: string) => `*To avoid*: ${mistakes}`,
      closed: 'Closed team: only who is here knows. `/crisis team` (for the lead) says who is left out.',
      reminders: (count: number) => `Legal reminders (${count})`,
      resources: (count: number) => `Outside help (${count})`,
      remindersTitle: 'Legal reminders',
      resourcesTitle: 'Outside help',
    },
    clock: {
      name: 'First words',
      early: (aim: string, limit: string) => `🟢 nothing said yet · aim ${aim}, limit ${limit}`,
      earlyNoAim: (limit: string) => `🟢 nothing said yet · limit ${limit}`,
      due: (limit: string) => `🟠 nothing said yet · limit ${limit}`,
      late: (limit: string) => `🔴 nothing said yet · the limit was ${limit}`,
      out: (after: string) => `after ${after}`,
    },
    late: {
      head: (limit: string) => `*The first words are late*: nothing was said outside by ${limit}.`,
      none: 'There is no text yet: `/crisis statement`.',
      text: (number: number, title: string, state: string) => `${number} *${title}*: ${state}`,
      silence: 'Silence is a choice too: `/crisis log` keeps why.',
      read: 'Read…',
      spoken: (number: number) => `Read statement ${number}`,
    },
    form: {
      title: 'Start a playbook',
      submit: 'Start',
      cancel: 'Cancel',
      close: 'Close',
      which: 'Playbook',
      intro: 'Its tasks, its draft and its stakeholders come on top of what is there: nothing is made twice.',
      started: (playbook: string, tasks: number) =>
        tasks === 0
          ? `“${playbook}” is the playbook of this crisis now. It asks for no more tasks at this level.`
          : `“${playbook}” is started: ${tasks} more ${tasks === 1 ? 'task' : 'tasks'}, shown in the room.`,
    },
    help: {
      start: 'start a playbook in this room: its tasks, draft and stakeholders',
      startUsage: '[playbook]',
    },
  },
  {
    feature: 'La première heure',
    entry: {
      started: (playbook, what) => `D’après la fiche réflexe « ${playbook} » : ${what}`,
      tasks: (numbers) => `tâches ${numbers.replaceAll('#', 'n° ')} pour la première heure`,
      drafts: (numbers) => `premier communiqué préparé (${numbers.replaceAll('#', 'n° ')}), à reprendre par quelqu’un`,
      stakeholders: 'la liste de qui informer est complétée',
      nothingYet: 'rien de plus à ce niveau',
      closesTeam: 'L’équipe est désormais fermée',
      late: (minutes) => `Rien n’a été dit à l’extérieur dans les ${minutes} minutes que fixe ce niveau`,
    },
    message: {
      title: (playbook) => `Première heure : ${playbook}`,
      nothingYet: 'À ce niveau, elle demande peu. Le reste se lance dès que le niveau monte.',
      tone: (tone) => `*Ton* : ${tone}`,
      mistakes: (mistakes) => `*À éviter* : ${mistakes}`,
      closed:
        'Équipe fermée : seules les personnes présentes savent. `/crise équipe` (pour le pilote) dit qui est tenu à l’écart.',
      reminders: (count) => `Rappels juridiques (${count})`,
      resources: (count) => `Aide extérieure (${count})`,
      remindersTitle: 'Rappels juridiques',
      resourcesTitle: 'Aide extérieure',
    },
    clock: {
      name: 'Première prise de parole',
      early: (aim, limit) => `🟢 rien de dit · objectif ${aim}, limite ${limit}`,
      earlyNoAim: (limit) => `🟢 rien de dit · limite ${limit}`,
      due: (limit) => `🟠 rien de dit · limite ${limit}`,
      late: (limit) => `🔴 rien de dit · la limite était ${limit}`,
      out: (after) => `en ${after}`,
    },
    late: {
      head: (limit) => `*La première prise de parole tarde* : rien n’a été dit à l’extérieur avant ${limit}.`,
      none: 'Aucun texte pour l’instant : `/crise communiqué`.',
      text: (number, title, state) => `${number} *${title}* : ${state}`,
      silence: 'Se taire est aussi un choix : `/crise noter` en garde le motif.',
      read: 'Lire…',
      spoken: (number) => `Lire le communiqué ${number}`,
    },
    form: {
      title: 'Lancer une fiche réflexe',
      submit: 'Lancer',
      cancel: 'Annuler',
      close: 'Fermer',
      which: 'Fiche réflexe',
      intro: 'Ses tâches, son projet et ses parties prenantes s’ajoutent à ce qui existe : rien n’est fait deux fois.',
      started: (playbook, tasks) =>
        tasks === 0
          ? `« ${playbook} » est désormais la fiche de cette crise. Elle ne demande aucune tâche de plus à ce niveau.`
          : `« ${playbook} » est lancée : ${tasks} ${plural('fr', tasks, 'tâche', 'tâches')} de plus, affichées dans la cellule.`,
    },
    help: {
      start: 'lancer une fiche réflexe dans cette cellule : tâches, projet, parties prenantes',
      startUsage: '[fiche]',
    },
  },
);
