import { bilingual, type Language, list } from '../core/locale.ts';
import type { Kind } from '../core/outputs.ts';
import { departmentName } from '../people/text.ts';
import { findingWords } from './check-text.ts';
import type { StatementRefusal, Status } from './rules.ts';

const kindHints: Record<Language, Partial<Record<Kind, string>>> = {
  en: {
    holding: 'First words, while the facts are being established',
    reply_from_bank: 'Taken from the bank of cleared replies',
    sensitive: 'Apology, compensation, recall, named person, market-sensitive',
  },
  fr: {
    holding: 'Premiers mots, le temps d’établir les faits',
    reply_from_bank: 'Tirée de la banque de réponses',
    sensitive: 'Excuses, indemnisation, rappel, personne citée, effet sur le cours',
  },
};

const statusNames = {
  en: {
    draft: 'Draft',
    in_review: 'In review',
    changes_requested: 'Changes requested',
    approved: 'Approved',
    rejected: 'Rejected',
    published: 'Published',
    withdrawn: 'Withdrawn',
  },
  fr: {
    draft: 'Projet',
    in_review: 'En validation',
    changes_requested: 'Modifications demandées',
    approved: 'Validé',
    rejected: 'Refusé',
    published: 'Publié',
    withdrawn: 'Retiré',
  },
} satisfies Record<Language, Record<Status, string>>;
const statusMarks: Record<Status, string> = {
  draft: '📝',
  in_review: '⏳',
  changes_requested: '✏️',
  approved: '✅',
  rejected: '⛔',
  published: '📣',
  withdrawn: '🗑️',
};

export const kindHint = (kind: Kind, language: Language): string | undefined => kindHints[language][kind];
export const statusName = (status: Status, language: Language): string => statusNames[language][status];
/** The mark never stands without the word. */
export const statusLabel = (status: Status, language: Language): string =>
  `${statusMarks[status]} ${statusName(status, language)}`;
/** The language a statement is written in, said in the reader's. */
export const languageName = (of: Language, language: Language): string =>
  ({ en: { en: 'English', fr: 'French' }, fr: { en: 'anglais', fr: 'français' } })[language][of];

export const seatName = (seat: string, language: Language): string =>
  seat === 'lead' ? words(language).lead : departmentName(seat, null, language);
export const seatList = (seats: readonly string[], language: Language): string =>
  list(
    language,
    seats.map((seat) => seatName(seat, language)),
  );

const count = (language: Language, n: number): string => n.toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB');

