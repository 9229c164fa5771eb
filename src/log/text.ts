import { bilingual, type Language, plural } from '../core/locale.ts';
import { words as timelineWords } from '../timeline/text.ts';
import { explainBroken, type Verdict } from '../timeline/verify.ts';

export const words = bilingual(
  {
    feature: 'The timeline',
    entry: {
      note: (text: string, corrects: number | null, source: string | null) =>
        `${corrects === null ? '' : `Correction of entry ${corrects}: `}${text}${source ? `\nSource: ${source}` : ''}`,
      message: (authorId: string | null, text: string, files: readonly string[]) =>
        `Message ${authorId ? `from <@${authorId}>` : 'from an app'}: ${text || '(no text)'}${files.length > 0 ? `\nFiles: ${files.join(', ')}` : ''}`,
      edited: (seq: number, before: string, after: string) =>
        `The message of entry ${seq} was edited in Slack.\nBefore: ${before || '(no text)'}\nAfter: ${after || '(no text)'}`,
      deleted: (seq: number, authorId: string | null, before: string) =>
        `The message of entry ${seq}${authorId ? `, written by <@${authorId}>,` : ''} was deleted in Slack, which does not say by whom.\nIt read: ${before || '(no text)'}`,
      exported: (userId: string) => `The timeline was sent to <@${userId}> as files`,
    },
    written: (seq: string, time: string) => `Entry ${seq} of the timeline, ${time}:`,
    messageWritten: (seq: string) => `Added to the timeline as entry ${seq}.`,
    exportOrdered:
      'I am sending you the whole timeline in a direct message: a PDF to read, the same as Markdown, and a JSON file that can be checked.',
    exportReady: (title: string) => `Timeline of *${title}*`,
    exportReadyText: 'The timeline you asked for',
    exportHead: (entries: number, hash: string) =>
      `${entries} entries. Fingerprint: \`${hash}\`\nKeep the files. *Verify* tells whether the timeline still is what they say.`,
    form: {
      title: 'Write in the timeline',
      correctTitle: 'Correct an entry',
      submit: 'Write',
      cancel: 'Cancel',
      text: 'What happened?',
      textHint: 'Facts, decisions, calls. What is written can be corrected by another entry, never erased.',
      when: 'When did it happen?',
      whenHint: 'Leave empty for now. It may be earlier than the moment of writing; both are kept.',
      source: 'Source (link)',
      correcting: (seq: number, text: string) =>
        `Entry ${seq} stays as it is; your correction is added after it and refers to it.\n>${text}`,
      chooseTitle: 'Add to the timeline',
      chooseSubmit: 'Add',
      chooseCrisis: 'To which crisis does this message belong?',
      noCrisis: 'You are part of no open crisis, so there is no timeline to add this message to.',
      done: (seq: string, title: string) => `Added to the timeline of ${title} as entry ${seq}.`,
    },
    view: {
      title: (title: string) => `Timeline: ${title}`,
      range: (from: number, to: number, count: number) => `Entries ${from} to ${to} of ${count}`,
      empty: 'Nothing is written yet.',
      older: 'Earlier entries',
      newer: 'Later entries',
      write: 'Write an entry',
      sendAll: 'Send me the whole timeline',
      correct: 'Correct…',
      correctSpoken: (seq: number) => `Correct entry ${seq}`,
      shortened: 'Long entries are shortened here. “Send me the whole timeline” gives every word.',
      hint: '`/crisis log 14:05 the regulator called` writes an entry. 📌 on a message adds it.',
    },
    help: {
      log: 'write what happened in the timeline',
      logUsage: '[14:05] <what happened>',
      timeline: 'read the timeline, or get it as files',
      timelineUsage: '[export]',
      verify: 'check that nobody changed the timeline',
      verifyUsage: '[fingerprint]',
    },
    verify: {
      button: 'Verify',
      intact: (entries: number, messages: number, hash: string) =>
        `*The timeline is intact*: ${entries} entries and ${messages} records of messages, each the one that was written, in its place.\nFingerprint: \`${hash}\``,
      kept: (entry: number, after: number) =>
        after === 0
          ? 'The fingerprint you gave is that of the last entry.'
          : `The fingerprint you gave is that of entry ${entry}; ${after} were written after it.`,
      advice:
        'Keep this fingerprint outside Slack. Somebody who owns the database could rewrite everything and its fingerprint with it: `/crisis verify [fingerprint you kept]` finds that out.',
      broken: (where: string) =>
        `*The timeline is not intact.* ${where}\nNothing was changed by this check. Tell your counsel and your administrator, keep the files that were posted or sent to you, and let nobody tidy up: an expert can compare them.`,
      usage:
        'A fingerprint has 16 characters in a digest, 64 in the message that closed the crisis or came with an export: `/crisis verify [fingerprint]`. Alone, `/crisis verify` checks the timeline of this room.',
    },
    when: {
      bad_time: (typed: string) =>
        `No clock shows “${typed}”. Write it like \`14:05\`, or type \`/crisis log\` alone to pick the time. Nothing was written.`,
      future: (typed: string) =>
        `“${typed}” has not come yet today. If the hour belongs to your sentence, begin with another word; if it was another day, type \`/crisis log\` alone and pick the day. Nothing was written.`,
    },
    refusedReaction: (reason: string) => `Your reaction added nothing to the timeline. ${reason}`,
  },
  {
    feature: 'La main courante',
    entry: {
      note: (text, corrects, source) =>
        `${corrects === null ? '' : `Correction de l’entrée ${corrects} : `}${text}${source ? `\nSource : ${source}` : ''}`,
      message: (authorId, text, files) =>
        `Message ${authorId ? `de <@${authorId}>` : 'd’une application'} : ${text || '(sans texte)'}${files.length > 0 ? `\nFichiers : ${files.join(', ')}` : ''}`,
      edited: (seq, before, after) =>
        `Le message de l’entrée ${seq} a été modifié dans Slack.\nAvant : ${before || '(sans texte)'}\nAprès : ${after || '(sans texte)'}`,
      deleted: (seq, authorId, before) =>
        `Le message de l’entrée ${seq}${authorId ? `, écrit par <@${authorId}>,` : ''} a été supprimé dans Slack, qui ne dit pas par qui.\nIl disait : ${before || '(sans texte)'}`,
      exported: (userId) => `La main courante a été envoyée à <@${userId}> sous forme de fichiers`,
    },
    written: (seq, time) => `Entrée ${seq} de la main courante, ${time} :`,
    messageWritten: (seq) => `Ajouté à la main courante : entrée ${seq}.`,
    exportOrdered:
      'Je vous envoie toute la main courante en message direct : un PDF à lire, le même en Markdown, et un fichier JSON vérifiable.',
    exportReady: (title) => `Main courante de *${title}*`,
    exportReadyText: 'La main courante que vous avez demandée',
    exportHead: (entries, hash) =>
      `${entries} entrées. Empreinte : \`${hash}\`\nConservez les fichiers. *Vérifier* dit si la main courante est toujours celle qu’ils contiennent.`,
    form: {
      title: 'Consigner un événement',
      correctTitle: 'Corriger une entrée',
      submit: 'Consigner',
      cancel: 'Annuler',
      text: 'Que s’est-il passé ?',
      textHint: 'Faits, décisions, appels. Ce qui est écrit peut être corrigé par une autre entrée, jamais effacé.',
      when: 'Quand est-ce arrivé ?',
      whenHint: 'Laissez vide pour maintenant. Le moment peut précéder celui de l’écriture ; les deux sont conservés.',
      source: 'Source (lien)',
      correcting: (seq, text) =>
        `L’entrée ${seq} reste telle quelle ; votre correction s’ajoute à la suite et y renvoie.\n>${text}`,
      chooseTitle: 'Main courante',
      chooseSubmit: 'Ajouter',
      chooseCrisis: 'À quelle crise ce message se rapporte-t-il ?',
      noCrisis: 'Vous ne faites partie d’aucune crise ouverte : il n’y a pas de main courante où ajouter ce message.',
      done: (seq, title) => `Ajouté à la main courante de ${title} : entrée ${seq}.`,
    },
    view: {
      title: (title) => `Main courante : ${title}`,
      range: (from, to, count) => `Entrées ${from} à ${to} sur ${count}`,
      empty: 'Rien n’est encore consigné.',
      older: 'Entrées précédentes',
      newer: 'Entrées suivantes',
      write: 'Consigner un événement',
      sendAll: 'M’envoyer toute la main courante',
      correct: 'Corriger…',
      correctSpoken: (seq) => `Corriger l’entrée ${seq}`,
      shortened: 'Les longues entrées sont abrégées ici. « M’envoyer toute la main courante » donne chaque mot.',
      hint: '`/crise noter 14h05 le régulateur a appelé` consigne une entrée. 📌 sur un message l’ajoute.',
    },
    help: {
      log: 'consigner un événement dans la main courante',
      logUsage: '[14h05] <ce qui s’est passé>',
      timeline: 'lire la main courante, ou la recevoir en fichiers',
      timelineUsage: '[export]',
      verify: 'vérifier que personne n’a modifié la main courante',
      verifyUsage: '[empreinte]',
    },
    verify: {
      button: 'Vérifier',
      intact: (entries, messages, hash) =>
        `*La main courante est intacte* : ${entries} ${plural('fr', entries, 'entrée', 'entrées')} et ${messages} ${plural('fr', messages, 'enregistrement de message', 'enregistrements de messages')}, tels qu’ils ont été écrits, chacun à sa place.\nEmpreinte : \`${hash}\``,
      kept: (entry, after) =>
        after === 0
          ? 'L’empreinte que vous donnez est celle de la dernière entrée.'
          : `L’empreinte que vous donnez est celle de l’entrée ${entry} ; ${after} ${plural('fr', after, 'a été écrite', 'ont été écrites')} depuis.`,
      advice:
        'Conservez cette empreinte hors de Slack. Qui possède la base de données pourrait tout réécrire, empreinte comprise : `/crise vérifier [empreinte conservée]` le révèle.',
      broken: (where) =>
        `*La main courante n’est pas intacte.* ${where}\nCette vérification n’a rien modifié. Prévenez votre service juridique et votre administrateur, conservez les fichiers publiés ou reçus, et que personne ne corrige rien : un expert pourra les comparer.`,
      usage:
        'Une empreinte compte 16 caractères dans un point de situation, 64 dans le message de clôture ou avec un export : `/crise vérifier [empreinte]`. Seul, `/crise vérifier` contrôle la main courante de cette cellule.',
    },
    when: {
      bad_time: (typed) =>
        `Aucune horloge n’affiche « ${typed} ». Écrivez par exemple \`14h05\`, ou tapez \`/crise noter\` seul pour choisir l’heure. Rien n’a été consigné.`,
      future: (typed) =>
        `« ${typed} » n’est pas encore arrivé aujourd’hui. Si l’heure fait partie de votre phrase, commencez par un autre mot ; s’il s’agit d’un autre jour, tapez \`/crise noter\` seul et choisissez le jour. Rien n’a été consigné.`,
    },
    refusedReaction: (reason) => `Votre réaction n’a rien ajouté à la main courante. ${reason}`,
  },
);

/** What a check of the timeline came to, in words. */
export function verdictText(verdict: Verdict, language: Language): string {
  const w = words(language).verify;
  if (!verdict.ok) {
    const where = explainBroken(verdict, language);
    return w.broken(where.charAt(0).toUpperCase() + where.slice(1));
  }
  const { entries, messages, hash, postedAtEntry, gaps } = verdict;
  const holes = gaps.length > 0 ? ` (${timelineWords(language).gaps(gaps)})` : '';
  const told = `${w.intact(entries, messages, hash)}${holes}`;
  return postedAtEntry === null ? `${told}\n${w.advice}` : `${told}\n${w.kept(postedAtEntry, entries - postedAtEntry)}`;
}
