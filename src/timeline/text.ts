import { bilingual, list, plural } from '../core/locale.ts';

export const words = bilingual(
  {
    /** Stands where nobody acted but the product itself. */
    product: 'War Room',
    writtenAt: (time: string) => `written down ${time}`,
    corrects: (seq: number) => `corrects entry ${seq}`,
    /** In a digest, or in the brief of a crisis without digests. */
    fingerprint: (short: string) => `timeline fingerprint ${short}`,
    /** Entries that tell when the product did not listen. */
    gaps: (numbers: readonly number[]) =>
      `the room was not listened to all the time: see ${numbers.length === 1 ? 'entry' : 'entries'} ${list('en', numbers.map(String))}`,
    /** What a verification found: where, then what. */
    broken: {
      entry: (at: number) => `entry ${at}: `,
      message: (at: number) => `message record ${at}: `,
      version: (statement: number, version: number) => `statement ${statement}, version ${version}: `,
      wording: 'its text, author or time is not the one that the timeline told of.',
      verdict: 'a verdict on it (who, for whom, why, when) is not the one that the timeline told of, or is missing.',
      answer: 'an answer to the check of it is not the one that the timeline told of, or is missing.',
      altered: 'altered. A field of it (text, time, author or data) is not what was written.',
      missing: 'missing. It was taken out.',
      inserted: 'inserted. It was put in between two that follow one another.',
      moved: 'moved. Another one stands in its place: the order was changed.',
      out_of_chain:
        'out of the chain. It does not follow the one before it: that one was replaced after this one was written.',
      foreign: 'belongs to another crisis.',
      emptied: 'emptied. Its words or its name are gone, and no entry tells of an erasure.',
      cut: (announced: number) => `missing. There were ${announced} when it was last written: the end was taken off.`,
      added: (announced: number) => `added. There were only ${announced} when it was last written.`,
      other_head:
        'is not the one that was written last. The chain was rewritten, here or further up: compare with an earlier export to see from where.',
      broken_seal: 'the messages it sealed are not the ones there are now. They were rewritten.',
      differs: 'not what the earlier export says. Everything from here on was rewritten.',
      posted_head_absent:
        'head: no entry carries this fingerprint. If it was posted for this crisis, the timeline was cut or rewritten since.',
      not_as_written:
        'the file is not byte for byte what was exported, although its entries are whole. Download it again.',
      other_text: (line: number) => `line ${line}: not what the JSON file says. The Markdown file was changed.`,
      not_an_export: (reason: string) => `not a timeline export (${reason})`,
    },
    file: {
      title: (sign: string, title: string) => `Timeline of crisis ${sign}: ${title}`,
      numbered: (number: number) => `#${number}`,
      name: (name: string, entries: number, head: string) => `crisis-${name}-timeline-${entries}-${head}`,
      declared: (time: string) => `Declared: ${time}`,
      closed: (time: string) => `Closed: ${time}`,
      open: 'Not closed at the time of this export',
      zone: (zone: string) => `Times are those of ${zone}; UTC stands beside them`,
      head: (entries: number, hash: string) => `Entries: ${entries}. Fingerprint of the whole: \`${hash}\``,
      /** A line that Markdown files of earlier versions have. */
      check:
        'Anybody can check offline that nothing was altered: `npm run verify-timeline -- <this file or the JSON file>`, and compare the fingerprint with the one posted in the war room',
      messages: (count: number) =>
        `Messages of the room, with every edit and deletion: ${count}, in the JSON file only`,
      exported: (time: string) => `Exported: ${time}`,
      writtenAt: (time: string) => `written down ${time}`,
      corrects: (seq: number) => `corrects entry ${seq}`,
    },
  },
  {
    product: 'War Room',
    writtenAt: (time) => `consigné : ${time}`,
    corrects: (seq) => `corrige l’entrée ${seq}`,
    gaps: (numbers) =>
      `la cellule n’a pas été écoutée en permanence : voir ${plural('fr', numbers.length, 'l’entrée', 'les entrées')} ${list('fr', numbers.map(String))}`,
    fingerprint: (short) => `empreinte de la main courante ${short}`,
    broken: {
      entry: (at) => `entrée ${at} : `,
      message: (at) => `message consigné n° ${at} : `,
      version: (statement, version) => `communiqué n° ${statement}, version ${version} : `,
      wording: 'son texte, son auteur ou son heure ne sont pas ceux que la main courante a consignés.',
      verdict:
        'un avis donné sur ce texte (qui, pour quel service, pourquoi, quand) manque ou n’est pas celui que la main courante a consigné.',
      answer: 'une réponse au contrôle de ce texte manque ou n’est pas celle que la main courante a consignée.',
      altered: 'altération. Un champ (texte, heure, auteur ou données) n’est pas celui qui a été écrit.',
      missing: 'disparition. Cet élément a été retiré.',
      inserted: 'insertion. Cet élément a été glissé entre deux éléments qui se suivaient.',
      moved: 'déplacement. Un autre élément occupe cette place : l’ordre a été changé.',
      out_of_chain: 'rupture de la chaîne. Cet élément ne suit pas le précédent, qui a donc été remplacé après coup.',
      foreign: 'cet élément appartient à une autre crise.',
      emptied: 'vidage. Ses mots ou son nom ont disparu, et aucune entrée ne consigne d’effacement.',
      cut: (announced) => `disparition. Il y en avait ${announced} à la dernière écriture : la fin a été retirée.`,
      added: (announced) => `ajout. Il n’y en avait que ${announced} à la dernière écriture.`,
      other_head:
        'ce n’est pas le dernier élément écrit. La chaîne a été réécrite, ici ou plus haut : comparez avec un export antérieur pour savoir à partir d’où.',
      broken_seal: 'les messages qu’elle scelle ne sont plus ceux que l’on trouve. Ils ont été réécrits.',
      differs: 'ce n’est pas ce que dit l’export antérieur. Tout a été réécrit à partir d’ici.',
      posted_head_absent:
        'aucune entrée ne porte cette empreinte. Si elle a bien été publiée pour cette crise, la main courante a été tronquée ou réécrite depuis.',
      not_as_written:
        'le fichier n’est pas, octet pour octet, celui qui a été exporté, même si ses entrées sont intactes. Téléchargez-le de nouveau.',
      other_text: (line) =>
        `ligne ${line} : ce n’est pas ce que dit le fichier JSON. Le fichier Markdown a été modifié.`,
      not_an_export: (reason) => `ce n’est pas un export de main courante (${reason})`,
    },
    file: {
      title: (sign, title) => `Main courante de la crise ${sign} : ${title}`,
      numbered: (number) => `n° ${number}`,
      name: (name, entries, head) => `crise-${name}-main-courante-${entries}-${head}`,
      declared: (time) => `Déclenchée : ${time}`,
      closed: (time) => `Close : ${time}`,
      open: 'Non close au moment de cet export',
      zone: (zone) => `Les heures sont données dans le fuseau ${zone} ; l’heure UTC figure à côté`,
      head: (entries, hash) => `Entrées : ${entries}. Empreinte de l’ensemble : \`${hash}\``,
      check:
        'Chacun peut vérifier hors ligne que rien n’a été altéré : `npm run verify-timeline -- <ce fichier ou le fichier JSON>`, puis comparer l’empreinte à celle affichée dans la cellule de crise',
      messages: (count) =>
        `Messages de la cellule, avec chaque modification et suppression : ${count}, dans le fichier JSON seulement`,
      exported: (time) => `Exportée : ${time}`,
      writtenAt: (time) => `consignée : ${time}`,
      corrects: (seq) => `corrige l’entrée ${seq}`,
    },
  },
);
