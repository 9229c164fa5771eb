import type { Level } from '../core/levels.ts';
import { bilingual, type Language, list, plural } from '../core/locale.ts';

const levelNames = {
  en: { routine: 'Routine', watch: 'Watch', incident: 'Incident', crisis: 'Crisis', major: 'Major crisis' },
  fr: { routine: 'Routine', watch: 'Veille', incident: 'Incident', crisis: 'Crise', major: 'Crise majeure' },
} satisfies Record<Language, Record<Level, string>>;
const levelHints = {
  en: {
    routine: 'Ordinary care: no reputation at stake',
    watch: 'Something to keep an eye on',
    incident: 'Contained, but needs an answer',
    crisis: 'People, trust or the press are involved',
    major: 'The company itself is at stake',
  },
  fr: {
    routine: 'Traitement ordinaire, sans enjeu de réputation',
    watch: 'À surveiller de près',
    incident: 'Circonscrit, mais appelle une réponse',
    crisis: 'Des personnes, la confiance ou la presse sont touchées',
    major: 'L’entreprise elle-même est en jeu',
  },
} satisfies Record<Language, Record<Level, string>>;
const levelMarks: Record<Level, string> = { routine: '⚪', watch: '🔵', incident: '🟡', crisis: '🟠', major: '🔴' };

export const levelName = (level: Level, language: Language): string => levelNames[language][level];
export const levelHint = (level: Level, language: Language): string => levelHints[language][level];
/** With its colour, for headers; the word always stands beside it, for those who do not see the colour. */
export const levelLabel = (level: Level, language: Language): string =>
  `${levelMarks[level]} ${levelName(level, language)}`;

type Named = { number: number | null; title: string; codeName: string | null };

/** What a crisis is called wherever somebody outside of it could read along. */
export const nameOf = ({ codeName, title }: Pick<Named, 'codeName' | 'title'>): string => codeName ?? title;

/** `#2`, `n° 2`, or its code name: as people type it. */
export const signOf = ({ codeName, number }: Omit<Named, 'title'>, language: Language): string =>
  codeName ?? `${language === 'fr' ? 'n° ' : '#'}${number}`;

/** `#2 Soup recall`, for lists. */
export const signedName = (crisis: Named, language: Language): string =>
  crisis.codeName ?? `${signOf(crisis, language)} ${crisis.title}`;

/** `#2: Soup recall`, for headings. */
export const headline = (crisis: Named, language: Language): string =>
  crisis.codeName ?? `${signOf(crisis, language)}${language === 'fr' ? ' :' : ':'} ${crisis.title}`;