export const words = bilingual(
  {
    lead: 'Crisis lead',
    standIn: (seat: string, by: 'lead' | 'management', because: 'nobody' | 'author') => {
      const why = because === 'nobody' ? 'nobody on the roster' : 'nobody but the author';
      return `${seat}: ${why}, so ${by === 'lead' ? 'the crisis lead' : 'management'} approves in its place.`;
    },
    entry: {
      about: (number: number, title: string, version: number, hash: string, what: string) =>
        `Statement ${number} “${title}”, version ${version} (${hash}): ${what}`,
      drafted: 'drafted.',
      edited: (before: number, voided: string) =>
        `new wording in place of version ${before}.${voided ? ` The approval of ${voided} is void.` : ''}`,
      submitted: (seats: string) => `submitted. Must approve: ${seats}.`,
      forSeat: (seat: string, capacity: string) =>
        capacity === 'deputy'
          ? `${seat} (as deputy)`
          : capacity === 'management'
            ? `${seat} (management in its place)`
            : capacity === 'lead'
              ? `${seat} (the crisis lead in its place)`
              : seat,
      approval: (seats: string) => `approved for ${seats}.`,
      approved: (seats: string) => `all approvals are there (${seats}): it may be published.`,
      changesRequested: (seats: string, reason: string) => `changes requested for ${seats}: ${reason}`,
      rejected: (seats: string, reason: string) => `rejected for ${seats}: ${reason}`,
      published: (place: string) => `published: ${place}`,
      withdrawn: (reason: string, place: string) =>
        `withdrawn: ${reason}${place ? ` (It is still online and must be taken down by hand: ${place})` : ''}`,
      relayed: (seats: string, deputies: string) => `no answer yet from ${seats}: asked ${deputies} as well.`,
      overdue: (seats: string) => `the time to approve is over without ${seats}: the crisis lead was told.`,
      takenBack: (seats: string) =>
        `ready to be published no longer: the level now also requires these approvals: ${seats}.`,
      alsoRequired: (seats: string) => `the level now also requires these approvals: ${seats}.`,
      quote: (excerpt: string) => `“${excerpt}”`,
      legalAsked: (excerpts: string) => `legal was asked whether this may be said: ${excerpts}`,
      told: {
        person: (excerpt: string) => `“${excerpt}” was said to be a person; legal was asked.`,
        not_person: (excerpt: string) => `“${excerpt}” was said not to be a person.`,
        contact: (excerpt: string) => `“${excerpt}” was said to be the company’s own contact.`,
      },
      answered: {
        not_said: (excerpt: string) =>
          `checked: “${excerpt}” was said not to state the fact or cause that it resembles.`,
        legal_ok: (excerpt: string) => `legal agrees that this may be said in this version: ${excerpt}.`,
        linked: (excerpt: string, reason: string, targets: string) =>
          `told as done, “${excerpt}”: linked to ${targets}.${reason ? ` ${reason}` : ''}`,
        not_ours: (excerpt: string, reason: string) =>
          `told as done, “${excerpt}”: said to need no proof, because: ${reason}`,
        waived: (_excerpt: string, reason: string) => `no hour of a next update, because: ${reason}`,
      },
      paired: (number: number, title: string) => `linked as the translation of statement ${number} “${title}”.`,
      unpaired: 'no longer linked to a translation.',
      mapSaved: (messages: string) => `Message map: ${messages}`,
    },
    help: {
      statement: 'draft a statement, or show one by its number',
      statementUsage: '[title | number]',
      statements: 'the statements of this crisis, and on whom each waits',
    },
    form: {
      title: 'Draft a statement',
      editTitle: (number: number) => `Edit statement ${number}`,
      save: 'Save',
      cancel: 'Cancel',
      close: 'Close',
      intro: 'Write it here; nothing leaves the company before every required department has approved this exact text.',
      editIntro: (version: number, inReview: boolean) =>
        `You are editing version ${version}. ${inReview ? 'Saving a change makes every approval void, and it must be submitted again.' : 'Saving a change makes a new version.'}`,
      meanwhile: (name: string, version: number) =>
        `⚠️ *${name}* saved version ${version} while you were writing. Nothing of yours is lost: it is below. Save again to put it on top of version ${version}, and check *See differences* on its card.`,
      crisis: 'Crisis',
      titleLabel: 'Title',
      titlePlaceholder: 'First statement on the spring soup',
      kind: 'What is it?',
      kindHint: 'Decides who must approve.',
      audience: 'For whom?',
      language: 'Language of the text',
      text: (part: number, of: number) => (of > 1 ? `Text, part ${part} of ${of}` : 'Text'),
      sameParagraph: 'Goes on in the paragraph of the part before.',
      nextParagraph: 'Starts a new paragraph.',
      textHint: (most: string) =>
        `Slack takes 3,000 characters per field, a statement ${most}: press the button below for more room. Nothing is ever cut.`,
      addRoom: 'Add room for a longer text',
      noMoreRoom: 'There is no more room to add: a statement takes 12,000 characters.',
      submitNow: 'Ask for approval at once',
      submitNowHint: 'Otherwise it stays a draft until somebody submits it.',
      savedTitle: 'Saved',
      saved: (number: number, version: number, length: string, room: string) =>
        `Statement ${number}, version ${version}, is saved with all its ${length} characters. Its card is in ${room}.`,
      reading: 'Reading the text…',
      unchanged: (version: number) => `Nothing was changed: version ${version} stands, with its approvals.`,
    },
    source: {
      nothing:
        'I find no text in this message. I can take the text of a message, or one attached text file (.txt or .md). From Word or PDF, copy the text into `/crisis statement`.',
      several: 'This message holds several text files. Post the right one alone, then use it as a statement.',
      tooLarge: (kilobytes: string) =>
        `This file is too large to be a statement: ${kilobytes} kB, and I read 200 kB at most.`,
      unreadable: 'Slack did not let me read this file. Copy its text into `/crisis statement`.',
      tooLong: (length: string) =>
        `This text has ${length} characters, and a statement takes 12,000 at most. I cut nothing: shorten it or make two statements of it.`,
    },
    reason: {
      changesTitle: 'Request changes',
      rejectTitle: 'Reject the statement',
      withdrawTitle: 'Withdraw the statement',
      send: 'Send',
      withdraw: 'Withdraw',
      which: (number: number, title: string, version: number, hash: string) =>
        `Statement ${number} *${title}*, version ${version} (\`${hash}\`)`,
      changes: 'What must change?',
      reject: 'Why do you reject it?',
      withdrawn: 'Why is it withdrawn?',
      changesHint: 'The author gets these words, and they are kept in the timeline.',
      publishedNote: (place: string) =>
        `It was published: ${place}. I cannot take it down; somebody must do that by hand.`,
    },
    publish: {
      title: 'Mark as published',
      submit: 'Mark as published',
      intro: 'The bot never publishes. Tell it where and when you did, for the timeline.',
      url: 'Address (URL)',
      where: 'Or where, if it has no address',
      wherePlaceholder: 'Email to 1,200 customers, letter to the mayor, intranet home page…',
      at: 'When',
    },
    card: {
      title: (number: number, title: string) => `Statement ${number}: ${title}`,
      asked: (number: number, title: string) => `Statement ${number} “${title}” waits for approval`,
      text: (number: number, title: string, status: string) => `Statement ${number} “${title}”: ${status}`,
      facts: (kind: string, audience: string, language: string) => `*${kind}* · for: ${audience} · in ${language}`,
      version: (version: number, hash: string, author: string, at: string) =>
        `Version ${version} (\`${hash}\`) by ${author}, ${at}`,
      superseded: (number: number, title: string, version: number, by: string, next: number) =>
        `Statement ${number} *${title}*, version ${version}: replaced by version ${next}, by ${by}. Its text is kept; do not use it.`,
      supersededText: (number: number, version: number) => `Statement ${number}, version ${version}: replaced`,
      part: (number: number, version: number, hash: string, part: number, of: number) =>
        `Statement ${number}, version ${version} (\`${hash}\`) · Text ${part}/${of}`,
      continues: (of: number) => `Text 1/${of}: it goes on in this thread.`,
      continuesBelow: (of: number) => `Text 1/${of}: it goes on in the next message.`,
      voided: (seats: string) => `The approval of the version before by ${seats} is void: the text has changed.`,
      waiting: (seat: string, who: string, since: string) => `⏳ *${seat}*: waiting on ${who} since ${since}`,
      waitingNobody: (seat: string) =>
        `⚠️ *${seat}*: nobody can approve. Complete the roster with \`/crisis settings\` or hand over the lead.`,
      given: (seat: string, who: string, at: string) => `✅ *${seat}*: ${who}, ${at}`,
      turnedDown: (verdict: string, who: string, seats: string, at: string) =>
        `*${verdict}* by ${who} (${seats}), ${at}:`,
      draftBlanks: 'Draft: nobody has been asked yet. Fill in its blanks, then submit it.',
      draftNext: 'Draft: nobody has been asked yet. Submit it when it is ready.',
      changeNext: 'Edit it to make a new version, then submit that.',
      approvedNext: (at: string) =>
        `Approved ${at}. It may be published exactly as it is here; then mark it as published.`,
      relayed: 'Half the time is over: the deputies have been asked as well.',
      overdue: 'The time to approve is over: the crisis lead has been told.',
      published: (by: string, at: string, place: string) => `Published ${at}: ${place} (told by ${by})`,
      withdrawn: (by: string, at: string) => `Withdrawn by ${by}, ${at}:`,
      takeDown: (place: string) => `⚠️ It was published and must be taken down by hand: ${place}`,
      submit: 'Submit for approval',
      approve: 'Approve',
      changes: 'Request changes…',
      reject: 'Reject…',
      edit: 'Edit…',
      differences: 'See differences',
      withdraw: 'Withdraw…',
      publish: 'Mark as published…',
      spoken: (what: string, number: number, version: number) => `${what} statement ${number}, version ${version}`,
      confirmTitle: (version: number) => `Approve version ${version}?`,
      confirm: (number: number, version: number, hash: string) =>
        `You approve statement ${number}, version ${version} (${hash}), exactly as it is written here. If one character changes, your approval is void.`,
      confirmYes: 'Approve',
      confirmNo: 'Not yet',
    },
    ask: {
      intro: (room: string, seats: string, by: string) =>
        `${by} asks for your approval in ${room}, for *${seats}*. Read it to the end, then answer here or there.`,
      deputy: (seats: string) => `Nobody has answered for *${seats}*, and you are its deputy.`,
      fallen: (version: number, seats: string) =>
        `*The text has changed since version ${version}.* The approval by ${seats} fell with it, and must be given anew. What has changed:`,
      changed: (version: number) => `*The text has changed since version ${version}.* What has changed:`,
      textFollows: 'The whole text follows: it is what you approve.',
      moreDifferences: 'There are more changes: press “See differences” below. The whole text follows.',
      card: 'See it in the war room',
      youApproved: (at: string) => `You approved this version, ${at}.`,
      youAskedChanges: (at: string) => `You asked for changes to this version, ${at}.`,
      youRejected: (at: string) => `You rejected this version, ${at}.`,
      notNeeded: 'Your answer is no longer needed.',
      state: (state: string) => `It is now: *${state}*.`,
    },
    told: {
      changes: (who: string, number: number, title: string, version: number) =>
        `*${who}* asks for changes to statement ${number} *${title}*, version ${version}:`,
      rejected: (who: string, number: number, title: string, version: number) =>
        `*${who}* rejected statement ${number} *${title}*, version ${version}:`,
      next: 'This version can no longer be approved. Edit it, then submit the new one.',
      approved: (number: number, title: string, version: number) =>
        `Statement ${number} *${title}*, version ${version}, is approved. Publish exactly this text, then mark it as published.`,
      approvedWait: (number: number, title: string, version: number) =>
        `Statement ${number} *${title}*, version ${version}, is approved. Communication publishes exactly this text and marks it as published.`,
      overdue: (number: number, title: string, waits: string) =>
        `Statement ${number} *${title}* has not been approved in time. Still missing: ${waits}. Call them by phone: silence is never consent.`,
      changesText: (number: number) => `Changes are requested to statement ${number}`,
      rejectedText: (number: number) => `Statement ${number} was rejected`,
      approvedText: (number: number) => `Statement ${number} is approved`,
      overdueText: (number: number) => `Statement ${number} has not been approved in time`,
    },
    line: {
      statement: (number: number, title: string, status: string) => `*${number}. ${title}*: ${status}`,
      waits: (waits: string) => `waiting on ${waits}`,
      wait: (seat: string, who: string) => `${seat} (${who})`,
      since: (duration: string) => `for ${duration}`,
      sinceTime: (time: string) => `since ${time}`,
      nobody: 'nobody can approve',
    },
    list: {
      title: 'Statements',
      none: 'No statement has been drafted in this crisis. Draft one with `/crisis statement`.',
      show: 'Show',
      draft: 'Draft a statement',
      more: (n: number) => `… and ${n} older ones: show one with \`/crisis statement [number]\`.`,
    },
    differences: {
      title: 'Differences',
      intro: (before: number, after: number) =>
        `From version ${before} to version ${after}. Removed words are struck through and stand in [− −]; added words are bold and stand in [+ +].`,
      only: 'This is the first version: there is nothing to compare it with.',
      compare: 'Compare with',
      version: (number: number, approved: boolean) => `Version ${number}${approved ? ' (had approvals)' : ''}`,
      from: (label: string, before: string, after: string) => `*${label}*: ${before} → ${after}`,
      same: 'The text itself is the same.',
      yes: 'yes',
      no: 'no',
    },
    done: {
      submitted: (number: number, seats: string) => `Statement ${number} is submitted. Asked: ${seats}.`,
      approval: (number: number, version: number, hash: string) =>
        `Your approval of statement ${number}, version ${version} (\`${hash}\`), is recorded.`,
      approvedAll: (number: number) => `Statement ${number} is approved: all required approvals are there.`,
    },
    someone: 'somebody of this department',
  },
  {
    lead: 'Directeur de crise',
    standIn: (seat, by, because) => {
      const why = because === 'nobody' ? 'personne dans l’annuaire de crise' : 'personne d’autre que l’auteur';
      return `${seat} : ${why}, donc ${by === 'lead' ? 'le directeur de crise' : 'la direction'} valide à sa place.`;
    },
    entry: {
      about: (number, title, version, hash, what) =>
        `Communiqué ${number} « ${title} », version ${version} (${hash}) : ${what}`,
      drafted: 'projet rédigé.',
      edited: (before, voided) =>
        `nouvelle rédaction, qui remplace la version ${before}.${voided ? ` Validation annulée : ${voided}.` : ''}`,
      submitted: (seats) => `soumis à validation. Doivent valider : ${seats}.`,
      forSeat: (seat, capacity) =>
        capacity === 'deputy'
          ? `${seat} (en tant que suppléant)`
          : capacity === 'management'
            ? `${seat} (la direction, à sa place)`
            : capacity === 'lead'
              ? `${seat} (le directeur de crise, à sa place)`
              : seat,
      approval: (seats) => `validé pour ${seats}.`,
      approved: (seats) => `toutes les validations sont réunies (${seats}) : il peut être publié.`,
      changesRequested: (seats, reason) => `modifications demandées pour ${seats} : ${reason}`,
      rejected: (seats, reason) => `refusé pour ${seats} : ${reason}`,
      published: (place) => `publié : ${place}`,
      withdrawn: (reason, place) =>
        `retiré : ${reason}${place ? ` (Il est toujours en ligne et doit être dépublié à la main : ${place})` : ''}`,
      relayed: (seats, deputies) => `pas encore de réponse (${seats}) ; suppléants sollicités : ${deputies}.`,
      overdue: (seats) => `délai de validation dépassé sans ${seats} : le directeur de crise est prévenu.`,
      takenBack: (seats) => `n’est plus prêt à publier : le niveau exige désormais aussi ces validations : ${seats}.`,
      alsoRequired: (seats) => `le niveau exige désormais aussi ces validations : ${seats}.`,
      quote: (excerpt) => `« ${excerpt} »`,
      legalAsked: (excerpts) => `le juridique est sollicité ; peut-on dire ceci : ${excerpts}`,
      told: {
        person: (excerpt) => `« ${excerpt} » : indiqué comme une personne ; le juridique est sollicité.`,
        not_person: (excerpt) => `« ${excerpt} » : indiqué comme n’étant pas une personne.`,
        contact: (excerpt) => `« ${excerpt} » : indiqué comme le propre contact de l’entreprise.`,
      },
      answered: {
        not_said: (excerpt) => `vérifié : « ${excerpt} » n’énonce pas le fait ou la cause qui y ressemble.`,
        legal_ok: (excerpt) => `le juridique accepte que ceci soit dit dans cette version : ${excerpt}.`,
        linked: (excerpt, reason, targets) =>
          `annoncé comme fait, « ${excerpt} » : relié à ${targets}.${reason ? ` ${reason}` : ''}`,
        not_ours: (excerpt, reason) =>
          `annoncé comme fait, « ${excerpt} » : sans preuve à fournir, parce que : ${reason}`,
        waived: (_excerpt, reason) => `pas d’heure de prochain point, parce que : ${reason}`,
      },
      paired: (number, title) => `relié comme traduction du communiqué ${number} « ${title} ».`,
      unpaired: 'n’est plus relié à une traduction.',
      mapSaved: (messages) => `Messages clés : ${messages}`,
    },
    help: {
      statement: 'rédiger un communiqué, ou en afficher un par son numéro',
      statementUsage: '[titre | numéro]',
      statements: 'les communiqués de cette crise, et de qui chacun dépend',
    },
    form: {
      title: 'Rédiger un communiqué',
      editTitle: (number) => `Modifier communiqué ${number}`,
      save: 'Enregistrer',
      cancel: 'Annuler',
      close: 'Fermer',
      intro:
        'Rédigez ici ; rien ne sort de l’entreprise avant que chaque service requis ait validé ce texte à la virgule près.',
      editIntro: (version, inReview) =>
        `Vous modifiez la version ${version}. ${inReview ? 'Enregistrer une modification annule toutes les validations : il faudra soumettre à nouveau.' : 'Enregistrer une modification crée une nouvelle version.'}`,
      meanwhile: (name, version) =>
        `⚠️ *${name}* a enregistré la version ${version} pendant que vous écriviez. Rien de votre texte n’est perdu : il est ci-dessous. Enregistrez de nouveau pour qu’il succède à la version ${version}, puis vérifiez *Voir les différences* sur sa carte.`,
      crisis: 'Crise',
      titleLabel: 'Titre',
      titlePlaceholder: 'Premier communiqué sur la soupe de printemps',
      kind: 'De quoi s’agit-il ?',
      kindHint: 'Détermine qui doit valider.',
      audience: 'Pour qui ?',
      language: 'Langue du texte',
      text: (part, of) => (of > 1 ? `Texte, partie ${part} sur ${of}` : 'Texte'),
      sameParagraph: 'Poursuit le paragraphe de la partie précédente.',
      nextParagraph: 'Commence un nouveau paragraphe.',
      textHint: (most) =>
        `Slack accepte 3 000 caractères par champ, un communiqué ${most} : ajoutez de la place avec le bouton ci-dessous. Rien n’est jamais coupé.`,
      addRoom: 'Ajouter de la place pour un texte plus long',
      noMoreRoom: 'Impossible d’ajouter de la place : un communiqué compte 12 000 caractères au plus.',
      submitNow: 'Demander la validation tout de suite',
      submitNowHint: 'Sinon, il reste à l’état de projet jusqu’à ce que quelqu’un le soumette.',
      savedTitle: 'Enregistré',
      saved: (number, version, length, room) =>
        `Le communiqué ${number}, version ${version}, est enregistré avec ses ${length} caractères. Sa carte se trouve dans ${room}.`,
      reading: 'Lecture du texte…',
      unchanged: (version) => `Rien n’a changé : la version ${version} demeure, avec ses validations.`,
    },
    source: {
      nothing:
        'Je ne trouve pas de texte dans ce message. Je prends le texte d’un message, ou un fichier texte joint (.txt ou .md). Depuis Word ou PDF, copiez le texte dans `/crise communiqué`.',
      several: 'Ce message contient plusieurs fichiers texte. Publiez le bon seul, puis faites-en un communiqué.',
      tooLarge: (kilobytes) =>
        `Ce fichier est trop volumineux pour un communiqué : ${kilobytes} ko, et j’en lis 200 au plus.`,
      unreadable: 'Slack ne m’a pas laissé lire ce fichier. Copiez son texte dans `/crise communiqué`.',
      tooLong: (length) =>
        `Ce texte compte ${length} caractères, et un communiqué 12 000 au plus. Je n’ai rien coupé : raccourcissez-le ou faites-en deux communiqués.`,
    },
    reason: {
      changesTitle: 'Demande de modifications',
      rejectTitle: 'Refuser le communiqué',
      withdrawTitle: 'Retirer le communiqué',
      send: 'Envoyer',
      withdraw: 'Retirer',
      which: (number, title, version, hash) => `Communiqué ${number} *${title}*, version ${version} (\`${hash}\`)`,
      changes: 'Que faut-il modifier ?',
      reject: 'Pourquoi le refusez-vous ?',
      withdrawn: 'Pourquoi est-il retiré ?',
      changesHint: 'L’auteur reçoit ces mots, qui sont conservés dans la main courante.',
      publishedNote: (place) =>
        `Il a été publié : ${place}. Je ne peux pas le dépublier ; quelqu’un doit le faire à la main.`,
    },
    publish: {
      title: 'Marquer comme publié',
      submit: 'Marquer comme publié',
      intro: 'Le bot ne publie jamais. Dites-lui où et quand vous l’avez fait, pour la main courante.',
      url: 'Adresse (URL)',
      where: 'Ou bien où, s’il n’a pas d’adresse',
      wherePlaceholder: 'E-mail à 1 200 clients, courrier au maire, page d’accueil de l’intranet…',
      at: 'Quand',
    },
    card: {
      title: (number, title) => `Communiqué ${number} : ${title}`,
      asked: (number, title) => `Le communiqué ${number} « ${title} » attend une validation`,
      text: (number, title, status) => `Communiqué ${number} « ${title} » : ${status}`,
      facts: (kind, audience, language) => `*${kind}* · pour : ${audience} · en ${language}`,
      version: (version, hash, author, at) => `Version ${version} (\`${hash}\`) de ${author}, ${at}`,
      superseded: (number, title, version, by, next) =>
        `Communiqué ${number} *${title}*, version ${version} : remplacée par la version ${next} de ${by}. Son texte est conservé ; ne l’utilisez pas.`,
      supersededText: (number, version) => `Communiqué ${number}, version ${version} : remplacée`,
      part: (number, version, hash, part, of) =>
        `Communiqué ${number}, version ${version} (\`${hash}\`) · Texte ${part}/${of}`,
      continues: (of) => `Texte 1/${of} : la suite est dans ce fil.`,
      continuesBelow: (of) => `Texte 1/${of} : la suite est dans le message suivant.`,
      voided: (seats) => `Validation de la version précédente annulée : ${seats}. Le texte a changé.`,
      waiting: (seat, who, since) => `⏳ *${seat}* : en attente de ${who} depuis ${since}`,
      waitingNobody: (seat) =>
        `⚠️ *${seat}* : personne ne peut valider. Complétez l’annuaire avec \`/crise réglages\` ou transmettez la direction.`,
      given: (seat, who, at) => `✅ *${seat}* : ${who}, ${at}`,
      turnedDown: (verdict, who, seats, at) => `*${verdict}* par ${who} (${seats}), ${at} :`,
      draftBlanks: 'Projet : personne n’a encore été sollicité. Remplissez ses champs, puis soumettez-le.',
      draftNext: 'Projet : personne n’a encore été sollicité. Soumettez-le quand il est prêt.',
      changeNext: 'Modifiez-le pour créer une nouvelle version, puis soumettez-la.',
      approvedNext: (at) => `Validé ${at}. Il peut être publié exactement tel quel ; marquez-le ensuite comme publié.`,
      relayed: 'La moitié du délai est passée : les suppléants ont été sollicités eux aussi.',
      overdue: 'Le délai de validation est dépassé : le directeur de crise est prévenu.',
      published: (by, at, place) => `Publié ${at} : ${place} (indiqué par ${by})`,
      withdrawn: (by, at) => `Retiré par ${by}, ${at} :`,
      takeDown: (place) => `⚠️ Il avait été publié et doit être dépublié à la main : ${place}`,
      submit: 'Soumettre à validation',
      approve: 'Valider',
      changes: 'Demander des modifications…',
      reject: 'Refuser…',
      edit: 'Modifier…',
      differences: 'Voir les différences',
      withdraw: 'Retirer…',
      publish: 'Marquer comme publié…',
      spoken: (what, number, version) => `${what} : communiqué ${number}, version ${version}`,
      confirmTitle: (version) => `Valider la version ${version} ?`,
      confirm: (number, version, hash) =>
        `Vous validez le communiqué ${number}, version ${version} (${hash}), exactement tel qu’il est écrit ici. Si un seul caractère change, votre validation est annulée.`,
      confirmYes: 'Valider',
      confirmNo: 'Pas encore',
    },
    ask: {
      intro: (room, seats, by) =>
        `${by} demande votre validation dans ${room}, au titre de : *${seats}*. Lisez jusqu’au bout, puis répondez ici ou là-bas.`,
      deputy: (seats) => `Personne n’a répondu pour *${seats}*, dont vous êtes suppléant.`,
      fallen: (version, seats) =>
        `*Le texte a changé depuis la version ${version}.* La validation donnée par ${seats} tombe avec elle et doit être redonnée. Ce qui a changé :`,
      changed: (version) => `*Le texte a changé depuis la version ${version}.* Ce qui a changé :`,
      textFollows: 'Le texte complet suit : c’est lui que vous validez.',
      moreDifferences: 'D’autres passages ont changé : cliquez sur « Voir les différences ». Le texte complet suit.',
      card: 'Voir dans la cellule de crise',
      youApproved: (at) => `Vous avez validé cette version, ${at}.`,
      youAskedChanges: (at) => `Vous avez demandé des modifications de cette version, ${at}.`,
      youRejected: (at) => `Vous avez refusé cette version, ${at}.`,
      notNeeded: 'Votre réponse n’est plus nécessaire.',
      state: (state) => `État actuel : *${state}*.`,
    },
    told: {
      changes: (who, number, title, version) =>
        `*${who}* demande des modifications du communiqué ${number} *${title}*, version ${version} :`,
      rejected: (who, number, title, version) =>
        `*${who}* a refusé le communiqué ${number} *${title}*, version ${version} :`,
      next: 'Cette version ne peut plus être validée. Modifiez-la, puis soumettez la nouvelle.',
      approved: (number, title, version) =>
        `Le communiqué ${number} *${title}*, version ${version}, est validé. Publiez exactement ce texte, puis marquez-le comme publié.`,
      approvedWait: (number, title, version) =>
        `Le communiqué ${number} *${title}*, version ${version}, est validé. La communication publie exactement ce texte, puis le marque comme publié.`,
      overdue: (number, title, waits) =>
        `Le communiqué ${number} *${title}* n’a pas été validé à temps. Il manque : ${waits}. Appelez-les par téléphone : le silence ne vaut jamais accord.`,
      changesText: (number) => `Modifications demandées : communiqué ${number}`,
      rejectedText: (number) => `Le communiqué ${number} a été refusé`,
      approvedText: (number) => `Le communiqué ${number} est validé`,
      overdueText: (number) => `Le communiqué ${number} n’a pas été validé à temps`,
    },
    line: {
      statement: (number, title, status) => `*${number}. ${title}* : ${status}`,
      waits: (waits) => `en attente de ${waits}`,
      wait: (seat, who) => `${seat} (${who})`,
      since: (duration) => `depuis ${duration}`,
      sinceTime: (time) => `depuis ${time}`,
      nobody: 'personne ne peut valider',
    },
    list: {
      title: 'Communiqués',
      none: 'Aucun communiqué n’a été rédigé dans cette crise. Rédigez-en un avec `/crise communiqué`.',
      show: 'Afficher',
      draft: 'Rédiger un communiqué',
      more: (n) => `… et ${n} plus anciens : affichez-en un avec \`/crise communiqué [numéro]\`.`,
    },
    differences: {
      title: 'Différences',
      intro: (before, after) =>
        `De la version ${before} à la version ${after}. Les mots supprimés sont barrés, entre [− −] ; les mots ajoutés sont en gras, entre [+ +].`,
      only: 'C’est la première version : il n’y a rien à comparer.',
      compare: 'Comparer avec',
      version: (number, approved) => `Version ${number}${approved ? ' (avait des validations)' : ''}`,
      from: (label, before, after) => `*${label}* : ${before} → ${after}`,
      same: 'Le texte lui-même est identique.',
      yes: 'oui',
      no: 'non',
    },
    done: {
      submitted: (number, seats) => `Le communiqué ${number} est soumis à validation. Sollicités : ${seats}.`,
      approval: (number, version, hash) =>
        `Votre validation du communiqué ${number}, version ${version} (\`${hash}\`), est enregistrée.`,
      approvedAll: (number) => `Le communiqué ${number} est validé : toutes les validations requises sont réunies.`,
    },
    someone: 'quelqu’un de ce service',
  },
);

