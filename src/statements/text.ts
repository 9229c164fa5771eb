import { bilingual, list } from '../core/locale.ts';

export const words = bilingual(
  {
    feature: 'Statements',
    brief: {
      label: 'Words',
      line: (number: number, title: string, status: string, detail: string) =>
        `${number} ${title}, ${status}${detail ? `, ${detail}` : ''}`,
      more: (count: number) => `+${count}`,
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
        `Statement ${number}, version ${version}, is submitted with all its ${length} characters. Its card is in ${room}.`,
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
      waiveTitle: 'One person, two seats',
      waive: 'Why may one person approve for two seats?',
      waiveSend: 'Allow',
      waiveHint: 'Nobody else is left for this seat. Your reason is on the card and in the timeline.',
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
      told: 'Whom did it reach?',
      passedOver: (names: readonly string[]) =>
        `⚠️ Before them in your order, and not told yet: ${list('en', names)}. Tick those whom this text reached; tell the others first if you still can.`,
      next: 'When does this text say we speak next?',
      nextHint: 'As it stands in the text. In your own time zone.',
      noNext: 'Or',
      promisesNone: 'It promises none',
    },
    card: {
      asked: (number: number, title: string) => `Statement ${number} “${title}” waits for approval`,
      text: (number: number, title: string, status: string) => `Statement ${number} “${title}”: ${status}`,
      head: (number: number, title: string, status: string, version: number, hash: string) =>
        `*Statement ${number} · ${title}* · ${status} · version ${version} (\`${hash}\`)`,
      facts: (kind: string, audience: string, language: string, author: string, at: string) =>
        `${kind} · ${audience} · ${language} · by ${author} ${at}`,
      moved: (number: number, title: string) => `Statement ${number} *${title}*: its card is further down.`,
      listed: (number: number, title: string) =>
        `Statement ${number} *${title}* is a draft: it is under *Words* in the thread of the brief.`,
      movedText: (number: number) => `Statement ${number}: shown elsewhere`,
      partOver: 'This part belongs to an earlier wording: do not use it.',
      part: (number: number, version: number, hash: string, part: number, of: number) =>
        `Statement ${number}, version ${version} (\`${hash}\`) · Text ${part}/${of}`,
      continues: (of: number) => `Text 1/${of}: it goes on in this thread.`,
      continuesBelow: (of: number) => `Text 1/${of}: it goes on in the next message.`,
      voided: (seats: string) => `The approval of the version before by ${seats} is void: the text has changed.`,
      waiting: (seat: string, who: string, since: string) => `○ *${seat}* ${who}, waiting since ${since}`,
      waitingNobody: (seat: string) =>
        `⚠️ *${seat}*: nobody else can approve. The crisis lead may hand over the lead, or allow one person two seats. Anybody added in the settings now counts from the next version on.`,
      waived: (seat: string, by: string, reason: string) =>
        `⚠️ *${seat}*: ${by} allows the same person to approve for two seats. Reason: ${reason}`,
      waive: 'Allow two seats…',
      given: (seat: string, who: string, at: string) => `● *${seat}* ${who}, approved ${at}`,
      turnedDown: (verdict: string, who: string, seats: string, at: string) =>
        `*${verdict}* by ${who} (${seats}), ${at}:`,
      draftBlanks: 'Draft: nobody has been asked yet. Fill in its blanks, then submit it.',
      draftNext: 'Draft: nobody has been asked yet. Submit it when it is ready.',
      changeNext: 'Edit it to make a new version, then submit that.',
      approvedNext: (at: string) =>
        `Approved ${at}. Communication or the crisis lead publishes exactly this text, then marks it as published.`,
      due: (time: string) => `To be approved by ${time}`,
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
      see: 'See',
      withdraw: 'Withdraw…',
      publish: 'Mark as published…',
      spoken: (what: string, number: number, version: number) => `${what} statement ${number}, version ${version}`,
      confirmTitle: (version: number) => `Approve version ${version}?`,
      confirm: (number: number, version: number, hash: string) =>
        `You approve statement ${number}, version ${version} (${hash}), exactly as it is written here. If one character changes, your approval is void.`,
      confirmYes: 'Approve',
      confirmNo: 'Not yet',
    },
    wait: {
      approve: (number: number, title: string, version: number, seats: string, by: string, at: string, due: string) =>
        `*Approve statement ${number}* “${title}”, version ${version}, for ${seats}. Asked by ${by} at ${at}${due ? `, due ${due}` : ''}.`,
      deputy: (seats: string) => `Nobody has answered for ${seats}, and you are the deputy.`,
      fell: (version: number) => `Your approval of version ${version} is void: the text has changed.`,
      renamed: 'The settings changed since: those named when it was submitted still decide.',
      fallen: (number: number, title: string, by: string, version: number, at: string) =>
        `*Your approval of statement ${number} is void* “${title}”: ${by} wrote version ${version} at ${at}. It is to be submitted again.`,
      changes: (who: string, number: number, title: string, version: number, reason: string) =>
        `*${who} asks for changes* to statement ${number} “${title}”, version ${version}: ${reason}`,
      rejected: (who: string, number: number, title: string, version: number, reason: string) =>
        `*${who} rejected* statement ${number} “${title}”, version ${version}: ${reason}`,
      publish: (number: number, title: string, version: number, at: string) =>
        `*Publish statement ${number}* “${title}”, version ${version}, approved at ${at}: exactly this text, then mark it as published.`,
      stuck: (number: number, title: string, seats: string) =>
        `*Nobody else can approve statement ${number}* “${title}” for ${seats}. Hand over the lead, or allow one person two seats.`,
      overdue: (number: number, title: string, waits: string) =>
        `*Statement ${number} is not approved in time* “${title}”: call ${waits}. Silence is never consent.`,
      legal: (number: number, title: string, by: string, at: string, excerpts: string) =>
        `*May this be said?* Statement ${number} “${title}”, asked by ${by} at ${at}: ${excerpts}`,
      excerpt: (words: string) => `“${words}”`,
    },
    read: {
      title: 'Read, then decide',
      open: 'Read…',
      asked: (seats: string, by: string) => `${by} asks for your approval, for *${seats}*. Read it to the end.`,
      deputy: (seats: string) => `Nobody has answered for *${seats}*, and you are its deputy.`,
      fallen: (version: number, seats: string) =>
        `*The text has changed since version ${version}.* The approval by ${seats} is void, and must be given anew. What has changed:`,
      changed: (version: number) => `*The text has changed since version ${version}.* What has changed:`,
      textFollows: 'The whole text follows: it is what you approve.',
      moreDifferences: 'There are more changes: press “See differences”. The whole text follows.',
      youApproved: (at: string) => `You approved this version, ${at}.`,
      youAskedChanges: (at: string) => `You asked for changes to this version, ${at}.`,
      youRejected: (at: string) => `You rejected this version, ${at}.`,
      notNeeded: 'Your answer is not needed.',
      recorded: 'Recorded',
      sent: 'The author has your words, and the timeline keeps them.',
    },
    moved: {
      text: 'This is now in “What waits on you”',
      line: (crisis: string) => `What waits on you in ${crisis} is in one message now.`,
    },
    doubt: {
      text: (number: number) => `Statement ${number} no longer stands on confirmed facts`,
      fact: {
        corrected: (number: number) => `Fact ${number} was corrected`,
        checking: (number: number) => `Fact ${number} is being checked again`,
        false: (number: number) => `Fact ${number} is false`,
      },
      cause: (number: number) => `Cause ${number} is not confirmed any more`,
      line: (what: string, said: string, number: number, title: string, status: string) =>
        `⚠️ *${what}*. Statement ${number} *${title}* (${status.toLowerCase()}) says: “${said}”.`,
      next: {
        approved: (people: string) => `${people ? `${people}: do` : 'Do'} not publish it. Edit it or withdraw it.`,
        published: (people: string) =>
          `${people ? `${people}: correct` : 'Correct'} it with a new statement, or withdraw it.`,
      },
    },
    line: {
      wait: (seat: string, who: string) => `${seat} (${who})`,
      since: (duration: string) => `for ${duration}`,
      sinceTime: (time: string) => `since ${time}`,
      nobody: 'nobody can approve',
    },
    list: {
      title: 'Statements',
      board: 'Words',
      none: 'No statement has been drafted in this crisis. Draft one with `/crisis statement`.',
      nothing: 'None.',
      show: 'Show',
      all: 'All…',
      draft: 'Draft a statement',
      write: 'Write',
      state: 'Which?',
      anyState: 'All',
      line: (number: number, title: string, status: string, detail: string) =>
        `*${number} ${title}* · ${status}${detail ? ` · ${detail}` : ''}`,
      blanks: (count: number) => (count === 1 ? '1 blank left' : `${count} blanks left`),
      toPublish: 'to be published',
      more: (n: number) => `… and ${n} older ones: show one with \`/crisis statement [number]\`.`,
      moreBelow: (n: number) => `+${n}`,
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
    feature: 'Les communiqués',
    brief: {
      label: 'Prise de parole',
      line: (number, title, status, detail) => `${number} ${title}, ${status}${detail ? `, ${detail}` : ''}`,
      more: (count) => `+${count}`,
    },
    help: {
      statement: 'rédiger un communiqué, ou en afficher un par son numéro',
      statementUsage: '[titre | numéro]',
      statements: 'les communiqués de cette crise, et de qui chacun dépend',
    },
    form: {
      title: 'Rédiger un communiqué',
      editTitle: (number) => `Modifier le communiqué ${number}`,
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
        `Le communiqué ${number}, version ${version}, est soumis avec ses ${length} caractères. Sa carte se trouve dans ${room}.`,
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
      waiveTitle: 'Valider à deux titres',
      waive: 'Pourquoi une même personne peut-elle valider à deux titres ?',
      waiveSend: 'Autoriser',
      waiveHint: 'Il ne reste personne d’autre. Votre motif figure sur la carte et dans la main courante.',
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
      told: 'Qui a-t-il touché ?',
      passedOver: (names) =>
        `⚠️ Avant eux dans votre ordre, et pas encore informés : ${list('fr', names)}. Cochez ceux que ce texte a touchés ; informez d’abord les autres si c’est encore possible.`,
      next: 'Quand ce texte annonce-t-il la suite ?',
      nextHint: 'Telle qu’écrite dans le texte, à l’heure de votre fuseau.',
      noNext: 'Ou',
      promisesNone: 'Il n’en promet aucune',
    },
    card: {
      asked: (number, title) => `Le communiqué ${number} « ${title} » attend une validation`,
      text: (number, title, status) => `Communiqué ${number} « ${title} » : ${status}`,
      head: (number, title, status, version, hash) =>
        `*Communiqué ${number} · ${title}* · ${status} · version ${version} (\`${hash}\`)`,
      facts: (kind, audience, language, author, at) => `${kind} · ${audience} · ${language} · par ${author} ${at}`,
      moved: (number, title) => `Communiqué ${number} *${title}* : sa carte est plus bas.`,
      listed: (number, title) =>
        `Communiqué ${number} *${title}*, encore en projet : voyez *Prise de parole*, dans le fil du tableau de bord.`,
      movedText: (number) => `Communiqué ${number} : affiché ailleurs`,
      partOver: 'Cette partie appartient à une rédaction antérieure : ne l’utilisez pas.',
      part: (number, version, hash, part, of) =>
        `Communiqué ${number}, version ${version} (\`${hash}\`) · Texte ${part}/${of}`,
      continues: (of) => `Texte 1/${of} : la suite est dans ce fil.`,
      continuesBelow: (of) => `Texte 1/${of} : la suite est dans le message suivant.`,
      voided: (seats) => `Validation de la version précédente annulée : ${seats}. Le texte a changé.`,
      waiting: (seat, who, since) => `○ *${seat}* ${who}, en attente depuis ${since}`,
      waitingNobody: (seat) =>
        `⚠️ *${seat}* : personne d’autre ne peut valider. Le pilote de crise peut transmettre le pilotage, ou autoriser une même personne à valider à deux titres. Qui est ajouté dans les réglages maintenant compte à partir de la prochaine version.`,
      waived: (seat, by, reason) =>
        `⚠️ *${seat}* : ${by} autorise une même personne à valider à deux titres. Motif : ${reason}`,
      waive: 'Valider à deux titres…',
      given: (seat, who, at) => `● *${seat}* ${who}, a validé à ${at}`,
      turnedDown: (verdict, who, seats, at) => `*${verdict}* par ${who} (${seats}), ${at} :`,
      draftBlanks: 'Projet : personne n’a encore été sollicité. Remplissez ses champs, puis soumettez-le.',
      draftNext: 'Projet : personne n’a encore été sollicité. Soumettez-le quand il est prêt.',
      changeNext: 'Modifiez-le pour créer une nouvelle version, puis soumettez-la.',
      approvedNext: (at) =>
        `Validé ${at}. La communication ou le pilote de crise publie exactement ce texte, puis le marque comme publié.`,
      due: (time) => `À valider avant ${time}`,
      relayed: 'La moitié du délai est passée : les suppléants ont été sollicités eux aussi.',
      overdue: 'Le délai de validation est dépassé : le pilote de crise est prévenu.',
      published: (by, at, place) => `Publié ${at} : ${place} (indiqué par ${by})`,
      withdrawn: (by, at) => `Retiré par ${by}, ${at} :`,
      takeDown: (place) => `⚠️ Il avait été publié et doit être dépublié à la main : ${place}`,
      submit: 'Soumettre à validation',
      approve: 'Valider',
      changes: 'Demander des modifications…',
      reject: 'Refuser…',
      edit: 'Modifier…',
      differences: 'Voir les différences',
      see: 'Voir',
      withdraw: 'Retirer…',
      publish: 'Marquer comme publié…',
      spoken: (what, number, version) => `${what} : communiqué ${number}, version ${version}`,
      confirmTitle: (version) => `Valider la version ${version} ?`,
      confirm: (number, version, hash) =>
        `Vous validez le communiqué ${number}, version ${version} (${hash}), exactement tel qu’il est écrit ici. Si un seul caractère change, votre validation est annulée.`,
      confirmYes: 'Valider',
      confirmNo: 'Pas encore',
    },
    wait: {
      approve: (number, title, version, seats, by, at, due) =>
        `*Valider le communiqué ${number}* « ${title} », version ${version}, au titre de : ${seats}. Demandé par ${by} à ${at}${due ? `, à rendre avant ${due}` : ''}.`,
      deputy: (seats) => `Sans réponse au titre de : ${seats}. Vous êtes suppléant.`,
      fell: (version) => `Votre validation de la version ${version} est annulée : le texte a changé.`,
      renamed: 'Les réglages ont changé depuis : les personnes désignées lors de la soumission décident toujours.',
      fallen: (number, title, by, version, at) =>
        `*Votre validation du communiqué ${number} est annulée* « ${title} » : ${by} a écrit la version ${version} à ${at}. Il doit être soumis à nouveau.`,
      changes: (who, number, title, version, reason) =>
        `*${who} demande des modifications* du communiqué ${number} « ${title} », version ${version} : ${reason}`,
      rejected: (who, number, title, version, reason) =>
        `*${who} a refusé* le communiqué ${number} « ${title} », version ${version} : ${reason}`,
      publish: (number, title, version, at) =>
        `*Publier le communiqué ${number}* « ${title} », version ${version}, validé à ${at} : exactement ce texte, puis le marquer comme publié.`,
      stuck: (number, title, seats) =>
        `*Personne d’autre ne peut valider le communiqué ${number}* « ${title} » au titre de : ${seats}. Transmettez le pilotage, ou autorisez une même personne à valider à deux titres.`,
      overdue: (number, title, waits) =>
        `*Le communiqué ${number} n’est pas validé à temps* « ${title} » : appelez ${waits}. Le silence ne vaut jamais accord.`,
      legal: (number, title, by, at, excerpts) =>
        `*Peut-on le dire ?* Communiqué ${number} « ${title} », demande de ${by} à ${at} : ${excerpts}`,
      excerpt: (words) => `« ${words} »`,
    },
    read: {
      title: 'Lire, puis décider',
      open: 'Lire…',
      asked: (seats, by) => `${by} demande votre validation, au titre de : *${seats}*. Lisez jusqu’au bout.`,
      deputy: (seats) => `Personne n’a répondu pour *${seats}*, dont vous êtes suppléant.`,
      fallen: (version, seats) =>
        `*Le texte a changé depuis la version ${version}.* La validation donnée par ${seats} est annulée et doit être redonnée. Ce qui a changé :`,
      changed: (version) => `*Le texte a changé depuis la version ${version}.* Ce qui a changé :`,
      textFollows: 'Le texte complet suit : c’est lui que vous validez.',
      moreDifferences: 'D’autres passages ont changé : cliquez sur « Voir les différences ». Le texte complet suit.',
      youApproved: (at) => `Vous avez validé cette version, ${at}.`,
      youAskedChanges: (at) => `Vous avez demandé des modifications de cette version, ${at}.`,
      youRejected: (at) => `Vous avez refusé cette version, ${at}.`,
      notNeeded: 'Votre réponse n’est pas nécessaire.',
      recorded: 'Enregistré',
      sent: 'L’auteur reçoit vos mots, et la main courante les conserve.',
    },
    moved: {
      text: 'Voyez « Ce qui vous attend »',
      line: (crisis) => `Ce qui vous attend dans ${crisis} tient désormais en un message.`,
    },
    doubt: {
      text: (number) => `Le communiqué ${number} ne repose plus sur des faits confirmés`,
      fact: {
        corrected: (number) => `Fait ${number} corrigé`,
        checking: (number) => `Fait ${number} de nouveau en vérification`,
        false: (number) => `Fait ${number} faux`,
      },
      cause: (number) => `Cause ${number} non confirmée`,
      line: (what, said, number, title, status) =>
        `⚠️ *${what}*. Le communiqué ${number} *${title}* (${status.toLowerCase()}) dit : « ${said} ».`,
      next: {
        approved: (people) => `${people ? `${people} : ne` : 'Ne'} le publiez pas. Modifiez-le ou retirez-le.`,
        published: (people) =>
          `${people ? `${people} : rectifiez` : 'Rectifiez'} par un nouveau communiqué, ou retirez-le.`,
      },
    },
    line: {
      wait: (seat, who) => `${seat} (${who})`,
      since: (duration) => `depuis ${duration}`,
      sinceTime: (time) => `depuis ${time}`,
      nobody: 'personne ne peut valider',
    },
    list: {
      title: 'Communiqués',
      board: 'Prise de parole',
      none: 'Aucun communiqué n’a été rédigé dans cette crise. Rédigez-en un avec `/crise communiqué`.',
      nothing: 'Aucun.',
      show: 'Afficher',
      all: 'Tout voir…',
      draft: 'Rédiger un communiqué',
      write: 'Rédiger',
      state: 'Lesquels ?',
      anyState: 'Tous',
      line: (number, title, status, detail) => `*${number} ${title}* · ${status}${detail ? ` · ${detail}` : ''}`,
      blanks: (count) => (count <= 1 ? '1 champ à remplir' : `${count} champs à remplir`),
      toPublish: 'à publier',
      more: (n) => `… et ${n} plus anciens : affichez-en un avec \`/crise communiqué [numéro]\`.`,
      moreBelow: (n) => `+${n}`,
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
