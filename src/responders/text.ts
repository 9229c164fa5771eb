import { bilingual, type Language, list } from '../core/locale.ts';
import { duration } from '../core/time.ts';
import type { Hindrance, Stage } from './callout.ts';

const people = (ids: readonly string[], language: Language): string =>
  list(
    language,
    ids.map((id) => `<@${id}>`),
  );
const because = (reason: string, colon: string): string => (reason ? `${colon}${reason}` : '');

/** `service Juridique`, but `service client`; management is no service of the company. */
export const service = (department: string): string =>
  /^direction$/i.test(department)
    ? 'comité de direction'
    : /^service\b/i.test(department)
      ? department.charAt(0).toLowerCase() + department.slice(1)
      : `service ${department}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a department is asked first (discipline F0). */
const asks = {
  en: {
    communication:
      'gather the confirmed facts, keep evidence of what is being said, and draft a holding statement. Nothing goes out before it is approved.',
    legal: 'say what must not be said or deleted and which deadlines run, and be ready to read the first statement.',
    marketing: 'pause scheduled posts, ads and newsletters that touch the subject.',
    management: 'be reachable for decisions, and say who speaks for the company.',
    hr: 'tell employees what to answer, and look after those concerned.',
    support: 'report what customers ask, and give one answer to everybody who replies to them.',
  },
  fr: {
    communication:
      'réunir les faits confirmés, conserver la preuve de ce qui se dit, préparer un communiqué d’attente. Rien ne sort avant validation.',
    legal:
      'dire ce qu’il ne faut ni affirmer ni supprimer et quels délais courent, et se tenir prêt à relire le premier communiqué.',
    marketing: 'suspendre les publications, publicités et newsletters programmées qui touchent au sujet.',
    management: 'rester joignable pour les décisions, et désigner qui parle au nom de l’entreprise.',
    hr: 'dire aux salariés quoi répondre, et accompagner les personnes concernées.',
    support: 'remonter les questions des clients, et donner une réponse unique à tous ceux qui leur répondent.',
  },
} satisfies Record<Language, Record<string, string>>;
const otherAsk = {
  en: 'read the live brief at the top of this room, then say what your department sees.',
  fr: 'lire le tableau de bord en haut de la cellule, puis dire ce que votre service constate.',
} satisfies Record<Language, string>;

export const askOf = (department: string, language: Language): string =>
  (asks[language] as Record<string, string>)[department] ?? otherAsk[language];

export const words = bilingual(
  {
    feature: 'The crisis cell',
    cell: {
      label: 'Cell',
      there: (departments: string) => `● on it: ${departments}`,
      awaited: (departments: string) => `○ waiting for ${departments}`,
      deputyAt: (department: string, at: string) => `${department} (deputy at ${at})`,
    },
    entry: {
      called: (
        department: string,
        ids: string[],
        again: boolean,
        areDeputies: boolean,
        reason: string,
        language: Language,
      ) =>
        `${department} ${again ? 'called again' : 'called'}${areDeputies ? ' (deputies)' : ''}, waiting for ${people(ids, language)}${because(reason, ': ')}`,
      answeredByDeclaring: (department: string, id: string) =>
        `${department}: <@${id}> is on it, having declared the crisis`,
      answered: (department: string, id: string, ms: number, language: Language) =>
        `${department}: <@${id}> is on it, ${duration(ms, language)} after the call`,
      also: (department: string, id: string) => `${department}: <@${id}> is on it as well`,
      joined: (id: string) => `<@${id}> joins the crisis cell: “I’m on it”`,
      escalated: (
        department: string,
        to: Stage,
        ids: string[],
        declinedBy: string | null,
        ms: number,
        language: Language,
      ) =>
        `${department}: ${declinedBy ? `<@${declinedBy}> cannot` : `no answer within ${duration(ms, language)}`}, ${to === 'lead' ? 'the crisis lead is told' : 'the deputies are called'} (${people(ids, language)})`,
      peopleCalled: (by: string, ids: string[], reason: string, language: Language) =>
        `<@${by}> calls ${people(ids, language)}${because(reason, ': ')}`,
    },
    call: {
      title: '📣 *Called.* Press *I’m on it* as soon as you take it.',
      text: (names: string) => `Called: ${names}. Press “I’m on it”.`,
      people: (department: string, names: string) => `○ *${department}* ${names}`,
      deputies: (department: string, names: string, why: string) =>
        `○ *${department}* ${names} (deputy${why ? `; ${why}` : ''})`,
      lead: (department: string, why: string) => `○ *${department}* ${why}; lead told`,
      byName: (name: string, by: string) => `○ ${name}, called by ${by}`,
      notAdded: (name: string, why: string) => `○ ${name} could not be added (${why})`,
      answered: (department: string, names: string, took: string) => `● *${department}* ${names}, after ${took}`,
      declared: (department: string, names: string) => `● *${department}* ${names}`,
      came: (name: string) => `● ${name}`,
      more: (count: number) => `${count} more: \`/crisis who\``,
      untilDeputies: (at: string, deputies: string) => `No answer by ${at}: I call ${deputies}.`,
      untilLead: (at: string, lead: string) => `No answer by ${at}: I tell ${lead}, the crisis lead.`,
      untilBoth: (at: string, deputies: string, lead: string) =>
        `No answer by ${at}: I call ${deputies}; where there is no deputy, I tell ${lead}, the crisis lead.`,
      over: (names: string) => `● Everybody who was called has answered: ${names}`,
      closed: 'The crisis is closed: nobody is called any more.',
    },
    mention: {
      people: (people: string, department: string) => `${people}: you are called for *${department}*`,
      deputies: (people: string, department: string) => `${people}: you are called as deputy for *${department}*`,
      lead: (lead: string, department: string, why: string) =>
        `${lead}: nobody is on it for *${department}* (${why}). Take it yourself, or call somebody: \`/crisis call @someone\``,
      byName: (people: string, by: string) => `${people}: *${by}* calls you`,
      press: 'Press *I’m on it* above as soon as you take it.',
    },
    wait: {
      called: (department: string) => `You are called for *${department}*`,
      deputy: (department: string, why: string) =>
        `You are called as deputy for *${department}*${why ? ` (${why})` : ''}`,
      until: (at: string) => `, answer by ${at}`,
      lead: (department: string, why: string) =>
        `Nobody is on it for *${department}* (${why}): call somebody who can stand in`,
      byName: (by: string) => `*${by}* calls you to this crisis`,
    },
    moved: {
      room: 'Who is called is now in one message, further down.',
      person: 'What is asked of you is now in one message: *What waits on you*.',
    },
    buttons: {
      answer: 'I’m on it',
      answerFor: (department: string) => `I’m on it for ${department}`,
      cannot: 'I cannot: call my deputy',
      tellLead: 'I cannot: tell the crisis lead',
      callSomeone: 'Call someone',
    },
    line: {
      answered: (department: string, name: string, took: string) => `✅ ${department}: ${name}, after ${took}`,
      declared: (department: string, name: string) => `✅ ${department}: ${name}`,
      waiting: (department: string, names: string, since: string, note: string) =>
        `⏳ ${department}: waiting for ${names} since ${since}${note}`,
      others: (count: number) => `${count} others`,
      deputies: ' (deputies called)',
      lead: ' (deputies and crisis lead told)',
      leadOnly: ' (crisis lead told)',
      silent: (names: string) => `no answer from ${names}`,
      cannot: (names: string) => `${names} cannot`,
    },
    reply: {
      answered: (department: string, room: string) =>
        `You are on it for *${department}*. The brief is at the top of ${room}.`,
      first: (ask: string) => `First of all: ${ask}`,
      alreadyYours: (department: string) => `You have already said so for *${department}*: nothing more to do here.`,
      alsoPresent: (department: string, name: string, took: string) =>
        `${name} has already answered for *${department}*, after ${took}. You are recorded as being on it too.`,
      relayedDeputies: (department: string) =>
        `Noted that you cannot: the deputies of *${department}* have just been called.`,
      relayedLead: (department: string) =>
        `Noted that you cannot: the crisis lead has just been told that *${department}* needs somebody.`,
      called: (names: string) => `I have called ${names}.`,
      calledDepartment: (department: string, names: string) => `*${department}* is called: ${names}.`,
      joined: (room: string) => `You are in the crisis cell. The brief is at the top of ${room}.`,
      already: (room: string) => `You are in the crisis cell already: ${room}`,
      notCalled: (lines: string) => `Not called:\n${lines}`,
      unread: (names: string) => `I know nobody called ${names} here, or several: choose them with @.`,
      notCalledLine: (name: string, why: string) => `• *${name}*: ${why}`,
    },
    form: {
      title: 'Call someone',
      submit: 'Call',
      cancel: 'Cancel',
      close: 'Close',
      people: 'Whom to call',
      reason: 'Why them, in one sentence',
      hint: 'They read it in the message that calls them.',
      forDepartment: (department: string) => `The person you call stands in for *${department}*.`,
      cannot: 'I cannot',
      confirm: 'Confirm',
      departments: 'For which departments?',
    },
    who: {
      title: (name: string) => `Crisis cell of crisis ${name}`,
      lead: (name: string) => `*Crisis lead:* ${name}`,
      others: 'Others in the cell',
      present: (since: string) => `on it since ${since}`,
      silent: (time: string) => `silent for ${time}`,
      declined: 'cannot',
      deputyWaiting: 'not called so far',
      notAdded: (why: string) => `could not be added: ${why}`,
      left: (at: string) => `left the room at ${at}`,
      tooMany: (lines: number) => `${lines} more lines do not fit into one message.`,
      inRoom: 'in the room',
      invited: 'invited',
      deputy: 'deputy',
      line: (name: string, state: string) => `• ${name}: ${state}`,
      summary: (answered: number, called: number) => `${answered} of ${called} departments have answered.`,
      nobody: 'No department has been called yet.',
    },
    why: {
      guest: 'guest account, and guests are never called to a war room',
      external: 'belongs to another organisation, and nobody from outside is called to a war room',
      deactivated: 'deactivated account',
      bot: 'not a person',
      yourself: 'that is you, and you are here',
      excluded: 'cannot take part in this crisis; its lead knows why',
      unknown: 'Slack does not know this account',
    } satisfies Record<Hindrance, string>,
    slackSays: (error: string) => `Slack says ${error}`,
    help: {
      call: 'call people or a department, with the reason',
      callUsage: '<@someone … | department> [reason]',
      who: 'who is in the cell, who has answered, who is silent',
      join: 'say “I’m on it” and join the crisis cell',
      joinUsage: '[number or code name]',
    },
  },
  {
    feature: 'La cellule',
    cell: {
      label: 'Cellule',
      there: (departments) => `● présents : ${departments}`,
      awaited: (departments) => `○ attendus : ${departments}`,
      deputyAt: (department, at) => `${department} (suppléance à ${at})`,
    },
    entry: {
      called: (department, ids, again, areDeputies, reason, language) =>
        `${capital(service(department))} ${again ? 'alerté de nouveau' : 'alerté'}${areDeputies ? ' (suppléants)' : ''}, réponse attendue : ${people(ids, language)}${because(reason, ' : ')}`,
      answeredByDeclaring: (department, id) => `${department} : <@${id}> s’en charge, ayant déclenché la crise`,
      answered: (department, id, ms, language) =>
        `${department} : <@${id}> s’en charge, ${duration(ms, language)} après l’alerte`,
      also: (department, id) => `${department} : <@${id}> s’en charge également`,
      joined: (id) => `<@${id}> rejoint la cellule de crise : « Je m’en charge »`,
      escalated: (department, to, ids, declinedBy, ms, language) =>
        `${department} : ${declinedBy ? `<@${declinedBy}> n’est pas disponible` : `sans réponse après ${duration(ms, language)}`}, ${to === 'lead' ? 'pilote de crise au courant' : 'relance des suppléants'} (${people(ids, language)})`,
      peopleCalled: (by, ids, reason, language) => `<@${by}> alerte ${people(ids, language)}${because(reason, ' : ')}`,
    },
    call: {
      title: '📣 *Alerte.* Cliquez dès que vous prenez le relais.',
      text: (names) => `Alerte : ${names}. Cliquez dès que vous prenez le relais.`,
      people: (department, names) => `○ *${department}* ${names}`,
      deputies: (department, names, why) => `○ *${department}* ${names} (suppléance${why ? ` ; ${why}` : ''})`,
      lead: (department, why) => `○ *${department}* ${why} ; pilote au courant`,
      byName: (name, by) => `○ ${name}, à l’appel de ${by}`,
      notAdded: (name, why) => `○ ${name} : ajout impossible (${why})`,
      answered: (department, names, took) => `● *${department}* ${names}, en ${took}`,
      declared: (department, names) => `● *${department}* ${names}`,
      came: (name) => `● ${name}`,
      more: (count) => `${count} de plus : \`/crise qui\``,
      untilDeputies: (at, deputies) => `Sans réponse à ${at} : j’alerte ${deputies}.`,
      untilLead: (at, lead) => `Sans réponse à ${at} : je préviens ${lead}, pilote de crise.`,
      untilBoth: (at, deputies, lead) =>
        `Sans réponse à ${at} : j’alerte ${deputies} ; à défaut de suppléant, je préviens ${lead}, pilote de crise.`,
      over: (names) => `● Tout le monde a répondu à l’alerte : ${names}`,
      closed: 'La crise est close : plus personne n’est alerté.',
    },
    mention: {
      people: (people, department) => `${people} : alerte pour le *${service(department)}*`,
      deputies: (people, department) => `${people} : alerte pour le *${service(department)}*, en suppléance`,
      lead: (lead, department, why) =>
        `${lead} : personne ne prend le relais pour le *${service(department)}* (${why}). Prenez-le, ou appelez quelqu’un : \`/crise appeler @quelqu’un\``,
      byName: (people, by) => `${people} : *${by}* vous appelle`,
      press: 'Cliquez sur *Je m’en charge*, ci-dessus, dès que vous prenez le relais.',
    },
    wait: {
      called: (department) => `*Alerte : ${service(department)}*`,
      deputy: (department, why) => `*Alerte : ${service(department)}*, en suppléance${why ? ` (${why})` : ''}`,
      until: (at) => `, réponse attendue avant ${at}`,
      lead: (department, why) =>
        `Personne ne prend le relais pour le *${service(department)}* (${why}) : appelez quelqu’un en renfort`,
      byName: (by) => `*Alerte* : *${by}* vous appelle dans cette crise`,
    },
    moved: {
      room: 'Qui est alerté tient désormais en un seul message, plus bas.',
      person: 'Ce qui vous est demandé tient désormais en un seul message : *Ce qui vous attend*.',
    },
    buttons: {
      answer: 'Je m’en charge',
      answerFor: (department) => `Je m’en charge pour le ${service(department)}`,
      cannot: 'Je ne peux pas : alerter mon suppléant',
      tellLead: 'Je ne peux pas : prévenir le pilote',
      callSomeone: 'Appeler quelqu’un',
    },
    line: {
      answered: (department, name, took) => `✅ ${department} : ${name}, en ${took}`,
      declared: (department, name) => `✅ ${department} : ${name}`,
      waiting: (department, names, since, note) => `⏳ ${department} : on attend ${names} depuis ${since}${note}`,
      others: (count) => `${count} autres`,
      deputies: ' (suppléants alertés)',
      lead: ' (suppléants alertés, pilote de crise au courant)',
      leadOnly: ' (pilote de crise au courant)',
      silent: (names) => `sans réponse : ${names}`,
      cannot: (names) => `indisponible : ${names}`,
    },
    reply: {
      answered: (department, room) =>
        `C’est noté, vous prenez le relais pour le *${service(department)}*. Le tableau de bord est en haut de ${room}.`,
      first: (ask) => `En premier lieu : ${ask}`,
      alreadyYours: (department) =>
        `Vous l’avez déjà indiqué pour le *${service(department)}* : rien de plus à faire ici.`,
      alsoPresent: (department, name, took) =>
        `${name} a déjà répondu pour le *${service(department)}*, en ${took}. Il est consigné que vous vous en chargez aussi.`,
      relayedDeputies: (department) =>
        `C’est noté, vous ne pouvez pas : les suppléants du *${service(department)}* viennent d’être alertés.`,
      relayedLead: (department) =>
        `C’est noté, vous ne pouvez pas : votre pilote de crise sait qu’il faut quelqu’un pour le *${service(department)}*.`,
      called: (names) => `J’ai alerté ${names}.`,
      calledDepartment: (department, names) => `*${capital(service(department))}* alerté : ${names}.`,
      joined: (room) => `Vous faites partie de la cellule de crise. Le tableau de bord est en haut de ${room}.`,
      already: (room) => `Vous faites déjà partie de la cellule de crise : ${room}`,
      notCalled: (lines) => `Non alertés :\n${lines}`,
      unread: (names) => `Ici, personne ne s’appelle ${names}, ou plusieurs personnes : choisissez avec @.`,
      notCalledLine: (name, why) => `• *${name}* : ${why}`,
    },
    form: {
      title: 'Appeler quelqu’un',
      submit: 'Appeler',
      cancel: 'Annuler',
      close: 'Fermer',
      people: 'Qui appeler',
      reason: 'Pourquoi, en une phrase',
      hint: 'Ce motif figure dans le message d’alerte.',
      forDepartment: (department) => `La personne appelée répondra pour le *${service(department)}*.`,
      cannot: 'Je ne peux pas',
      confirm: 'Confirmer',
      departments: 'Pour quels services ?',
    },
    who: {
      title: (name) => `Cellule de la crise ${name}`,
      lead: (name) => `*Pilote de crise :* ${name}`,
      others: 'Autres membres de la cellule',
      present: (since) => `s’en charge depuis ${since}`,
      silent: (time) => `sans réponse depuis ${time}`,
      declined: 'non disponible',
      deputyWaiting: 'pas encore alerté',
      notAdded: (why) => `n’a pas pu être ajouté : ${why}`,
      left: (at) => `a quitté la cellule à ${at}`,
      tooMany: (lines) => `${lines} lignes de plus ne tiennent pas dans un seul message.`,
      inRoom: 'dans la cellule',
      invited: 'invité',
      deputy: 'suppléant',
      line: (name, state) => `• ${name} : ${state}`,
      summary: (answered, called) =>
        answered > 1
          ? `${answered} services sur ${called} ont répondu.`
          : `${answered} service sur ${called} a répondu.`,
      nobody: 'Aucun service n’a encore été alerté.',
    },
    why: {
      guest: 'compte invité ; un invité n’est jamais appelé dans une cellule de crise',
      external: 'appartient à une autre organisation ; personne de l’extérieur n’est appelé dans une cellule de crise',
      deactivated: 'compte désactivé',
      bot: 'ce n’est pas une personne',
      yourself: 'c’est vous, et vous êtes déjà là',
      excluded: 'ne peut pas prendre part à cette crise ; son pilote en connaît le motif',
      unknown: 'Slack ne connaît pas ce compte',
    },
    slackSays: (error) => `Slack répond ${error}`,
    help: {
      call: 'appeler des personnes ou un service, avec le motif',
      callUsage: '<@quelqu’un … | service> [motif]',
      who: 'qui est dans la cellule, qui a répondu, qui ne répond pas',
      join: 'dire « Je m’en charge » et rejoindre la cellule de crise',
      joinUsage: '[numéro ou nom de code]',
    },
  },
);