/** What a refusal is told with: names of people, an instant as the reader sees it. */
export type Telling = { named: (userId: string) => string; time: (at: Date) => string };

type Told = { [C in StatementRefusal['code']]: (no: Extract<StatementRefusal, { code: C }>, t: Telling) => string };

const refusals: Record<Language, Told> = {
  en: {
    not_in_room: () => 'I cannot do that here: do it in the war room of the crisis, or ask its lead to add you.',
    closed: () => 'This crisis is closed. Reopen it first with `/crisis reopen`.',
    no_crisis: () =>
      'You are part of no open crisis. Declare one with `/crisis declare`, or ask to be added to its room.',
    unknown: () => 'There is no statement with this number here. See them all with `/crisis statements`.',
    title_missing: () => 'Give it a title: a few words that everybody will recognise.',
    title_too_long: ({ length }) => `The title has ${length} characters; it takes 120. Move the rest to the text.`,
    body_missing: () => 'The text is empty. Write what is to be said.',
    body_too_long: ({ length }) =>
      `The whole text has ${count('en', length)} characters, ${count('en', length - 12_000)} more than the 12,000 a statement takes. Nothing is lost: shorten it here and save again.`,
    edited_meanwhile: ({ version, byId }, { named }) =>
      `${named(byId)} saved version ${version} while you were writing. Copy your text, then edit version ${version}.`,
    unchanged: ({ version }) => `Nothing was changed: version ${version} stands, with its approvals.`,
    not_editable: ({ status }) =>
      `It is ${status}: its wording no longer changes. Draft a new statement with \`/crisis statement\`.`,
    not_submittable: ({ status }) =>
      status === 'in_review'
        ? 'It is already submitted: its card shows on whom it waits.'
        : status === 'changes_requested' || status === 'rejected'
          ? 'This version was turned down. Edit it, then submit the new version.'
          : `It is ${status} and cannot be submitted again. Draft a new statement with \`/crisis statement\`.`,
    no_approver: ({ seats }) =>
      `Nobody but the author could approve for ${seatList(seats, 'en')}. Name somebody with \`/crisis settings\`, hand over the lead with \`/crisis lead @someone\`, or let somebody else write it.`,
    stale: ({ version, byId, at }, { named, time }) =>
      `Nothing was recorded: you were looking at an old text. There is a version ${version} by ${named(byId)}, ${time(at)}. Read that one, then decide.`,
    not_in_review: ({ status }) =>
      `Nothing was recorded: this statement is not in review. It is now: ${statusName(status, 'en').toLowerCase()}.`,
    own_words: ({ as }) =>
      as === 'author'
        ? 'You wrote this version, and nobody approves their own words. Another person of the department, its deputy or the lead must.'
        : 'You submitted this version, and nobody approves what they submitted. Another person of the department, its deputy or the lead must.',
    not_an_approver: ({ seats }) =>
      `Only ${seatList(seats, 'en')} can decide on this statement. If you should, ask an administrator to add you with \`/crisis settings\`.`,
    already_approved: ({ byId, mine, at }, { named, time }) =>
      mine
        ? `You approved this version already, ${time(at)}. There is nothing left for you to do.`
        : `${named(byId)} approved this version for your department already, ${time(at)}. There is nothing left for you to do.`,
    reason_missing: () => 'Say why: the author must know what to do, and the timeline keeps it.',
    not_approved: ({ status }) =>
      `It can be marked as published only once it is approved. It is now: ${statusName(status, 'en').toLowerCase()}.`,
    may_not_publish: () => 'Only communication and the crisis lead mark a statement as published. Ask one of them.',
    address_missing: () => 'Give the address, or say where it was published.',
    address_wrong: () =>
      'This is not a web address. It starts with https:// or http://, for example https://example.com/news.',
    published_in_future: () => 'This time is still to come. Mark it once it is published.',
    published_before_approval: ({ approvedAt }, { time }) =>
      `This is before the last approval (${time(approvedAt)}). If it went out before, write so in the timeline instead.`,
    already_withdrawn: ({ byId, at }, { named, time }) => `${named(byId)} withdrew it already, ${time(at)}.`,
    nothing_to_do: () => 'There is nothing left to do.',
    blocked: ({ codes }) =>
      `It is saved, but not submitted: ${list(
        'en',
        codes.map((code) => findingWords(code, 'en').title.toLowerCase()),
      )}. Press “Check…” on its card and answer each point, or edit the text.`,
    unconfirmed: ({ facts, causes }) =>
      `The text says what is not confirmed (any more): ${list('en', [
        ...facts.map((number) => `fact ${number}`),
        ...causes.map((number) => `cause ${number}`),
      ])}. Confirm it with \`/crisis facts\`, or request changes.`,
    not_legal: () =>
      'Only legal can agree that somebody is named or described. Press “Ask legal”: they get the text with a button.',
    nothing_chosen: () => 'Choose what was done, or say why nothing needs to be linked.',
    not_done: () => 'Only a task or measure that is done can be linked. Mark it as done first, or reword the sentence.',
    not_a_twin: () =>
      'That is not its translation: choose a statement of this crisis in the other language that was not withdrawn.',
    map_empty: () => 'Write at least one message.',
    map_too_long: ({ length }) =>
      `Together these are ${count('en', length)} characters, more than the 9,000 that are kept. Shorten the proofs.`,
    map_changed_meanwhile: () =>
      'Somebody saved the message map while you were writing. Copy your words, then open it again.',
  },
  fr: {
    not_in_room: () =>
      'Je ne peux pas faire cela ici : faites-le dans la cellule de crise concernée, ou demandez à son directeur de vous y ajouter.',
    closed: () => 'Cette crise est close. Rouvrez-la d’abord avec `/crise rouvrir`.',
    no_crisis: () =>
      'Aucune crise ouverte ne vous concerne. Déclenchez-en une avec `/crise déclencher`, ou demandez à rejoindre sa cellule.',
    unknown: () => 'Aucun communiqué ne porte ce numéro ici. Voyez-les tous avec `/crise communiqués`.',
    title_missing: () => 'Donnez un titre : quelques mots que chacun reconnaîtra.',
    title_too_long: ({ length }) =>
      `Le titre compte ${length} caractères, pour 120 au plus. Reportez le reste dans le texte.`,
    body_missing: () => 'Le texte est vide. Écrivez ce qui doit être dit.',
    body_too_long: ({ length }) =>
      `Le texte entier compte ${count('fr', length)} caractères, soit ${count('fr', length - 12_000)} de plus que les 12 000 possibles. Rien n’est perdu : raccourcissez-le ici et enregistrez de nouveau.`,
    edited_meanwhile: ({ version, byId }, { named }) =>
      `${named(byId)} a enregistré la version ${version} pendant que vous écriviez. Copiez votre texte, puis modifiez la version ${version}.`,
    unchanged: ({ version }) => `Rien n’a changé : la version ${version} demeure, avec ses validations.`,
    not_editable: ({ status }) =>
      `Il est ${statusName(status, 'fr').toLowerCase()} : sa rédaction ne change plus. Rédigez un nouveau communiqué avec \`/crise communiqué\`.`,
    not_submittable: ({ status }) =>
      status === 'in_review'
        ? 'Il est déjà soumis : sa carte montre de qui il dépend.'
        : status === 'changes_requested' || status === 'rejected'
          ? 'Cette version n’a pas été acceptée. Modifiez-la, puis soumettez la nouvelle version.'
          : `Il est ${statusName(status, 'fr').toLowerCase()} et ne peut plus être soumis. Rédigez un nouveau communiqué avec \`/crise communiqué\`.`,
    no_approver: ({ seats }) =>
      `Personne d’autre que l’auteur ne pourrait valider pour : ${seatList(seats, 'fr')}. Désignez quelqu’un avec \`/crise réglages\`, transmettez la direction avec \`/crise directeur @quelqu’un\`, ou laissez quelqu’un d’autre rédiger.`,
    stale: ({ version, byId, at }, { named, time }) =>
      `Rien n’a été enregistré : vous aviez un ancien texte sous les yeux. Il existe une version ${version} de ${named(byId)}, ${time(at)}. Lisez-la, puis décidez.`,
    not_in_review: ({ status }) =>
      `Rien n’a été enregistré : ce communiqué n’est pas en validation. État actuel : ${statusName(status, 'fr').toLowerCase()}.`,
    own_words: ({ as }) =>
      as === 'author'
        ? 'Vous avez rédigé cette version, et personne ne valide ses propres mots. Une autre personne du service, son suppléant ou le directeur de crise doit le faire.'
        : 'Vous avez soumis cette version, et personne ne valide ce qu’il a soumis. Une autre personne du service, son suppléant ou le directeur de crise doit le faire.',
    not_an_approver: ({ seats }) =>
      `Seuls décident de ce communiqué : ${seatList(seats, 'fr')}. Si vous devez en être, demandez à un administrateur de vous ajouter avec \`/crise réglages\`.`,
    already_approved: ({ byId, mine, at }, { named, time }) =>
      mine
        ? `Vous avez déjà validé cette version, ${time(at)}. Il ne vous reste rien à faire.`
        : `${named(byId)} a déjà validé cette version pour votre service, ${time(at)}. Il ne vous reste rien à faire.`,
    reason_missing: () => 'Dites pourquoi : l’auteur doit savoir quoi faire, et la main courante le conserve.',
    not_approved: ({ status }) =>
      `Il ne peut être marqué comme publié qu’une fois validé. État actuel : ${statusName(status, 'fr').toLowerCase()}.`,
    may_not_publish: () =>
      'Seuls la communication et le directeur de crise marquent un communiqué comme publié. Adressez-vous à l’un d’eux.',
    address_missing: () => 'Donnez l’adresse, ou dites où il a été publié.',
    address_wrong: () =>
      'Ce n’est pas une adresse web. Elle commence par https:// ou http://, par exemple https://exemple.fr/actualites.',
    published_in_future: () => 'Cette heure est à venir. Marquez-le une fois publié.',
    published_before_approval: ({ approvedAt }, { time }) =>
      `C’est avant la dernière validation (${time(approvedAt)}). S’il est sorti avant, écrivez-le plutôt dans la main courante.`,
    already_withdrawn: ({ byId, at }, { named, time }) => `${named(byId)} l’a déjà retiré, ${time(at)}.`,
    nothing_to_do: () => 'Il ne reste rien à faire.',
    blocked: ({ codes }) =>
      `Enregistré, mais pas soumis : ${list(
        'fr',
        codes.map((code) => findingWords(code, 'fr').title.toLowerCase()),
      )}. Cliquez sur « Vérifier… » sur sa carte et répondez à chaque point, ou modifiez le texte.`,
    unconfirmed: ({ facts, causes }) =>
      `Le texte dit ce qui n’est pas (ou plus) confirmé : ${list('fr', [
        ...facts.map((number) => `fait ${number}`),
        ...causes.map((number) => `cause ${number}`),
      ])}. Confirmez-le avec \`/crise faits\`, ou demandez des modifications.`,
    not_legal: () =>
      'Seul le juridique peut accepter qu’une personne soit nommée ou décrite. Cliquez sur « Demander au juridique » : il reçoit le texte avec un bouton.',
    nothing_chosen: () => 'Choisissez ce qui a été fait, ou dites pourquoi rien n’est à relier.',
    not_done: () =>
      'Seule une tâche ou une mesure faite peut être reliée. Marquez-la d’abord comme faite, ou reformulez la phrase.',
    not_a_twin: () =>
      'Ce n’est pas sa traduction : choisissez un communiqué de cette crise, dans l’autre langue, qui n’a pas été retiré.',
    map_empty: () => 'Rédigez au moins un message.',
    map_too_long: ({ length }) =>
      `L’ensemble compte ${count('fr', length)} caractères, pour 9 000 au plus. Raccourcissez les preuves.`,
    map_changed_meanwhile: () =>
      'Quelqu’un a enregistré les messages clés pendant que vous écriviez. Copiez vos mots, puis rouvrez le formulaire.',
  },
};

export function refusalText(no: StatementRefusal, language: Language, telling: Telling): string {
  const say = refusals[language][no.code] as (no: StatementRefusal, telling: Telling) => string;
  return say(no, telling);
}
