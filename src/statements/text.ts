import { bilingual, list } from '../core/locale.ts';

export const words = bilingual(
  {
    feature: 'Statements',
    brief: { label: 'Words', more: (count: number) => `+${count}` },
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
        `⚠️ *${seat}*: nobody else can approve. The crisis lead may hand over the lead, or allow one person two seats. Whoever is added in the settings now counts from the next version on.`,
      waived: (seat: string, by: string, reason: string) =>
        `⚠️ *${seat}*: ${by} allows the same person to approve for two seats. Reason: ${reason}`,
      waive: 'Allow two seats…',
      given: (seat: string, who: string, at: string) => `✅ *${seat}*: ${who}, ${at}`,
      turnedDown: (verdict: string, who: string, seats: string, at: string) =>
        `*${verdict}* by ${who} (${seats}), ${at}:`,
      draftBlanks: 'Draft: nobody has been asked yet. Fill in its blanks, then submit it.',
      draftNext: 'Draft: nobody has been asked yet. Submit it when it is ready.',
      changeNext: 'Edit it to make a new version, then submit that.',
      approvedNext: (at: string) =>
        `Approved ${at}. It may be published exactly as it is here; then mark it as published.`,
      due: (time: string) => `To be approved by ${time}.`,
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
      stuckText: (number: number) => `Statement ${number}: nobody else can approve`,
      stuck: (number: number, title: string, waits: string) =>
        `Statement ${number} *${title}* still needs ${waits}, and everybody who could approve has approved for another seat. Hand over the lead to somebody else, or allow one person two seats, with a reason.`,
      rosterText: (number: number) => `Statement ${number}: the settings changed during its review`,
      roster: (number: number, title: string, version: number, by: string) =>
        `The settings changed while statement ${number} *${title}*, version ${version}, was under way${by ? `, by ${by}` : ''}:`,
      rosterNote:
        'This gives nobody a seat and takes none: those who were named when it was submitted approve this version.',
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
    feature: 'Les communiqués',
    brief: { label: 'Prise de parole', more: (count) => `+${count}` },
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
        `⚠️ *${seat}* : personne d’autre ne peut valider. Le directeur de crise peut transmettre la direction, ou autoriser une même personne à valider à deux titres. Qui est ajouté dans les réglages maintenant compte à partir de la prochaine version.`,
      waived: (seat, by, reason) =>
        `⚠️ *${seat}* : ${by} autorise une même personne à valider à deux titres. Motif : ${reason}`,
      waive: 'Valider à deux titres…',
      given: (seat, who, at) => `✅ *${seat}* : ${who}, ${at}`,
      turnedDown: (verdict, who, seats, at) => `*${verdict}* par ${who} (${seats}), ${at} :`,
      draftBlanks: 'Projet : personne n’a encore été sollicité. Remplissez ses champs, puis soumettez-le.',
      draftNext: 'Projet : personne n’a encore été sollicité. Soumettez-le quand il est prêt.',
      changeNext: 'Modifiez-le pour créer une nouvelle version, puis soumettez-la.',
      approvedNext: (at) => `Validé ${at}. Il peut être publié exactement tel quel ; marquez-le ensuite comme publié.`,
      due: (time) => `À valider avant ${time}.`,
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
      stuckText: (number) => `Communiqué ${number} : personne d’autre ne peut valider`,
      stuck: (number, title, waits) =>
        `Le communiqué ${number} *${title}* attend encore ${waits}, et tous ceux qui pourraient valider l’ont déjà fait à un autre titre. Transmettez la direction de crise, ou autorisez une même personne à valider à deux titres, en disant pourquoi.`,
      rosterText: (number) => `Communiqué ${number} : les réglages ont changé en cours de validation`,
      roster: (number, title, version, by) =>
        `Les réglages ont changé pendant la validation du communiqué ${number} *${title}*, version ${version}${by ? `, par ${by}` : ''} :`,
      rosterNote:
        'Personne n’y gagne ni n’y perd de voix : valident cette version ceux qui étaient désignés lors de la soumission.',
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
