import { bilingual, plural } from '../core/locale.ts';

export const words = bilingual(
  {
    feature: 'Closing and review',
    entry: {
      closed: (note: string, tasks: number, statements: number, callouts: number) =>
        [
          `Crisis closed${note ? `: ${note}` : ''}`,
          ...(tasks + statements + callouts > 0
            ? [
                `Left open: ${tasks} ${tasks === 1 ? 'task' : 'tasks'}, ${statements} ${statements === 1 ? 'statement' : 'statements'}, ${callouts} unanswered ${callouts === 1 ? 'call-out' : 'call-outs'}`,
              ]
            : []),
        ].join('\n'),
      reopened: (reason: string) => `Crisis reopened: ${reason}`,
      roomLost: (name: string) =>
        `The room #${name} can no longer be used (archived or closed to the bot); a new one is opened`,
    },
    form: {
      title: 'Close the crisis',
      submit: 'Close the crisis',
      cancel: 'Cancel',
      nothingOpen: (title: string) =>
        `Nothing is left open in *${title}*. The whole timeline is posted in the room, and as files.`,
      stillOpen: (title: string) =>
        `This is still open in *${title}*. It stays as it is; say below what was decided about it.`,
      tasks: 'Tasks not done',
      statements: 'Statements in review or not published',
      callouts: 'Departments that never answered',
      inReview: 'in review',
      approved: 'approved, not published',
      nobody: 'nobody assigned',
      item: (number: number, title: string, state: string) => `#${number} ${title} · ${state}`,
      more: (count: number) => `… and ${count} more`,
      note: 'Closing note',
      noteHint: 'Why it is over, what was decided about what is left, who follows it up.',
      closed: (title: string) =>
        `*${title}* is closed. The timeline is being posted in the room. The room stays readable: do not archive it before the review.`,
      reopenTitle: 'Reopen the crisis',
      reopenSubmit: 'Reopen',
      reason: 'Why does it start again?',
    },
    summary: {
      title: (title: string) => `Closed: ${title}`,
      closedBy: (name: string, time: string) => `Closed by ${name}, ${time}`,
      note: 'Closing note',
      lasted: 'Lasted',
      published: 'Statements published',
      first: 'Time to first statement',
      none: 'none was published',
      within: (after: string, limit: string) => `${after} (limit at this level: ${limit})`,
      tasks: 'Tasks done',
      told: 'Stakeholders told',
      tasksOf: (done: number, all: number) => `${done} of ${all}`,
      follows: (entries: number, messages: number) =>
        `The timeline follows: ${entries} entries in ${messages} ${messages === 1 ? 'message' : 'messages'}, then the whole of it as files. Times are shown on your own clock.`,
      leftOut: (count: number) =>
        `Left out here, and in the files: who joined the room and the digests (${count} ${count === 1 ? 'entry' : 'entries'}).`,
      shortened: (entries: number, shown: number) =>
        `The timeline has ${entries} entries: too many to read in Slack. The ${shown} that matter most follow, in order. *The files below hold every one of them.*`,
    },
    part: (part: number, parts: number) => `Timeline, part ${part} of ${parts}`,
    partShort: (part: number, parts: number) => `Timeline, what mattered most, part ${part} of ${parts}`,
    end: {
      text: 'End of the timeline',
      head: (entries: number, hash: string) =>
        `*End of the timeline: ${entries} entries.*\nFingerprint: \`${hash}\`\nIt covers every word above and in the files. Anybody with the JSON file can check, without us, that nothing was altered or taken out: \`npm run verify-timeline -- [file] --head ${hash}\``,
      room: 'This room stays readable. *Do not archive it before the review*: Slack would shut the bot out of it. If the crisis starts again: `/crisis reopen [reason]`.',
      reopen: 'Reopen the crisis',
    },
    file: (title: string) => `Timeline of ${title}`,
    told: (name: string, title: string, room: string, note: string) =>
      `*${name}* has closed the crisis *${title}*${note ? `:\n>${note}` : '.'}\nThe timeline is in ${room}.`,
    toldText: (title: string) => `The crisis ${title} is closed`,
    noRoom: (title: string) =>
      `The crisis *${title}* is closed, but its room can no longer be written to. Here is its whole timeline.`,
    noRoomText: 'The timeline of the closed crisis',
    reopened: (name: string, reason: string) =>
      `*${name}* has reopened this crisis:\n>${reason}\nEverything works again: tasks, statements, digests. Nobody was called again; \`/crisis call\` does it.`,
    continued: (name: string, reason: string, before: string) =>
      `This room continues #${before}, which Slack no longer lets the bot use. *${name}* has reopened the crisis:\n>${reason}\nTasks, statements and the timeline go on where they stood. Nobody was called again; \`/crisis call\` does it.`,
    reopenedText: 'The crisis is open again',
    reopening: (title: string) =>
      `*${title}* is open again. I am checking whether its room can still be used; if not, a new one opens and you get the link.`,
    closeUsage: 'Type `/crisis close` in the war room, or name the crisis: `/crisis close 3`.',
    reopenUsage:
      'Say why, in the room: `/crisis reopen the regulator is back`. From elsewhere, with the number of the crisis: `/crisis reopen 3 the regulator is back`.',
    help: {
      close: 'close the crisis and post its timeline',
      closeUsage: '[number or code name]',
      reopen: 'open a closed crisis again',
      reopenUsage: '[number or code name] <reason>',
    },
  },
  {
    feature: 'Clôture et retour d’expérience',
    entry: {
      closed: (note, tasks, statements, callouts) =>
        [
          `Crise close${note ? ` : ${note}` : ''}`,
          ...(tasks + statements + callouts > 0
            ? [
                `Resté en suspens : ${tasks} ${plural('fr', tasks, 'tâche', 'tâches')}, ${statements} ${plural('fr', statements, 'communiqué', 'communiqués')}, ${callouts} ${plural('fr', callouts, 'alerte', 'alertes')} sans réponse`,
              ]
            : []),
        ].join('\n'),
      reopened: (reason) => `Crise rouverte : ${reason}`,
      roomLost: (name) =>
        `Le canal #${name} n’est plus utilisable (archivé ou fermé au bot) ; une nouvelle cellule s’ouvre`,
    },
    form: {
      title: 'Clore la crise',
      submit: 'Clore la crise',
      cancel: 'Annuler',
      nothingOpen: (title) =>
        `Rien ne reste en suspens dans *${title}*. Toute la main courante est publiée dans la cellule, et en fichiers.`,
      stillOpen: (title) =>
        `Voici ce qui reste en suspens dans *${title}*. Rien n’y sera changé ; dites plus bas ce qui a été décidé à ce sujet.`,
      tasks: 'Tâches non terminées',
      statements: 'Communiqués en validation ou non publiés',
      callouts: 'Services qui n’ont jamais répondu',
      inReview: 'en validation',
      approved: 'validé, non publié',
      nobody: 'personne de désigné',
      item: (number, title, state) => `n° ${number} ${title} · ${state}`,
      more: (count) => `… et ${count} de plus`,
      note: 'Note de clôture',
      noteHint: 'Pourquoi c’est terminé, ce qui a été décidé pour le reste, qui en assure le suivi.',
      closed: (title) =>
        `*${title}* est close. La main courante est en cours de publication dans la cellule, qui reste lisible : ne l’archivez pas avant le retour d’expérience.`,
      reopenTitle: 'Rouvrir la crise',
      reopenSubmit: 'Rouvrir',
      reason: 'Pourquoi reprend-elle ?',
    },
    summary: {
      title: (title) => `Crise close : ${title}`,
      closedBy: (name, time) => `Close par ${name}, ${time}`,
      note: 'Note de clôture',
      lasted: 'Durée',
      published: 'Communiqués publiés',
      first: 'Délai du premier communiqué',
      none: 'aucun n’a été publié',
      within: (after, limit) => `${after} (limite à ce niveau : ${limit})`,
      tasks: 'Tâches terminées',
      told: 'Parties prenantes informées',
      tasksOf: (done, all) => `${done} sur ${all}`,
      follows: (entries, messages) =>
        `La main courante suit : ${entries} entrées en ${messages} ${plural('fr', messages, 'message', 'messages')}, puis l’ensemble en fichiers. Les heures s’affichent à votre fuseau.`,
      leftOut: (count) =>
        `Ne figurent que dans les fichiers : les arrivées dans la cellule et les points de situation (${count} ${plural('fr', count, 'entrée', 'entrées')}).`,
      shortened: (entries, shown) =>
        `La main courante compte ${entries} entrées : trop pour être lue dans Slack. Les ${shown} plus importantes suivent, dans l’ordre. *Les fichiers ci-dessous les contiennent toutes.*`,
    },
    part: (part, parts) => `Main courante, partie ${part} sur ${parts}`,
    partShort: (part, parts) => `Main courante, l’essentiel, partie ${part} sur ${parts}`,
    end: {
      text: 'Fin de la main courante',
      head: (entries, hash) =>
        `*Fin de la main courante : ${entries} entrées.*\nEmpreinte : \`${hash}\`\nElle couvre chaque mot ci-dessus et dans les fichiers. Quiconque détient le fichier JSON peut vérifier, sans nous, que rien n’a été altéré ni retiré : \`npm run verify-timeline -- [fichier] --head ${hash}\``,
      room: 'Cette cellule reste lisible. *Ne l’archivez pas avant le retour d’expérience* : Slack en exclurait le bot. Si la crise reprend : `/crise rouvrir [motif]`.',
      reopen: 'Rouvrir la crise',
    },
    file: (title) => `Main courante de ${title}`,
    told: (name, title, room, note) =>
      `*${name}* a clos la crise *${title}*${note ? ` :\n>${note}` : '.'}\nLa main courante est dans ${room}.`,
    toldText: (title) => `La crise ${title} est close`,
    noRoom: (title) =>
      `La crise *${title}* est close, mais il n’est plus possible d’écrire dans sa cellule. Voici toute sa main courante.`,
    noRoomText: 'La main courante de la crise close',
    reopened: (name, reason) =>
      `*${name}* a rouvert cette crise :\n>${reason}\nTout fonctionne de nouveau : tâches, communiqués, points de situation. Personne n’a été réalerté ; \`/crise appeler\` s’en charge.`,
    continued: (name, reason, before) =>
      `Cette cellule prend la suite de #${before}, que Slack ne laisse plus le bot utiliser. *${name}* a rouvert la crise :\n>${reason}\nTâches, communiqués et main courante reprennent où ils en étaient. Personne n’a été réalerté ; \`/crise appeler\` s’en charge.`,
    reopenedText: 'La crise est rouverte',
    reopening: (title) =>
      `*${title}* est rouverte. Je vérifie si sa cellule est encore utilisable ; sinon, une nouvelle s’ouvre et vous en recevez le lien.`,
    closeUsage: 'Tapez `/crise clore` dans la cellule de crise, ou nommez la crise : `/crise clore 3`.',
    reopenUsage:
      'Dites pourquoi, dans la cellule : `/crise rouvrir le régulateur est revenu`. Depuis un autre canal, ajoutez le numéro : `/crise rouvrir 3 le régulateur est revenu`.',
    help: {
      close: 'clore la crise et publier sa main courante',
      closeUsage: '[numéro ou nom de code]',
      reopen: 'rouvrir une crise close',
      reopenUsage: '[numéro ou nom de code] <motif>',
    },
  },
);
