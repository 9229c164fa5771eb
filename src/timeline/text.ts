import { bilingual } from '../core/locale.ts';

export const words = bilingual(
  {
    /** Stands where nobody acted but the product itself. */
    product: 'War Room',
    writtenAt: (time: string) => `written down ${time}`,
    corrects: (seq: number) => `corrects entry ${seq}`,
    file: {
      title: (number: number, title: string) => `Timeline of crisis #${number}: ${title}`,
      name: (number: number, entries: number, head: string) => `crisis-${number}-timeline-${entries}-${head}`,
      declared: (time: string) => `Declared: ${time}`,
      closed: (time: string) => `Closed: ${time}`,
      open: 'Not closed at the time of this export',
      zone: (zone: string) => `Times are those of ${zone}; UTC stands beside them`,
      head: (entries: number, hash: string) => `Entries: ${entries}. Fingerprint of the whole: \`${hash}\``,
      check:
        'Anybody can check offline that nothing was altered: `npm run verify-timeline -- <the JSON file>`, and compare the fingerprint with the one posted in the war room',
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
    file: {
      title: (number, title) => `Main courante de la crise n° ${number} : ${title}`,
      name: (number, entries, head) => `crise-${number}-main-courante-${entries}-${head}`,
      declared: (time) => `Déclenchée : ${time}`,
      closed: (time) => `Close : ${time}`,
      open: 'Non close au moment de cet export',
      zone: (zone) => `Les heures sont données dans le fuseau ${zone} ; l’heure UTC figure à côté`,
      head: (entries, hash) => `Entrées : ${entries}. Empreinte de l’ensemble : \`${hash}\``,
      check:
        'Chacun peut vérifier hors ligne que rien n’a été altéré : `npm run verify-timeline -- <le fichier JSON>`, puis comparer l’empreinte à celle affichée dans la cellule de crise',
      messages: (count) =>
        `Messages de la cellule, avec chaque modification et suppression : ${count}, dans le fichier JSON seulement`,
      exported: (time) => `Exportée : ${time}`,
      writtenAt: (time) => `consignée : ${time}`,
      corrects: (seq) => `corrige l’entrée ${seq}`,
    },
  },
);