export const words = bilingual(
  {
    feature: 'The crisis',
    moved: 'This list is now in the thread of the pinned brief.',
    folded: 'Over, or now in “What waits on you”: `/crisis mine` opens it.',
    entry: {
      declared: (title: string, level: string, summary: string) =>
        `Crisis declared: ${title} (level: ${level})${summary ? `\n${summary}` : ''}`,
      roomOpened: (name: string, isPrivate: boolean) =>
        `${isPrivate ? 'Private war room' : 'War room, open to the workspace,'} opened: #${name}`,
      levelChanged: (from: string, to: string, reason: string) =>
        `Level changed from ${from} to ${to}${reason ? `: ${reason}` : ''}`,
      teamCalled: (userIds: readonly string[], language: Language) =>
        `Called by name: ${list(
          language,
          userIds.map((id) => `<@${id}>`),
        )}`,
      teamChanged: (leftOut: number) =>
        leftOut === 0
          ? 'Nobody is left out of this crisis any more'
          : `Closed team: the lead has changed who is left out of this crisis (${leftOut} now)`,
      leadChanged: (from: string, to: string, note: string) =>
        `Crisis lead handed over from <@${from}> to <@${to}>${note ? `: ${note}` : ''}`,
    },
    declare: {
      title: 'Declare a crisis',
      submit: 'Declare',
      cancel: 'Cancel',
      close: 'Close',
      intro:
        'A war room opens in seconds, the crisis cell is called and the clock starts. You can change everything later.',
      titleLabel: 'What is it about?',
      titlePlaceholder: 'Recall of the spring soup',
      whatLabel: 'What happened?',
      whatHint: 'Facts as you know them now, and where they come from. Write “not known yet” rather than a guess.',
      levelLabel: 'Level',
      playbookLabel: 'Kind of crisis',
      privacyLabel: 'Who can find the room',
      privacyPrivate: 'Private: only the people called and those they add',
      privacyPublic: 'Open: anybody in the workspace can find and join it',
      privacyClosed: 'Closed team: few people, chosen by name; somebody may be left out',
      closedNote:
        '*Closed team.* I call one person each of communication, legal and marketing, and those you name. A department of somebody left out is not called, except legal: there, a colleague of theirs is. Outside the team this crisis goes by a code name.',
      targetedLabel: 'Who is targeted?',
      targetedHint:
        'The victim: told first, by one person. I do not call them. Nothing is done without their agreement.',
      concernedLabel: 'Who is accused, or must not know?',
      concernedHint:
        'They are never called, asked or told, and I answer them as if this crisis did not exist. Only the lead sees this list.',
      lawyerLabel: 'Who is the lawyer?',
      lawyerHint: 'A closed team has one, and I can call nobody of legal here. Name a colleague who stands for legal.',
      teamLabel: 'Who else is in the team?',
      teamHint: 'They are called by name. Leave it empty if you do not know yet: /crisis call @someone does it later.',
      similarTitle: 'Already declared?',
      similar: (title: string, by: string, ago: string) =>
        `*${title}* was declared by ${by} ${ago} ago. If it is the same crisis, ask to be added to its room rather than opening a second one.`,
      similarConfidential: (by: string, ago: string) =>
        `${by} declared a confidential crisis that resembles this ${ago} ago. Talk to them before opening a second room, or ask to be added to theirs.`,
      declareAnyway: 'Declare separately',
      askToJoin: 'Ask to be added',
      asked: 'I have asked the crisis lead to add you. You will get a message when you are in.',
      opening: (title: string) =>
        `The war room for *${title}* is opening. The people of the crisis cell are being invited. You may close this window: the link comes to you in a message too.`,
      openingTitle: 'War room',
    },
    team: {
      title: 'Closed team',
      save: 'Save',
      notClosed: 'Nobody is left out of this crisis. Whom you name here cannot find it through me any more.',
      saved: 'Saved. I answer them from now on as if this crisis did not exist.',
      inRoom: (names: string) =>
        `⚠️ In the room still: ${names}. Slack does not let me remove people: do it in the room’s members, now.`,
      only: 'Only the crisis lead sees and changes who is left out of a crisis.',
    },
    list: {
      none: 'No crisis is open that you are part of.',
      title: 'Open crises',
      line: (name: string, level: string, room: string, age: string) =>
        `*${name}* · ${level} · ${room} · open for ${age}`,
      opening: 'the room is opening',
      more: (count: number, page: number) => `${count} more: \`/crisis list ${page}\``,
      declare: 'Declare a crisis',
    },
    level: {
      usage:
        'Tell me the level and why: `/crisis level major the regulator has called`. Levels: routine, watch, incident, crisis, major.',
      changed: (level: string) => `The level is now *${level}*.`,
    },
    lead: {
      usage: 'Name the person who takes the lead: `/crisis lead @someone`. Alone, `/crisis lead` makes it you.',
      changed: (name: string) => `*${name}* now leads this crisis.`,
    },
    help: {
      declare: 'open a war room and call the crisis cell',
      list: 'the open crises you are part of',
      level: 'change the level, with the reason',
      lead: 'take or hand over the lead',
      declareUsage: '[title]',
      levelUsage: '<routine | watch | incident | crisis | major> <reason>',
      leadUsage: '[@someone]',
      team: 'who is left out of this crisis (for its lead)',
    },
  },
  {
    feature: 'La crise',
    moved: 'Cette liste se trouve désormais dans le fil du tableau de bord épinglé.',
    folded: 'Terminé, ou désormais dans « Ce qui vous attend » : `/crise moi` l’ouvre.',
    entry: {
      declared: (title, level, summary) =>
        `Crise déclenchée : ${title} (niveau : ${level})${summary ? `\n${summary}` : ''}`,
      roomOpened: (name, isPrivate) =>
        `${isPrivate ? 'Cellule de crise privée' : 'Cellule de crise, accessible à tout l’espace,'} ouverte : #${name}`,
      levelChanged: (from, to, reason) => `Niveau passé de « ${from} » à « ${to} »${reason ? ` : ${reason}` : ''}`,
      teamCalled: (userIds, language) =>
        `Appelés nommément : ${list(
          language,
          userIds.map((id) => `<@${id}>`),
        )}`,
      teamChanged: (leftOut) =>
        leftOut === 0
          ? 'Plus personne n’est tenu à l’écart de cette crise'
          : `Équipe fermée : le pilote de crise a modifié la liste des personnes tenues à l’écart (${leftOut} désormais)`,
      leadChanged: (from, to, note) =>
        `Direction de crise transmise de <@${from}> à <@${to}>${note ? ` : ${note}` : ''}`,
    },
    declare: {
      title: 'Déclencher une crise',
      submit: 'Déclencher',
      cancel: 'Annuler',
      close: 'Fermer',
      intro:
        'Une cellule de crise s’ouvre en quelques secondes, ses membres sont alertés et le chronomètre démarre. Tout reste modifiable ensuite.',
      titleLabel: 'De quoi s’agit-il ?',
      titlePlaceholder: 'Rappel de la soupe de printemps',
      whatLabel: 'Que s’est-il passé ?',
      whatHint:
        'Les faits tels que vous les connaissez, et leur source. Écrivez « pas encore établi » plutôt qu’une supposition.',
      levelLabel: 'Niveau',
      playbookLabel: 'Type de crise',
      privacyLabel: 'Qui peut trouver la cellule',
      privacyPrivate: 'Privée : seulement les personnes alertées et celles qu’elles ajoutent',
      privacyPublic: 'Ouverte : chacun dans l’espace peut la trouver et la rejoindre',
      privacyClosed: 'Équipe fermée : quelques personnes nommées ; d’autres peuvent être écartées du dossier',
      closedNote:
        '*Équipe fermée.* J’alerte une personne de la communication, du juridique et du marketing, et celles que vous nommez. Le service d’une personne écartée du dossier n’est pas alerté, sauf le juridique : un autre de ses membres l’est. Hors de l’équipe, la crise porte un nom de code.',
      targetedLabel: 'Qui est visé ?',
      targetedHint:
        'La victime : informée la première, par une seule personne. Je ne l’alerte pas. Rien ne se fait sans son accord.',
      concernedLabel: 'Qui est mis en cause, ou à écarter du dossier ?',
      concernedHint:
        'Ces personnes ne sont ni alertées, ni sollicitées, ni informées : je leur réponds comme si la crise n’existait pas. Seul le pilote de crise voit cette liste.',
      lawyerLabel: 'Qui est le juriste ?',
      lawyerHint:
        'Une équipe fermée en a un, et je ne peux alerter personne du juridique ici. Nommez un collègue qui en tient lieu.',
      teamLabel: 'Qui d’autre fait partie de l’équipe ?',
      teamHint:
        'Ces personnes sont alertées nommément. Laissez vide si vous ne savez pas : /crise appeler @quelqu’un le fera.',
      similarTitle: 'Déjà déclenchée ?',
      similar: (title, by, ago) =>
        `*${title}* a été déclenchée par ${by} il y a ${ago}. S’il s’agit de la même crise, demandez à rejoindre sa cellule plutôt que d’en ouvrir une seconde.`,
      similarConfidential: (by, ago) =>
        `${by} a déclenché il y a ${ago} une crise confidentielle qui ressemble à celle-ci. Parlez-lui avant d’ouvrir une seconde cellule, ou demandez à rejoindre la sienne.`,
      declareAnyway: 'Déclencher à part',
      askToJoin: 'Demander à rejoindre',
      asked: 'J’ai demandé au pilote de crise de vous ajouter. Vous recevrez un message dès que ce sera fait.',
      opening: (title) =>
        `La cellule de crise « *${title}* » s’ouvre. Ses membres sont invités. Vous pouvez fermer cette fenêtre : le lien vous arrive aussi par message.`,
      openingTitle: 'Cellule de crise',
    },
    team: {
      title: 'Équipe fermée',
      save: 'Enregistrer',
      notClosed:
        'Personne n’est tenu à l’écart de cette crise. Qui vous nommez ici ne pourra plus la trouver par mon intermédiaire.',
      saved: 'Enregistré. Je leur réponds désormais comme si cette crise n’existait pas.',
      inRoom: (names) =>
        `⚠️ Encore dans la cellule : ${names}. Slack ne me laisse retirer personne : faites-le maintenant, dans les membres du canal.`,
      only: 'Seul le pilote de crise voit et modifie qui est tenu à l’écart d’une crise.',
    },
    list: {
      none: 'Aucune crise ouverte ne vous concerne.',
      title: 'Crises ouvertes',
      line: (name, level, room, age) => `*${name}* · ${level} · ${room} · ouverte depuis ${age}`,
      opening: 'la cellule s’ouvre',
      more: (count, page) => `${count} ${plural('fr', count, 'autre', 'autres')} : \`/crise liste ${page}\``,
      declare: 'Déclencher une crise',
    },
    level: {
      usage:
        'Indiquez le niveau et le motif : `/crise niveau majeure le régulateur a appelé`. Niveaux : routine, veille, incident, crise, majeure.',
      changed: (level) => `Le niveau est maintenant *${level}*.`,
    },
    lead: {
      usage:
        'Nommez la personne qui prend la direction : `/crise pilote @quelqu’un`. Seul, `/crise pilote` vous désigne.',
      changed: (name) => `*${name}* dirige maintenant cette crise.`,
    },
    help: {
      declare: 'ouvrir une cellule de crise et alerter ses membres',
      list: 'les crises ouvertes qui vous concernent',
      level: 'changer le niveau, avec le motif',
      lead: 'prendre ou transmettre la direction',
      declareUsage: '[titre]',
      levelUsage: '<routine | veille | incident | crise | majeure> <motif>',
      leadUsage: '[@quelqu’un]',
      team: 'qui est tenu à l’écart de cette crise (pour son pilote)',
    },
  },
);
