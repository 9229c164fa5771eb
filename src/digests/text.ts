import { bilingual, plural } from '../core/locale.ts';

/** `30 min`, `2 h`: the same in both languages. */
export const minutesName = (minutes: number) => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`);

export const words = bilingual(
  {
    feature: 'Digests',
    entry: {
      posted: (number: number) => `Digest #${number} posted in the war room`,
      rhythm: (asked: number | null, minutes: number | null) =>
        asked === 0 || minutes === null
          ? 'Automatic digests switched off'
          : asked === null
            ? `Digests back to the rhythm of the level: every ${minutesName(minutes)} to begin with`
            : `Digests from now on every ${minutesName(minutes)}`,
    },
    title: (number: number, title: string) => `Digest #${number}: ${title}`,
    text: (number: number, title: string, level: string) => `Digest #${number} of ${title}. Level: ${level}.`,
    next: (time: string) => `next digest ${time}`,
    nextOff: 'automatic digests are off (`/crisis digest auto`)',
    levelMoved: (now: string, arrow: string, before: string) => `${now} ${arrow} was ${before}`,
    needed: 'Needed from you',
    toPublish: (number: number, title: string) => `Statement #${number} *${title}* is approved: publish it`,
    blocked: (number: number, title: string, who: string, why: string) =>
      `Task #${number} *${title}* (${who}) is blocked: ${why}`,
    changedSince: (number: number) => `What changed since #${number}`,
    changedFirst: 'Since the declaration',
    nothingNew: (number: number) => `Nothing new since #${number}.`,
    nothingYet: 'Nothing to tell yet.',
    andMore: (count: number) => `(and ${count} more, in the thread)`,
    situation: 'Situation, as declared',
    confirmed: 'Situation, confirmed facts only',
    untold: 'Not told yet',
    outgoing: 'Our words',
    published: (number: number, title: string, ago: string) => `last published #${number} *${title}*, ${ago} ago`,
    nothingPublished: 'nothing published yet',
    firstWords: (after: string) => `first words after ${after}`,
    waited: (since: string, limit: string) => `${since} of ${limit}`,
    waiting: (number: number, title: string, on: string) => `#${number} *${title}* waits for ${on}`,
    drafts: (count: number) => `${count} ${count === 1 ? 'draft' : 'drafts'} being written`,
    tasks: 'Tasks',
    taskItem: (number: number, title: string, who: string) => `#${number} ${title} (${who})`,
    taskCount: (open: number, done: number) => `${open} open, ${done} done`,
    overdue: (items: string) => `Overdue: ${items}`,
    dueSoon: (items: string) => `Due within the hour: ${items}`,
    callouts: 'Not answered yet',
    lead: 'the crisis lead',
    nobody: 'nobody assigned',
    noReason: 'no reason given',
    others: (count: number) => `(+${count})`,
    detailsTitle: (number: number) => `Digest #${number}: everything that changed`,
    quiet: (number: number, next: string) =>
      `Nothing has changed since digest #${number}. To spare the room, digests now come half as often: the next one ${next}. \`/crisis digest\` gives one at any time; the usual rhythm comes back with the first news.`,
    quietText: 'Nothing new: digests come half as often',
    coming: (number: number) => `Digest #${number} is being posted in the room.`,
    rhythmSet: (minutes: string, next: string) => `Digests now come every ${minutes}; the next one ${next}.`,
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
      rhythm: (asked, minutes) =>
        asked === 0 || minutes === null
          ? 'Points de situation automatiques désactivés'
          : asked === null
            ? `Points de situation de nouveau au rythme du niveau : toutes les ${minutesName(minutes)} pour commencer`
            : `Points de situation désormais toutes les ${minutesName(minutes)}`,
    },
    title: (number, title) => `Point de situation n° ${number} : ${title}`,
    text: (number, title, level) => `Point de situation n° ${number} sur ${title}. Niveau : ${level}.`,
    next: (time) => `prochain point ${time}`,
    nextOff: 'points automatiques désactivés (`/crise point auto`)',
    levelMoved: (now, arrow, before) => `${now} ${arrow} auparavant ${before}`,
    needed: 'Attendu de vous',
    toPublish: (number, title) => `Le communiqué n° ${number} *${title}* est validé : publiez-le`,
    blocked: (number, title, who, why) => `La tâche n° ${number} *${title}* (${who}) est bloquée : ${why}`,
    changedSince: (number) => `Ce qui a changé depuis le point n° ${number}`,
    changedFirst: 'Depuis le déclenchement',
    nothingNew: (number) => `Rien de nouveau depuis le point n° ${number}.`,
    nothingYet: 'Rien à signaler pour l’instant.',
    andMore: (count) => `(et ${count} ${plural('fr', count, 'autre', 'autres')}, dans le fil)`,
    situation: 'Situation, telle que déclarée',
    confirmed: 'Situation, faits confirmés seulement',
    untold: 'Pas encore informés',
    outgoing: 'Prise de parole',
    published: (number, title, ago) => `dernier publié n° ${number} *${title}*, il y a ${ago}`,
    nothingPublished: 'rien de publié à ce stade',
    firstWords: (after) => `première prise de parole en ${after}`,
    waited: (since, limit) => `${since} sur ${limit}`,
    waiting: (number, title, on) => `N° ${number} *${title}* attend ${on}`,
    drafts: (count) => `${count} ${plural('fr', count, 'projet', 'projets')} en rédaction`,
    tasks: 'Tâches',
    taskItem: (number, title, who) => `n° ${number} ${title} (${who})`,
    taskCount: (open, done) =>
      `${open} ${plural('fr', open, 'ouverte', 'ouvertes')}, ${done} ${plural('fr', done, 'terminée', 'terminées')}`,
    overdue: (items) => `En retard : ${items}`,
    dueSoon: (items) => `À rendre dans l’heure : ${items}`,
    callouts: 'Pas encore de réponse',
    lead: 'le pilote de crise',
    nobody: 'personne de désigné',
    noReason: 'sans motif donné',
    others: (count) => `(+${count})`,
    detailsTitle: (number) => `Point n° ${number} : tout ce qui a changé`,
    quiet: (number, next) =>
      `Rien n’a changé depuis le point n° ${number}. Pour ne pas encombrer la cellule, les points s’espacent : le prochain ${next}. \`/crise point\` en donne un à tout moment ; le rythme habituel reprend à la première nouvelle.`,
    quietText: 'Rien de nouveau : les points de situation s’espacent',
    coming: (number) => `Le point de situation n° ${number} arrive dans la cellule.`,
    rhythmSet: (minutes, next) =>
      `Les points de situation viennent désormais toutes les ${minutes} ; le prochain ${next}.`,
    rhythmAuto: (next) => `Les points de situation suivent de nouveau le niveau ; le prochain ${next}.`,
    rhythmOff:
      'Les points automatiques sont désactivés. `/crise point` en donne un à tout moment, `/crise point auto` les relance.',
    usage:
      'Dites-moi l’un de ceux-ci : `/crise point maintenant`, `/crise point toutes les 30 min` (de 10 minutes à 24 heures), `/crise point off`, `/crise point auto`.',
    help: 'où l’on en est, maintenant ou à intervalle régulier',
    helpUsage: '[maintenant | toutes les 30 min | off | auto]',
  },
);
