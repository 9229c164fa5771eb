import { bilingual } from '../core/locale.ts';

export const words = bilingual(
  {
    feature: 'The war room',
    topic: (title: string, level: string) => `${level} · ${title}`,
    briefTitle: (level: string, sign: string, title: string, closed: boolean) =>
      `${level} ${sign} · ${title}${closed ? ' · Closed' : ''}`,
    led: (name: string) => `Lead *${name}*`,
    since: (time: string) => `declared ${time}`,
    sinceBy: (time: string, by: string) => `declared ${time} by ${by}`,
    readAll: 'Read all',
    close: 'Close',
    act: {
      fact: 'Record a fact',
      task: 'New task',
      write: 'Write',
      tasks: 'All tasks',
      facts: 'What we know',
      statements: 'Statements',
      stakeholders: 'Who must hear',
      decide: 'Record a decision',
    },
    briefText: (name: string, level: string) => `Crisis ${name}. Level: ${level}. Live brief of the war room.`,
    whatHappened: 'What happened',
    more: (count: number) => `_and ${count} more_`,
    ready: (room: string) => `The war room is open: ${room}`,
    readyText: 'Your war room is open.',
    goThere: 'The crisis cell is being called. Go there now and say what you know: confirmed facts first.',
    notAdded: (lines: string) =>
      `These people could not be added to the room. Tell them yourself, or ask your administrator:\n${lines}`,
    leftOut: (title: string, reason: string, name: string) =>
      `The war room of *${title}* is open, but you could not be added to it (${reason}). Once the cause is lifted, type \`/crisis repair ${name}\` here or in any channel.`,
    leftOutText: 'You could not be added to the war room',
    notAddedText: (count: number) => `${count} people could not be added to the room`,
    why: (error: string): string =>
      ({
        user_is_restricted: 'guest account: guests are never added to a war room automatically',
        user_is_ultra_restricted: 'guest account: guests are never added to a war room automatically',
        guest: 'guest account: guests are never added to a war room automatically',
        external: 'belongs to another organisation: never added automatically',
        ura_max_channels: 'single-channel guest, already in another channel',
        user_not_found: 'Slack does not know this account any more',
        cant_invite: 'Slack does not allow the bot to invite this account',
        user_disabled: 'deactivated account',
        deactivated: 'deactivated account',
      })[error] ?? `Slack says \`${error}\``,
    emptyRoster: (departments: string) =>
      `Nobody is set up for *${departments}*. Call people by hand with \`/crisis call @someone\`, and complete the roster with \`/crisis settings\`.`,
    emptyRosterText: 'The roster is incomplete',
    nameHidden: (codeName: string, room: string) =>
      `This crisis is now called *${codeName}*, and its room ${room}. Until now its number and title could be read in the room’s name, in lists and in notifications; what was sent stays as it is. Take it that those who are left out may have seen them.`,
    nameHiddenText: 'The crisis has a code name',
    settings: '⚙️ Complete the roster',
    twin: (name: string, title: string, room: string) =>
      `${name} has just declared *${title}* (${room}), which looks like the same crisis. Agree on one room.`,
    twinConfidential: (name: string) =>
      `${name} has just declared a confidential crisis that looks like this one. Talk to them, and agree on one room.`,
    twinText: 'A similar crisis has just been declared',
    concerned: (name: string, room: string, title: string) =>
      `⚠️ *${name}* is left out of *${title}*, and somebody has just let them into ${room}.\n1. Remove them there now: open the room’s members, then “Remove from channel”.\n2. Ask the person who added them, and say why it must not happen again.\n3. Assume that they have read the room: tell legal, and move what must stay unknown to them to a new crisis.\nI answer them nothing about this crisis; but Slack shows everybody in the room what is written there.`,
    concernedText: 'Somebody who is left out of a crisis has been let into its room',
    joinRequest: (name: string, title: string) =>
      `*${name}* wanted to declare the same crisis and asks to be added to this room (*${title}*).`,
    joinRequestText: (name: string) => `${name} asks to be added to this room`,
    add: 'Add to the room',
    asked: 'I have asked in the war room. You will get a message when you are added.',
    added: (name: string) => `*${name}* has been added to the room.`,
    newLead: (name: string) => `*${name}* now leads this crisis.`,
    newLeadText: 'The crisis has a new lead',
    roomFailed: (title: string, reason: string) =>
      `The crisis *${title}* is declared and recorded, but Slack refuses to open its room: ${reason}. Ask a workspace administrator to allow the app to create channels, then type \`/crisis repair\`.`,
    roomFailedText: 'Slack refuses to open the war room',
    roomWaiting: (title: string) =>
      `The crisis *${title}* is declared and recorded, but Slack is not answering at the moment. The room opens by itself as soon as Slack is back; the link comes to you here. Until then, call people by phone.`,
    roomWaitingText: 'Slack is not answering: the war room opens as soon as it is back',
    stepFailed: (step: string, reason: string) => `• ${step}: ${reason}`,
    step: { topic: 'room topic', brief: 'live brief', pin: 'pinning the brief', create: 'creating the room' },
    missing: (lines: string) =>
      `The room is open, but Slack refused these:\n${lines}\nOnce an administrator has lifted the cause, type \`/crisis repair\`.`,
    missingText: 'Parts of the room are missing',
    repairing: 'I am checking the room and completing what is missing. What cannot be completed is said here.',
    repairHelp: 'check the room and complete what is missing',
    outsider: (name: string) =>
      `⚠️ *${name}* is a guest or belongs to another organisation, and can now read everything here. If that is not intended, remove them from the channel.`,
    outsiderText: (name: string) => `${name}, who is not of the company, is now in the war room`,
    archived: (title: string, sign: string) =>
      `The room of *${title}* has been archived in Slack, and I was removed from it. The crisis stays open. To go on, type \`/crisis repair ${sign}\` anywhere to get a new room, or unarchive the channel and invite me again.`,
    archivedText: 'A war room was archived while its crisis is open',
    restored: (made: string, next: number) =>
      `*My records were restored from a copy made ${made}.* What you did here since then stands in this room, not in my records: do again what still matters. New numbers begin at ${next}.`,
    restoredText: 'My records were restored from a copy',
    removed: (title: string, sign: string) =>
      `Somebody removed me from the room of *${title}*: I neither hear nor write there. To go on, invite me again, or type \`/crisis repair ${sign}\` anywhere to get a new room.`,
    removedText: 'I was removed from a war room while its crisis is open',
    back: (title: string, room: string) =>
      `I was removed from this workspace and am installed again. The crisis *${title}* goes on, but Slack took me out of ${room}: type \`/invite\` there, followed by my name, then \`/crisis repair\`. I then read what was said there meanwhile.`,
    backText: 'I am back in the workspace, but not yet in the war room',
    addedToRoom: (room: string, title: string) => `You have been added to the war room of *${title}*: ${room}`,
    addedToRoomText: 'You have been added to a war room',
    trouble: (what: string, reason: string, where: string, room: string) =>
      `Slack refused to show this in ${where}: “${what}” (\`${reason}\`). Nothing is lost: once the cause is lifted, type \`/crisis repair\` in ${room} and it is shown.`,
    troubleText: 'Slack refused to show a message of the war room',
    unseen: (what: string, reason: string, where: string, room: string) =>
      `Slack did not say whether this was shown in ${where}, and refuses to let the bot look (\`${reason}\`): “${what}”. Please look yourself. Once the cause is lifted, type \`/crisis repair\` in ${room}: what is missing is shown, and nothing twice.`,
    unseenText: 'A message of the war room may be missing',
    aMessage: 'a direct message',
    outdated: (what: string, reason: string, room: string) =>
      `Slack refused to update a message, which now shows an older state: “${what}” (\`${reason}\`). Nothing is lost: \`/crisis\` shows what is true; once the cause is lifted, type \`/crisis repair\` in ${room} and the message is updated.`,
    outdatedText: 'A message shows an older state: Slack refused to update it',
    notDone: (what: string, reason: string, room: string) =>
      `This could not be done: *${what}* (\`${reason}\`). If it is urgent, do it yourself. Once the cause is lifted, type \`/crisis repair\` in ${room} and it is done.`,
    undoneText: 'Something could not be done',
    something: 'something else',
    askAgain: (what: string, reason: string) =>
      `This could not be done: *${what}* (\`${reason}\`). Please try again; if it happens again, give this to your administrator.`,
    theRoom: 'the war room',
    seen: {
      joined: (name: string) => `<@${name}> joined the war room`,
      left: (name: string) => `<@${name}> left the war room`,
      archived: 'The channel was archived by somebody in Slack',
      unarchived: 'The channel was unarchived',
      deleted: 'The channel was deleted in Slack',
      removed: 'The bot was removed from the channel by somebody in Slack',
      absent:
        'The bot was removed from the workspace, until it was installed again: what was said in the room meanwhile is read once it is back in it',
      renamed: (name: string) => `The channel was renamed #${name}`,
      invited: (name: string) => `<@${name}> was added to the war room`,
      concerned: (name: string) =>
        `<@${name}>, who is left out of this crisis, was let into the war room by somebody in Slack; the lead was told`,
    },
  },
  {
    feature: 'La cellule de crise',
    topic: (title, level) => `${level} · ${title}`,
    briefTitle: (level, sign, title, closed) => `${level} ${sign} · ${title}${closed ? ' · Close' : ''}`,
    led: (name) => `Pilote *${name}*`,
    since: (time) => `déclenchée à ${time}`,
    sinceBy: (time, by) => `déclenchée à ${time} par ${by}`,
    readAll: 'Lire tout',
    close: 'Fermer',
    act: {
      fact: 'Consigner un fait',
      task: 'Nouvelle tâche',
      write: 'Rédiger',
      tasks: 'Toutes les tâches',
      facts: 'Ce que nous savons',
      statements: 'Communiqués',
      stakeholders: 'Qui informer',
      decide: 'Consigner une décision',
    },
    briefText: (name, level) => `Crise ${name}. Niveau : ${level}. Tableau de bord de la cellule.`,
    whatHappened: 'Ce qui s’est passé',
    more: (count) => `_et ${count} de plus_`,
    ready: (room) => `La cellule de crise est ouverte : ${room}`,
    readyText: 'Votre cellule de crise est ouverte.',
    goThere:
      'Les membres de la cellule sont alertés. Rejoignez-la et dites ce que vous savez : d’abord les faits confirmés.',
    notAdded: (lines) =>
      `Ces personnes n’ont pas pu être ajoutées. Prévenez-les vous-même, ou demandez à votre administrateur :\n${lines}`,
    leftOut: (title, reason, name) =>
      `La cellule de *${title}* est ouverte, mais vous n’avez pas pu y être ajouté (${reason}). Une fois la cause levée, tapez \`/crise réparer ${name}\` ici ou dans n’importe quel canal.`,
    leftOutText: 'Vous n’avez pas pu être ajouté à la cellule de crise',
    notAddedText: (count) => `${count} personnes n’ont pas pu être ajoutées à la cellule`,
    why: (error) =>
      ({
        user_is_restricted: 'compte invité : un invité n’est jamais ajouté automatiquement à une cellule de crise',
        user_is_ultra_restricted:
          'compte invité : un invité n’est jamais ajouté automatiquement à une cellule de crise',
        guest: 'compte invité : un invité n’est jamais ajouté automatiquement à une cellule de crise',
        external: 'appartient à une autre organisation : jamais ajouté automatiquement',
        ura_max_channels: 'invité à un seul canal, déjà dans un autre',
        user_not_found: 'Slack ne connaît plus ce compte',
        cant_invite: 'Slack n’autorise pas le bot à inviter ce compte',
        user_disabled: 'compte désactivé',
        deactivated: 'compte désactivé',
      })[error] ?? `Slack répond \`${error}\``,
    emptyRoster: (departments) =>
      `Personne n’est désigné pour *${departments}*. Appelez quelqu’un avec \`/crise appeler @quelqu’un\`, et complétez l’annuaire avec \`/crise réglages\`.`,
    emptyRosterText: 'L’annuaire de crise est incomplet',
    nameHidden: (codeName, room) =>
      `Cette crise s’appelle désormais *${codeName}*, et sa cellule ${room}. Jusqu’ici, son numéro et son titre se lisaient dans le nom de la cellule, les listes et les notifications ; ce qui a été envoyé reste tel quel. Considérez que les personnes écartées ont pu les voir.`,
    nameHiddenText: 'La crise a un nom de code',
    settings: '⚙️ Compléter l’annuaire',
    twin: (name, title, room) =>
      `${name} vient de déclencher *${title}* (${room}), qui ressemble à la même crise. Mettez-vous d’accord sur une seule cellule.`,
    twinConfidential: (name) =>
      `${name} vient de déclencher une crise confidentielle qui ressemble à celle-ci. Parlez-lui, et mettez-vous d’accord sur une seule cellule.`,
    twinText: 'Une crise semblable vient d’être déclenchée',
    concerned: (name, room, title) =>
      `⚠️ *${name}* est tenu à l’écart de « *${title}* », et quelqu’un vient de l’ajouter à ${room}.\n1. Retirez cette personne maintenant : membres du canal, puis « Retirer du canal ».\n2. Voyez avec qui l’a ajoutée, et dites pourquoi cela ne doit pas se reproduire.\n3. Considérez qu’elle a lu la cellule : prévenez le juridique, et poursuivez dans une nouvelle crise ce qui doit lui rester inconnu.\nJe ne lui réponds rien sur cette crise ; mais ce qui est écrit dans la cellule, Slack le montre à qui s’y trouve.`,
    concernedText: 'Une personne tenue à l’écart d’une crise a été ajoutée à sa cellule',
    joinRequest: (name, title) =>
      `*${name}* voulait déclencher la même crise et demande à rejoindre cette cellule (*${title}*).`,
    joinRequestText: (name) => `${name} demande à rejoindre la cellule`,
    add: 'Ajouter à la cellule',
    asked: 'J’ai transmis votre demande dans la cellule. Vous recevrez un message dès que vous y serez.',
    added: (name) => `*${name}* a été ajouté à la cellule.`,
    newLead: (name) => `*${name}* dirige maintenant cette crise.`,
    newLeadText: 'La crise a un nouveau pilote',
    roomFailed: (title, reason) =>
      `La crise *${title}* est déclenchée et enregistrée, mais Slack refuse d’ouvrir sa cellule : ${reason}. Demandez à un administrateur de l’espace d’autoriser l’application à créer des canaux, puis tapez \`/crise réparer\`.`,
    roomFailedText: 'Slack refuse d’ouvrir la cellule de crise',
    roomWaiting: (title) =>
      `La crise *${title}* est déclenchée et enregistrée, mais Slack ne répond pas pour le moment. La cellule s’ouvrira d’elle-même dès son retour ; le lien vous arrivera ici. D’ici là, prévenez par téléphone.`,
    roomWaitingText: 'Slack ne répond pas : la cellule s’ouvrira dès son retour',
    stepFailed: (step, reason) => `• ${step} : ${reason}`,
    step: {
      topic: 'sujet du canal',
      brief: 'tableau de bord',
      pin: 'épinglage du tableau de bord',
      create: 'création du canal',
    },
    missing: (lines) =>
      `La cellule est ouverte, mais Slack a refusé ceci :\n${lines}\nUne fois la cause levée par un administrateur, tapez \`/crise réparer\`.`,
    missingText: 'Il manque des éléments à la cellule',
    repairing: 'Je vérifie la cellule et complète ce qui manque. Ce qui ne peut pas l’être sera dit ici.',
    repairHelp: 'vérifier la cellule et compléter ce qui manque',
    outsider: (name) =>
      `⚠️ *${name}* est invité ou appartient à une autre organisation, et peut désormais tout lire ici. Si ce n’est pas voulu, retirez cette personne du canal.`,
    outsiderText: (name) => `${name}, extérieur à l’entreprise, est maintenant dans la cellule`,
    archived: (title, sign) =>
      `La cellule de *${title}* a été archivée dans Slack, et j’en ai été retiré. La crise reste ouverte. Pour continuer, tapez \`/crise réparer ${sign}\` où vous voulez pour obtenir une nouvelle cellule, ou désarchivez le canal et réinvitez-moi.`,
    archivedText: 'Une cellule a été archivée alors que sa crise est ouverte',
    restored: (made, next) =>
      `*Mes données ont été restaurées d’une copie du ${made}.* Ce que vous avez fait ici depuis figure dans cette cellule, pas dans mes données : refaites ce qui compte encore. Les nouveaux numéros commencent à ${next}.`,
    restoredText: 'Mes données ont été restaurées d’une copie',
    removed: (title, sign) =>
      `Quelqu’un m’a retiré de la cellule de *${title}* : je n’y entends ni n’y écris plus rien. Pour continuer, réinvitez-moi, ou tapez \`/crise réparer ${sign}\` où vous voulez pour obtenir une nouvelle cellule.`,
    removedText: 'J’ai été retiré d’une cellule alors que sa crise est ouverte',
    back: (title, room) =>
      `J’avais été retiré de cet espace de travail et j’y suis de nouveau installé. La crise *${title}* continue, mais Slack m’a sorti de ${room} : tapez-y \`/invite\` suivi de mon nom, puis \`/crise réparer\`. Je relirai alors ce qui s’y est dit entre-temps.`,
    backText: 'Je suis de retour dans l’espace de travail, mais pas encore dans la cellule de crise',
    addedToRoom: (room, title) => `Vous avez été ajouté à la cellule de crise de *${title}* : ${room}`,
    addedToRoomText: 'Vous avez été ajouté à une cellule de crise',
    trouble: (what, reason, where, room) =>
      `Slack a refusé d’afficher ceci dans ${where} : « ${what} » (\`${reason}\`). Rien n’est perdu : une fois la cause levée, tapez \`/crise réparer\` dans ${room} et ce sera affiché.`,
    troubleText: 'Slack a refusé d’afficher un message de la cellule',
    unseen: (what, reason, where, room) =>
      `Slack n’a pas dit si ceci a été affiché dans ${where}, et refuse que le bot aille voir (\`${reason}\`) : « ${what} ». Regardez vous-même. Une fois la cause levée, tapez \`/crise réparer\` dans ${room} : ce qui manque sera affiché, et rien deux fois.`,
    unseenText: 'Il manque peut-être un message de la cellule',
    aMessage: 'un message direct',
    outdated: (what, reason, room) =>
      `Slack a refusé de mettre à jour un message, qui montre donc un état ancien : « ${what} » (\`${reason}\`). Rien n’est perdu : \`/crise\` montre ce qui est vrai ; une fois la cause levée, tapez \`/crise réparer\` dans ${room} et le message sera mis à jour.`,
    outdatedText: 'Un message montre un état ancien : Slack a refusé de le mettre à jour',
    notDone: (what, reason, room) =>
      `Ceci n’a pas pu être fait : *${what}* (\`${reason}\`). Si c’est urgent, faites-le vous-même. Une fois la cause levée, tapez \`/crise réparer\` dans ${room} et ce sera fait.`,
    undoneText: 'Quelque chose n’a pas pu être fait',
    something: 'autre chose',
    askAgain: (what, reason) =>
      `Ceci n’a pas pu être fait : *${what}* (\`${reason}\`). Réessayez ; si cela se reproduit, transmettez ce message à votre administrateur.`,
    theRoom: 'la cellule de crise',
    seen: {
      joined: (name) => `<@${name}> a rejoint la cellule de crise`,
      left: (name) => `<@${name}> a quitté la cellule de crise`,
      archived: 'Le canal a été archivé par quelqu’un dans Slack',
      unarchived: 'Le canal a été désarchivé',
      deleted: 'Le canal a été supprimé dans Slack',
      removed: 'Le bot a été retiré du canal par quelqu’un dans Slack',
      absent:
        'Le bot a été retiré de l’espace de travail, jusqu’à sa réinstallation : ce qui s’est dit entre-temps dans la cellule est relu dès qu’il y revient',
      renamed: (name) => `Le canal a été renommé #${name}`,
      invited: (name) => `<@${name}> a été ajouté à la cellule de crise`,
      concerned: (name) =>
        `<@${name}>, tenu à l’écart de cette crise, a été ajouté à la cellule par quelqu’un dans Slack ; le pilote de crise en est averti`,
    },
  },
);
