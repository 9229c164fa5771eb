import { bilingual, plural } from '../core/locale.ts';

export const words = bilingual(
  {
    feature: 'Tasks',
    now: {
      label: 'Now',
      more: (soon: number, later: number) =>
        [soon > 0 && `+${soon} now`, later > 0 && `${later} later`].filter(Boolean).join(', '),
    },
    entry: {
      created: (number: number, title: string, assigneeId: string | null, due: string | null) =>
        `Task #${number} created: ${title}${assigneeId ? `, for <@${assigneeId}>` : ''}${due ? `, due ${due}` : ''}`,
      started: (number: number, title: string) => `Task #${number} started: ${title}`,
      done: (number: number, title: string) => `Task #${number} done: ${title}`,
      reopened: (number: number, title: string) => `Task #${number} reopened: ${title}`,
      blocked: (number: number, title: string, reason: string) =>
        `Task #${number} blocked: ${title}\nReason: ${reason}`,
      reassigned: (number: number, title: string, from: string | null, to: string) =>
        from
          ? `Task #${number} reassigned from <@${from}> to <@${to}>: ${title}`
          : `Task #${number} given to <@${to}>: ${title}`,
      dueChanged: (number: number, title: string, from: string | null, to: string | null) =>
        `Task #${number}, due time changed from ${from ?? 'none'} to ${to ?? 'none'}: ${title}`,
    },
    status: { open: 'To do', started: 'Started', blocked: 'Blocked', done: 'Done' },
    mark: { open: '⚪', started: '🔵', blocked: '⛔', done: '✅' },
    card: {
      name: (number: number) => `Task #${number}`,
      text: (number: number, title: string, who: string, status: string) =>
        `Task #${number}: ${title}. For ${who}. ${status}.`,
      nobody: 'nobody yet',
      due: (when: string) => `due ${when}`,
      noDue: 'no due time',
      blockedBecause: (reason: string) => `Blocked: ${reason}`,
      doneBy: (who: string, when: string) => `Done by ${who}, ${when}`,
      source: 'original message',
      detailsInThread: 'details in the thread',
      detailsText: (number: number) => `Details of task #${number}`,
    },
    button: {
      start: 'Start',
      resume: 'Resume',
      done: 'Done',
      block: 'Block…',
      reopen: 'Reopen',
      reassign: 'Reassign…',
      assign: 'Assign…',
      due: 'Change due time…',
      setDue: 'Set a due time…',
      postpone: '+30 min',
      spoken: {
        start: (number: number) => `Start task #${number}`,
        done: (number: number) => `Mark task #${number} as done`,
        block: (number: number) => `Say what blocks task #${number}`,
        reopen: (number: number) => `Reopen task #${number}`,
        postpone: (number: number) => `Give task #${number} 30 more minutes`,
      },
    },
    line: {
      late: (by: string) => `late by ${by}`,
      left: (time: string) => `${time} left`,
    },
    created: {
      told: (number: number, title: string) => `Task #${number} is in the war room: ${title}`,
      who: (name: string) => `For *${name}*.`,
      due: (when: string) => `Due ${when}.`,
      noDue: 'I found no due time in what you wrote, so it has none and nobody will be reminded.',
      nobody: 'It is given to nobody: reminders would go to the crisis lead.',
      added: (name: string) => `*${name}* was not in the war room: I am adding them and telling them.`,
      title: 'Task created',
      close: 'Close',
    },
    changed: {
      start: (number: number) => `Task #${number} is started.`,
      done: (number: number) => `Task #${number} is done.`,
      reopen: (number: number) => `Task #${number} is open again.`,
      postpone: (number: number) => `Task #${number} has 30 more minutes.`,
    },
    list: {
      title: { open: 'Open tasks', mine: 'My tasks', done: 'Tasks done' },
      empty: {
        open: 'No task is open. Create one with `/crisis task Freeze scheduled posts @someone in 20 min`.',
        mine: 'You have no open task. `/crisis tasks all` shows everybody’s.',
        done: 'No task is done yet.',
      },
    },
    blocked: {
      text: (number: number) => `Task #${number} is blocked`,
      tell: (lead: string, number: number, by: string, reason: string) =>
        `${lead}, task #${number} is blocked, says ${by}: ${reason}`,
      next: 'Clear the way, reassign it or change its due time with the task’s buttons.',
    },
    assigned: {
      text: (number: number, title: string) => `A task is yours: #${number} ${title}`,
      notYours: 'This task has been given to somebody else since: nothing is asked of you any more.',
      intro: (crisis: string, room: string, by: string) => `${by} gave you a task in the crisis *${crisis}* (${room}):`,
    },
    reminder: {
      text: (crisis: string, titles: string) => `Reminder, crisis ${crisis}: ${titles}`,
      intro: (crisis: string, room: string, count: number) =>
        `⏰ *${plural('en', count, 'A task needs', `${count} tasks need`)} you* in the crisis *${crisis}* (${room})`,
      more: (count: number) =>
        `And ${plural('en', count, 'one more', `${count} more`)}: \`/crisis tasks mine\` in the room.`,
      noRoom: 'its room is opening',
      late: 'overdue',
      stuck: 'blocked',
      unassigned: 'given to nobody',
      newer: 'see the newer reminder below',
    },
    form: {
      title: 'New task',
      submit: 'Create',
      cancel: 'Cancel',
      crisis: 'Crisis',
      what: 'What has to be done?',
      whatPlaceholder: 'Freeze scheduled posts',
      details: 'Details',
      detailsHint: 'Links, names, wording: whatever the person needs. They are posted in the task’s thread.',
      who: 'Who does it?',
      whoHint: 'One person. Somebody who is not in the war room yet is added to it.',
      department: 'Department',
      noDepartment: 'None in particular',
      due: 'Due',
      dueHint: 'In your own time zone. The person is reminded before and after.',
      from: (link: string) => `From ${link}`,
    },
    block: {
      title: 'Block a task',
      submit: 'Block',
      label: 'What is in the way?',
      hint: 'Say what or whom you are waiting for: the crisis lead reads it now.',
    },
    reassign: { title: 'Hand over a task', submit: 'Hand over', label: 'Who does it from now on?' },
    due: {
      title: 'Change the due time',
      submit: 'Save',
      label: 'Due',
      hint: 'In your own time zone. Leave it empty for no due time: nobody is reminded then.',
    },
    help: {
      task: 'create a task: for whom and by when, in one line',
      taskUsage: '[what] [@someone] [in 20 min | at 17:30 | tomorrow 9am]',
      tasks: 'see the tasks and act on them',
      tasksUsage: '[mine | all | done]',
    },
  },
  {
    feature: 'Les tâches',
    now: {
      label: 'Maintenant',
      more: (soon, later) =>
        [soon > 0 && `+${soon} maintenant`, later > 0 && `${later} ensuite`].filter(Boolean).join(', '),
    },
    entry: {
      created: (number, title, assigneeId, due) =>
        `Tâche n° ${number} créée : ${title}${assigneeId ? `, pour <@${assigneeId}>` : ''}${due ? `, échéance ${due}` : ''}`,
      started: (number, title) => `Tâche n° ${number} commencée : ${title}`,
      done: (number, title) => `Tâche n° ${number} terminée : ${title}`,
      reopened: (number, title) => `Tâche n° ${number} rouverte : ${title}`,
      blocked: (number, title, reason) => `Tâche n° ${number} bloquée : ${title}\nMotif : ${reason}`,
      reassigned: (number, title, from, to) =>
        from
          ? `Tâche n° ${number} réattribuée de <@${from}> à <@${to}> : ${title}`
          : `Tâche n° ${number} confiée à <@${to}> : ${title}`,
      dueChanged: (number, title, from, to) =>
        `Tâche n° ${number}, échéance passée de ${from ?? 'aucune'} à ${to ?? 'aucune'} : ${title}`,
    },
    status: { open: 'À faire', started: 'En cours', blocked: 'Bloquée', done: 'Terminée' },
    mark: { open: '⚪', started: '🔵', blocked: '⛔', done: '✅' },
    card: {
      name: (number) => `Tâche n° ${number}`,
      text: (number, title, who, status) => `Tâche n° ${number} : ${title}. Pour ${who}. ${status}.`,
      nobody: 'personne pour l’instant',
      due: (when) => `échéance ${when}`,
      noDue: 'sans échéance',
      blockedBecause: (reason) => `Bloquée : ${reason}`,
      doneBy: (who, when) => `Terminée par ${who}, ${when}`,
      source: 'message d’origine',
      detailsInThread: 'détails dans le fil',
      detailsText: (number) => `Détails de la tâche n° ${number}`,
    },
    button: {
      start: 'Commencer',
      resume: 'Reprendre',
      done: 'Terminée',
      block: 'Bloquer…',
      reopen: 'Rouvrir',
      reassign: 'Réattribuer…',
      assign: 'Attribuer…',
      due: 'Changer l’échéance…',
      setDue: 'Fixer une échéance…',
      postpone: '+30 min',
      spoken: {
        start: (number) => `Commencer la tâche n° ${number}`,
        done: (number) => `Marquer la tâche n° ${number} comme terminée`,
        block: (number) => `Dire ce qui bloque la tâche n° ${number}`,
        reopen: (number) => `Rouvrir la tâche n° ${number}`,
        postpone: (number) => `Donner 30 minutes de plus à la tâche n° ${number}`,
      },
    },
    line: {
      late: (by) => `en retard de ${by}`,
      left: (time) => `encore ${time}`,
    },
    created: {
      told: (number, title) => `La tâche n° ${number} est dans la cellule : ${title}`,
      who: (name) => `Pour *${name}*.`,
      due: (when) => `Échéance : ${when}.`,
      noDue: 'Je n’ai trouvé aucune échéance dans votre texte : la tâche n’en a pas et personne ne sera relancé.',
      nobody: 'Elle n’est attribuée à personne : les relances iraient au directeur de crise.',
      added: (name) => `*${name}* n’était pas dans la cellule : je l’y ajoute et l’en informe.`,
      title: 'Tâche créée',
      close: 'Fermer',
    },
    changed: {
      start: (number) => `La tâche n° ${number} est en cours.`,
      done: (number) => `La tâche n° ${number} est terminée.`,
      reopen: (number) => `La tâche n° ${number} est rouverte.`,
      postpone: (number) => `La tâche n° ${number} a 30 minutes de plus.`,
    },
    list: {
      title: { open: 'Tâches à faire', mine: 'Mes tâches', done: 'Tâches terminées' },
      empty: {
        open: 'Aucune tâche à faire. Créez-en une avec `/crise tâche Suspendre les publications programmées @quelqu’un dans 20 min`.',
        mine: 'Vous n’avez aucune tâche à faire. `/crise tâches toutes` montre celles de tous.',
        done: 'Aucune tâche n’est encore terminée.',
      },
    },
    blocked: {
      text: (number) => `La tâche n° ${number} est bloquée`,
      tell: (lead, number, by, reason) => `${lead}, la tâche n° ${number} est bloquée, signale ${by} : ${reason}`,
      next: 'Levez l’obstacle, réattribuez-la ou changez son échéance avec les boutons de la tâche.',
    },
    assigned: {
      text: (number, title) => `Une tâche vous est confiée : n° ${number} ${title}`,
      notYours: 'Cette tâche a été confiée à quelqu’un d’autre depuis : plus rien ne vous est demandé.',
      intro: (crisis, room, by) => `${by} vous confie une tâche dans la crise « *${crisis}* » (${room}) :`,
    },
    reminder: {
      text: (crisis, titles) => `Relance, crise ${crisis} : ${titles}`,
      intro: (crisis, room, count) =>
        `⏰ *${plural('fr', count, 'Une tâche vous attend', `${count} tâches vous attendent`)}* dans la crise « *${crisis}* » (${room})`,
      more: (count) =>
        `Et ${plural('fr', count, 'une autre', `${count} autres`)} : \`/crise tâches miennes\` dans la cellule.`,
      noRoom: 'la cellule s’ouvre',
      late: 'en retard',
      stuck: 'bloquée',
      unassigned: 'attribuée à personne',
      newer: 'voir la relance plus récente ci-dessous',
    },
    form: {
      title: 'Nouvelle tâche',
      submit: 'Créer',
      cancel: 'Annuler',
      crisis: 'Crise',
      what: 'Que faut-il faire ?',
      whatPlaceholder: 'Suspendre les publications programmées',
      details: 'Détails',
      detailsHint:
        'Liens, noms, formulations : tout ce dont la personne a besoin. Ils sont publiés dans le fil de la tâche.',
      who: 'Qui s’en charge ?',
      whoHint: 'Une seule personne. Si elle n’est pas encore dans la cellule, elle y est ajoutée.',
      department: 'Service',
      noDepartment: 'Aucun en particulier',
      due: 'Échéance',
      dueHint: 'Dans votre fuseau horaire. La personne est relancée avant et après.',
      from: (link) => `D’après ${link}`,
    },
    block: {
      title: 'Bloquer une tâche',
      submit: 'Bloquer',
      label: 'Qu’est-ce qui bloque ?',
      hint: 'Dites ce que vous attendez, ou de qui : le directeur de crise le lit aussitôt.',
    },
    reassign: { title: 'Réattribuer une tâche', submit: 'Réattribuer', label: 'Qui s’en charge désormais ?' },
    due: {
      title: 'Changer l’échéance',
      submit: 'Enregistrer',
      label: 'Échéance',
      hint: 'Dans votre fuseau horaire. Laissez vide pour ne fixer aucune échéance : personne n’est alors relancé.',
    },
    help: {
      task: 'créer une tâche : pour qui et pour quand, en une ligne',
      taskUsage: '[quoi] [@quelqu’un] [dans 20 min | à 17h30 | demain 9h]',
      tasks: 'voir les tâches et agir dessus',
      tasksUsage: '[miennes | toutes | terminées]',
    },
  },
);
