import { bilingual, plural } from '../core/locale.ts';

export const words = bilingual(
  {
    feature: 'Closing and review',
    entry: {
      closed: (note: string, statements: number, callouts: number) =>
        [
          `Crisis closed${note ? `: ${note}` : ''}`,
          ...(statements + callouts > 0
            ? [
                `Left open: ${statements} ${statements === 1 ? 'statement' : 'statements'}, ${callouts} unanswered ${callouts === 1 ? 'call-out' : 'call-outs'}`,
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
        `Nothing is left open in *${title}*. The timeline is posted in the room, and as files.`,
      stillOpen: (title: string) => `This is still open in *${title}*.`,
      tasks: (count: number) => `Tasks not done: ${count}`,
      settle: 'What becomes of these tasks?',
      settled: {
        done: 'Done without being marked',
        with_department: 'They go on with their department',
        dropped: 'Dropped',
      },
      statements: 'Statements in review or not published',
      callouts: 'Departments that never answered',
      inReview: 'in review',
      approved: 'approved, not published',
      nobody: 'nobody assigned',
      item: (number: number, title: string, state: string) => `#${number} ${title} · ${state}`,
      more: (count: number) => `… and ${count} more`,
      note: 'Closing note',
      noteHint: 'Why it is over, what was decided about what is left.',
      closed: (title: string) =>
        `*${title}* is closed. The timeline is being posted in the room. The room stays readable: do not archive it before the review.`,
      reopenTitle: 'Reopen the crisis',
      reopenSubmit: 'Reopen',
      reason: 'Why does it start again?',
    },
    summary: {
      title: (title: string) => `Closed: ${title}`,
      closedBy: (name: string, time: string) => `By ${name}, ${time}`,
      lasted: (time: string) => `Lasted ${time}`,
      published: (count: number) =>
        count === 0 ? 'no statement published' : `${count} ${count === 1 ? 'statement' : 'statements'} published`,
      first: (after: string, limit: string | null) =>
        `first words after ${after}${limit ? ` (limit at this level: ${limit})` : ''}`,
      tasks: (done: number, all: number) => `tasks done: ${done} of ${all}`,
      told: (done: number, all: number) => `stakeholders told: ${done} of ${all}`,
      where: 'The timeline is in this message’s thread and in the PDF.',
      room: 'This room stays readable. *Do not archive it before the review*: Slack would shut the bot out of it.',
    },
    story: {
      whole: 'The timeline. Who joined, and the digests, are in the files',
      essence: 'What mattered most. The whole timeline is in the files',
    },
    head: (entries: number, hash: string) =>
      `${entries} ${entries === 1 ? 'entry' : 'entries'}. Fingerprint: \`${hash}\``,
    reopen: 'Reopen the crisis',
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
    moved: (before: string) =>
      `*The crisis goes on here.* #${before} can no longer be used; what was written there is kept in the timeline.`,
    movedText: 'The crisis goes on in this room',
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
      closed: (note, statements, callouts) =>
        [
          `Crise close${note ? ` : ${note}` : ''}`,
          ...(statements + callouts > 0
            ? [
                `Resté en suspens : ${statements} ${plural('fr', statements, 'communiqué', 'communiqués')}, ${callouts} ${plural('fr', callouts, 'alerte', 'alertes')} sans réponse`,
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
        `Rien ne reste en suspens dans *${title}*. La main courante est publiée dans la cellule, et en fichiers.`,
      stillOpen: (title) => `Voici ce qui reste en suspens dans *${title}*.`,
      tasks: (count) => `Tâches non terminées : ${count}`,
      settle: 'Que deviennent ces tâches ?',
      settled: {
        done: 'Faites sans avoir été marquées',
        with_department: 'Elles se poursuivent dans leur service',
        dropped: 'Abandonnées',
      },
      statements: 'Communiqués en validation ou non publiés',
      callouts: 'Services qui n’ont jamais répondu',
      inReview: 'en validation',
      approved: 'validé, non publié',
      nobody: 'personne de désigné',
      item: (number, title, state) => `n° ${number} ${title} · ${state}`,
      more: (count) => `… et ${count} de plus`,
      note: 'Note de clôture',
      noteHint: 'Pourquoi c’est terminé, ce qui a été décidé pour le reste.',
      closed: (title) =>
        `*${title}* est close. La main courante est en cours de publication dans la cellule, qui reste lisible : ne l’archivez pas avant le retour d’expérience.`,
      reopenTitle: 'Rouvrir la crise',
      reopenSubmit: 'Rouvrir',
      reason: 'Pourquoi reprend-elle ?',
    },
    summary: {
      title: (title) => `Crise close : ${title}`,
      closedBy: (name, time) => `Par ${name}, ${time}`,
      lasted: (time) => `Durée : ${time}`,
      published: (count) =>
        count === 0
          ? 'aucun communiqué publié'
          : `${count} ${plural('fr', count, 'communiqué publié', 'communiqués publiés')}`,
      first: (after, limit) =>
        `première prise de parole après ${after}${limit ? ` (limite à ce niveau : ${limit})` : ''}`,
      tasks: (done, all) => `tâches terminées : ${done} sur ${all}`,
      told: (done, all) => `parties prenantes informées : ${done} sur ${all}`,
      where: 'La main courante est dans le fil de ce message et dans le PDF.',
      room: 'Cette cellule reste lisible. *Ne l’archivez pas avant le retour d’expérience* : Slack en exclurait le bot.',
    },
    story: {
      whole: 'La main courante. Les arrivées et les points de situation sont dans les fichiers',
      essence: 'L’essentiel. Toute la main courante est dans les fichiers',
    },
    head: (entries, hash) => `${entries} ${plural('fr', entries, 'entrée', 'entrées')}. Empreinte : \`${hash}\``,
    reopen: 'Rouvrir la crise',
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
    moved: (before) =>
      `*La crise continue ici.* #${before} n’est plus utilisable ; ce qui y a été écrit reste consigné.`,
    movedText: 'La crise continue dans cette cellule',
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
