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
    lateDm: {
      text: 'Nothing has been said outside yet',
      head: (title: string, minutes: number) =>
        `*${title}*: nothing has been said outside, and the ${minutes} minutes that this level sets for the first words are over.`,
      none: 'There is no statement yet. Take the playbook’s draft or write one: `/crisis statement`.',
      drafts: (lines: string) => `Drafted and not submitted:\n${lines}`,
      waits: (lines: string) => `Waiting for approval:\n${lines}`,
      approved: (lines: string) => `Approved and not yet marked as published:\n${lines}`,
      line: (number: number, title: string) => `• #${number} *${title}*`,
      waitsOn: (number: number, title: string, on: string) => `• #${number} *${title}*: ${on}`,
      why: 'Silence is a choice too: if it is yours, say so and why with `/crisis log`. The limit is our judgement, not a law.',
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
    lateDm: {
      text: 'Rien n’a encore été dit à l’extérieur',
      head: (title, minutes) =>
        `« *${title}* » : rien n’a été dit à l’extérieur, et les ${minutes} minutes que ce niveau fixe pour la première prise de parole sont écoulées.`,
      none: 'Il n’y a encore aucun communiqué. Reprenez le projet de la fiche réflexe ou rédigez-en un : `/crise communiqué`.',
      drafts: (lines) => `Rédigés et non soumis :\n${lines}`,
      waits: (lines) => `En attente de validation :\n${lines}`,
      approved: (lines) => `Validés et pas encore indiqués comme publiés :\n${lines}`,
      line: (number, title) => `• n° ${number} *${title}*`,
      waitsOn: (number, title, on) => `• n° ${number} *${title}* : ${on}`,
      why: 'Se taire est aussi un choix : si c’est le vôtre, dites-le et pourquoi avec `/crise noter`. Cette limite est notre appréciation, pas une règle de droit.',
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
