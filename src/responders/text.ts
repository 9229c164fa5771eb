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
      there: (department: string, name: string) => `● ${department} ${name}`,
      awaited: (department: string, names: string, since: string) => `○ ${department} ${names}, waiting since ${since}`,
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
    card: {
      called: (department: string) => `📣 *${department} is called*`,
      deputies: (department: string) => `📣 *${department}: the deputies are called*`,
      lead: (department: string) => `🔴 *${department}: nobody has answered*`,
      answered: (department: string, name: string, took: string) =>
        `✅ *${department}*: ${name} is on it, after ${took}`,
      declared: (department: string, name: string) => `✅ *${department}*: ${name}, who declared the crisis, is on it`,
      replaced: (department: string) => `*${department}* was called again: answer on the newer message below.`,
      please: (people: string) => `${people}, this crisis needs you. Press *I’m on it* as soon as you are.`,
      pleaseDeputies: (people: string) => `${people}, this crisis needs you now. Press *I’m on it* as soon as you are.`,
      pleaseLead: (lead: string) =>
        `${lead}, take it yourself, or call somebody who can stand in: \`/crisis call @someone\`.`,
      first: (ask: string) => `*First of all:* ${ask}`,
      reason: (reason: string) => `*Why:* ${reason}`,
      unanswered: (names: string, at: string) => `No answer from ${names} (called at ${at}).`,
      declined: (names: string) => `${names} cannot.`,
      untilDeputies: (at: string, names: string) => `Answer before ${at}. Without an answer I then call ${names}.`,
      untilLead: (at: string, name: string) =>
        `Answer before ${at}. Without an answer I then tell ${name}, the crisis lead.`,
      calledBy: (name: string) => `Called by ${name}.`,
      also: (names: string) => `Also on it: ${names}.`,
      text: (department: string, names: string) => `${department} is called: ${names}. Press “I’m on it”.`,
      textLead: (department: string) => `Nobody has answered for ${department}`,
    },
    buttons: {
      answer: 'I’m on it',
      answerFor: (department: string) => `I’m on it for ${department}`,
      callDeputy: 'I cannot: call my deputy',
      tellLead: 'I cannot: tell the crisis lead',
      callSomeone: 'Call someone',
    },
    dm: {
      deputy: (department: string, title: string, level: string) =>
        `📣 You are called as deputy for *${department}* in the crisis *${title}* (${level}).`,
      deputyText: (department: string, title: string) => `You are called as deputy for ${department}: ${title}`,
      lead: (department: string, title: string) =>
        `🔴 Nobody has answered for *${department}* in the crisis *${title}*.`,
      leadText: (department: string, title: string) => `Nobody has answered for ${department}: ${title}`,
      leadHow:
        'Take it yourself, or call somebody who can stand in: they get a message at once and are added to the room.',
      noRoom: 'the war room (it is being opened, and you will be added to it)',
      roomOfLead: (room: string) => `War room: ${room}`,
      room: (room: string) => `War room: ${room}. Read the live brief at its top first.`,
      answeredByYou: (department: string, room: string) =>
        `✅ You are on it for *${department}*. Go to ${room} and read the live brief at its top.`,
      answered: (department: string, name: string, title: string, room: string) =>
        `✅ *${department}*, crisis *${title}*: ${name} is on it. Nothing is asked of you any more; ${room} stays open to you.`,
      replaced: (department: string) => `*${department}* was called again since: see the newer message.`,
      closed: (title: string) => `The crisis *${title}* is closed. Nothing is asked of you any more.`,
      person: (name: string, title: string, level: string) =>
        `📣 *${name}* asks you to come: crisis *${title}* (${level}).`,
      personText: (name: string, title: string) => `${name} asks you to come: ${title}`,
      come: 'Press *I’m on it* as soon as you are.',
      present: (title: string, room: string) =>
        `✅ You are on it: crisis *${title}*. Go to ${room} and read the live brief at its top.`,
    },
    callCard: {
      title: (name: string) => `📣 *${name}* calls`,
      text: (name: string, called: string) => `${name} calls ${called}`,
      present: (name: string, took: string) => `✅ ${name}, after ${took}`,
      waiting: (name: string) => `⏳ ${name}`,
      failed: (name: string, why: string) => `⚠️ ${name}: could not be added (${why})`,
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
    },
    reply: {
      answered: (department: string, room: string) =>
        `Thank you: you are on it for *${department}*, and it is written down. Now read the live brief at the top of ${room}.`,
      alreadyYours: (department: string) => `You have already said so for *${department}*: nothing more to do here.`,
      alsoPresent: (department: string, name: string, took: string) =>
        `${name} has already answered for *${department}*, after ${took}. You are recorded as being on it too.`,
      relayedDeputies: (department: string) =>
        `Noted that you cannot: the deputies of *${department}* have just been called.`,
      relayedLead: (department: string) =>
        `Noted that you cannot: the crisis lead has just been told that *${department}* needs somebody.`,
      called: (names: string) => `I have called ${names}: a message each, and an invitation to this room.`,
      calledDepartment: (department: string, names: string) => `*${department}* is called: ${names}.`,
      joined: (room: string) => `You are in the crisis cell. Now read the live brief at the top of ${room}.`,
      already: (room: string) => `You are in the crisis cell already: ${room}`,
      notCalled: (lines: string) => `Not called:\n${lines}`,
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
      forDepartment: (department: string) => `Whoever you call stands in for *${department}*.`,
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
      there: (department, name) => `● ${department} ${name}`,
      awaited: (department, names, since) => `○ ${department} ${names}, en attente depuis ${since}`,
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
        `${department} : ${declinedBy ? `<@${declinedBy}> n’est pas disponible` : `sans réponse après ${duration(ms, language)}`}, ${to === 'lead' ? 'relance du directeur de crise' : 'relance des suppléants'} (${people(ids, language)})`,
      peopleCalled: (by, ids, reason, language) => `<@${by}> alerte ${people(ids, language)}${because(reason, ' : ')}`,
    },
    card: {
      called: (department) => `📣 *${capital(service(department))} alerté*`,
      deputies: (department) => `📣 *${department} : suppléants alertés*`,
      lead: (department) => `🔴 *${department} : personne n’a répondu*`,
      answered: (department, name, took) => `✅ *${department}* : ${name} s’en charge, au bout de ${took}`,
      declared: (department, name) => `✅ *${department}* : ${name} s’en charge (a déclenché la crise)`,
      replaced: (department) =>
        `Le *${service(department)}* a été alerté de nouveau : répondez sur le message plus récent, ci-dessous.`,
      please: (people) => `${people}, cette crise a besoin de vous. Cliquez sur *Je m’en charge* dès que c’est le cas.`,
      pleaseDeputies: (people) =>
        `${people}, cette crise a besoin de vous maintenant. Cliquez sur *Je m’en charge* dès que c’est le cas.`,
      pleaseLead: (lead) =>
        `${lead}, chargez-vous-en, ou appelez quelqu’un en renfort : \`/crise appeler @quelqu’un\`.`,
      first: (ask) => `*En premier lieu :* ${ask}`,
      reason: (reason) => `*Motif :* ${reason}`,
      unanswered: (names, at) => `Sans réponse : ${names} (alerte de ${at}).`,
      declined: (names) => `Non disponible : ${names}.`,
      untilDeputies: (at, names) => `Réponse attendue avant ${at}. Passé ce délai, j’alerte ${names}.`,
      untilLead: (at, name) =>
        `Réponse attendue avant ${at}. Passé ce délai, je préviens ${name}, qui dirige la crise.`,
      calledBy: (name) => `Alerte lancée par ${name}.`,
      also: (names) => `S’en chargent aussi : ${names}.`,
      text: (department, names) => `${capital(service(department))} alerté : ${names}. Cliquez sur « Je m’en charge ».`,
      textLead: (department) => `Personne n’a répondu pour le ${service(department)}`,
    },
    buttons: {
      answer: 'Je m’en charge',
      answerFor: (department) => `Je m’en charge pour le ${service(department)}`,
      callDeputy: 'Je ne peux pas : alerter mon suppléant',
      tellLead: 'Je ne peux pas : prévenir le directeur',
      callSomeone: 'Appeler quelqu’un',
    },
    dm: {
      deputy: (department, title, level) =>
        `📣 Vous êtes alerté comme suppléant du *${service(department)}* : crise *${title}* (${level}).`,
      deputyText: (department, title) => `Vous êtes alerté comme suppléant du ${service(department)} : ${title}`,
      lead: (department, title) => `🔴 Personne n’a répondu pour le *${service(department)}* : crise *${title}*.`,
      leadText: (department, title) => `Personne n’a répondu pour le ${service(department)} : ${title}`,
      leadHow:
        'Chargez-vous-en, ou appelez quelqu’un en renfort : cette personne reçoit aussitôt un message et entre dans la cellule.',
      noRoom: 'la cellule (elle s’ouvre, vous y serez ajouté)',
      roomOfLead: (room) => `Cellule de crise : ${room}`,
      room: (room) => `Cellule de crise : ${room}. Lisez d’abord le tableau de bord, tout en haut.`,
      answeredByYou: (department, room) =>
        `✅ Vous vous en chargez pour le *${service(department)}*. Rejoignez ${room} et lisez le tableau de bord, tout en haut.`,
      answered: (department, name, title, room) =>
        `✅ *${department}*, crise *${title}* : ${name} s’en charge. Plus rien ne vous est demandé ; ${room} vous reste ouverte.`,
      replaced: (department) =>
        `Le *${service(department)}* a été alerté de nouveau depuis : voyez le message plus récent.`,
      closed: (title) => `La crise *${title}* est close. Plus rien ne vous est demandé.`,
      person: (name, title, level) => `📣 *${name}* vous demande de venir : crise *${title}* (${level}).`,
      personText: (name, title) => `${name} vous demande de venir : ${title}`,
      come: 'Cliquez sur *Je m’en charge* dès que c’est le cas.',
      present: (title, room) =>
        `✅ Vous vous en chargez : crise *${title}*. Rejoignez ${room} et lisez le tableau de bord, tout en haut.`,
    },
    callCard: {
      title: (name) => `📣 *${name}* appelle`,
      text: (name, called) => `${name} appelle ${called}`,
      present: (name, took) => `✅ ${name}, au bout de ${took}`,
      waiting: (name) => `⏳ ${name}`,
      failed: (name, why) => `⚠️ ${name} : n’a pas pu être ajouté (${why})`,
    },
    line: {
      answered: (department, name, took) => `✅ ${department} : ${name}, au bout de ${took}`,
      declared: (department, name) => `✅ ${department} : ${name}`,
      waiting: (department, names, since, note) => `⏳ ${department} : on attend ${names} depuis ${since}${note}`,
      others: (count) => `${count} autres`,
      deputies: ' (suppléants alertés)',
      lead: ' (suppléants et directeur de crise prévenus)',
      leadOnly: ' (directeur de crise prévenu)',
    },
    reply: {
      answered: (department, room) =>
        `Merci : vous vous en chargez pour le *${service(department)}*, c’est consigné. Lisez maintenant le tableau de bord, tout en haut de ${room}.`,
      alreadyYours: (department) =>
        `Vous l’avez déjà indiqué pour le *${service(department)}* : rien de plus à faire ici.`,
      alsoPresent: (department, name, took) =>
        `${name} a déjà répondu pour le *${service(department)}*, au bout de ${took}. Il est consigné que vous vous en chargez aussi.`,
      relayedDeputies: (department) =>
        `C’est noté, vous ne pouvez pas : les suppléants du *${service(department)}* viennent d’être alertés.`,
      relayedLead: (department) =>
        `C’est noté, vous ne pouvez pas : le directeur de crise vient d’être prévenu qu’il faut quelqu’un pour le *${service(department)}*.`,
      called: (names) => `J’ai alerté ${names} : un message à chacun, et une invitation à rejoindre la cellule.`,
      calledDepartment: (department, names) => `*${capital(service(department))}* alerté : ${names}.`,
      joined: (room) =>
        `Vous faites partie de la cellule de crise. Lisez maintenant le tableau de bord, tout en haut de ${room}.`,
      already: (room) => `Vous faites déjà partie de la cellule de crise : ${room}`,
      notCalled: (lines) => `Non alertés :\n${lines}`,
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
    },
    who: {
      title: (name) => `Cellule de la crise ${name}`,
      lead: (name) => `*Directeur de crise :* ${name}`,
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
      excluded: 'ne peut pas prendre part à cette crise ; son directeur en connaît la raison',
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
