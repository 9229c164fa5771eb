import { bilingual, plural } from '../core/locale.ts';

export const words = bilingual(
  {
    feature: 'Digests',
    entry: {
      posted: (number: number) => `Digest #${number} posted in the war room`,
      /** `every`: null when there are none. */
      rhythm: (whose: 'own' | 'level', every: string | null) =>
        every === null
          ? 'Automatic digests switched off'
          : whose === 'level'
            ? `Digests back to the rhythm of the level: every ${every} to begin with`
            : `Digests from now on every ${every}`,
    },
    line: {
      label: 'Next',
      digest: (time: string) => `digest ${time}`,
      quiet: (time: string) => `${time}: nothing new`,
    },
    title: (number: number) => `Digest ${number}`,
    text: (number: number, title: string, level: string) => `Digest #${number} of ${title}. Level: ${level}.`,
    next: (time: string) => `next ${time}`,
    nextOff: 'automatic digests are off',
    levelMoved: (now: string, arrow: string, before: string) => `${now} ${arrow} was ${before}`,
    needed: 'To do',
    toPublish: (number: number, title: string) => `publish statement ${number} *${title}*`,
    blocked: (number: number, title: string, who: string, why: string) =>
      `task ${number} *${title}* (${who}) is blocked: ${why}`,
    changedSince: (number: number) => `Since digest ${number}`,
    changedFirst: 'Since the declaration',
    nothingNew: 'nothing new',
    deadlinePassed: 'a deadline has passed, nothing else',
    situation: 'As declared',
    confirmed: 'Facts',
    untold: (names: string) => `not told yet: ${names}`,
    outgoing: 'Words',
    published: (number: number, title: string, ago: string) => `last published ${number} *${title}*, ${ago} ago`,
    nothingPublished: 'nothing published yet',
    waited: (since: string, limit: string) => `${since} of ${limit}`,
    late: 'late',
    waiting: (number: number, title: string, on: string) => `${number} *${title}* waits for ${on}`,
    drafts: (count: number) => `${count} ${count === 1 ? 'draft' : 'drafts'}`,
    tasks: 'Tasks',
    taskItem: (number: number, title: string, who: string) => `${number} ${title} (${who})`,
    taskCount: (open: number, done: number) => `${open} open, ${done} done`,
    overdue: (items: string) => `late: ${items}`,
    dueSoon: (items: string) => `due within the hour: ${items}`,
    silent: 'Waiting',
    callouts: (names: string) => `no answer from ${names}`,
    lead: 'Crisis lead',
    nobody: 'nobody',
    noReason: 'no reason given',
    coming: (number: number) => `Digest #${number} is being posted in the room.`,
    rhythmSet: (every: string, next: string) => `Digests now come every ${every}; the next one ${next}.`,
    rhythmAuto: (next: string) => `Digests follow the level again; the next one ${next}.`,
    rhythmOff:
      'Automatic digests are off. `/crisis digest` gives one at any time, `/crisis digest auto` starts them again.',
    usage:
      'Tell me one of these: `/crisis digest now`, `/crisis digest every 30m` (10 minutes to 24 hours), `/crisis digest off`, `/crisis digest auto`.',
    help: 'where things stand, now or on a rhythm',
    helpUsage: '[now | every 30m | off | auto]',
  },
  {
    feature: 'Les points de situation',
    entry: {
      posted: (number) => `Point de situation n° ${number} publié dans la cellule de crise`,
      rhythm: (whose, every) =>
        every === null
          ? 'Points de situation automatiques désactivés'
          : whose === 'level'
            ? `Points de situation de nouveau au rythme du niveau : toutes les ${every} pour commencer`
            : `Points de situation désormais toutes les ${every}`,
    },
    line: {
      label: 'Ensuite',
      digest: (time) => `point de situation ${time}`,
      quiet: (time) => `${time} : rien de nouveau`,
    },
    title: (number) => `Point de situation ${number}`,
    text: (number, title, level) => `Point de situation n° ${number} sur ${title}. Niveau : ${level}.`,
    next: (time) => `prochain ${time}`,
    nextOff: 'points automatiques désactivés',
    levelMoved: (now, arrow, before) => `${now} ${arrow} auparavant ${before}`,
    needed: 'À faire',
    toPublish: (number, title) => `publier le communiqué ${number} *${title}*`,
    blocked: (number, title, who, why) => `tâche ${number} *${title}* (${who}) bloquée : ${why}`,
    changedSince: (number) => `Depuis le point ${number}`,
    changedFirst: 'Depuis le déclenchement',
    nothingNew: 'rien de nouveau',
    deadlinePassed: 'une échéance est passée, rien d’autre',
    situation: 'À la déclaration',
    confirmed: 'Faits',
    untold: (names) => `pas encore informés : ${names}`,
    outgoing: 'Prise de parole',
    published: (number, title, ago) => `dernier publié ${number} *${title}*, il y a ${ago}`,
    nothingPublished: 'rien de publié à ce stade',
    waited: (since, limit) => `${since} sur ${limit}`,
    late: 'en retard',
    waiting: (number, title, on) => `${number} *${title}* attend ${on}`,
    drafts: (count) => `${count} ${plural('fr', count, 'projet', 'projets')}`,
    tasks: 'Tâches',
    taskItem: (number, title, who) => `${number} ${title} (${who})`,
    taskCount: (open, done) =>
      `${open} ${plural('fr', open, 'ouverte', 'ouvertes')}, ${done} ${plural('fr', done, 'terminée', 'terminées')}`,
    overdue: (items) => `en retard : ${items}`,
    dueSoon: (items) => `dans l’heure : ${items}`,
    silent: 'En attente',
    callouts: (names) => `pas de réponse : ${names}`,
    lead: 'Pilote de crise',
    nobody: 'personne',
    noReason: 'motif non précisé',
    coming: (number) => `Le point de situation n° ${number} arrive dans la cellule.`,
    rhythmSet: (every, next) => `Les points de situation viennent désormais toutes les ${every} ; le prochain ${next}.`,
    rhythmAuto: (next) => `Les points de situation suivent de nouveau le niveau ; le prochain ${next}.`,
    rhythmOff:
      'Les points automatiques sont désactivés. `/crise point` en donne un à tout moment, `/crise point auto` les relance.',
    usage:
      'Dites-moi l’un de ceux-ci : `/crise point maintenant`, `/crise point toutes les 30 min` (de 10 minutes à 24 heures), `/crise point off`, `/crise point auto`.',
    help: 'où l’on en est, maintenant ou à intervalle régulier',
    helpUsage: '[maintenant | toutes les 30 min | off | auto]',
  },
);
