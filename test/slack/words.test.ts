import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** What a communicator would not write, and what stands in its place. */
const french: [string, RegExp, string][] = [
  ['directeur, directrice de crise', /\bdirect(?:eur|rice)s? de crise/i, 'pilote de crise'],
  ['raison', /(?<!\b(?:en|avoir|a|avez|ont) )\braisons?\b/i, 'motif'],
  ['Premiers mots', /\bpremiers mots\b/i, 'première prise de parole'],
  ['Notre parole', /\bnotre parole\b/i, 'prise de parole'],
  ['au bout de 6 min', /\bau bout de (?:\d|\$\{)/i, 'en 6 min'],
  ['s’avérait être', /\bs[’']avér/i, 'passait à'],
  ['D’ailleurs, avec le numéro', /\bd[’']ailleurs, avec le numéro/i, 'depuis un autre canal, ajoutez le numéro'],
  ['dès que c’est le cas', /\bdès que c[’']est le cas/i, 'dès que vous prenez le relais'],
  ['reçoit les relances', /\breçoit les relances/i, 'est relancé sur ses tâches'],
  ['On vous attend', /\bon vous attend\b/i, 'à faire par vous'],
  ['les mots du rappel', /\bles mots du rappel\b/i, 'la formulation de l’avis de rappel'],
  ['les clients blessés', /\bclients blessés\b/i, 'les personnes blessées'],
  ['Acheteurs', /\bAcheteurs\b/, 'consommateurs concernés'],
  ['les journaux du soir', /\bjournaux du soir\b/i, 'les JT du soir'],
  ['Une communication loyale à la personne', /\bloyale à la personne/i, 'défendre la personne plutôt que l’entreprise'],
  ['Lire les messageries à la place', /\blire les messageries à la place/i, 'trier les messages à sa place'],
  ['en confiance via', /\ben confiance via\b/i, 'en toute confidentialité auprès de'],
  ['Chiffre « … »', /\bchiffre «/i, 'référence'],
  ['sans preuve à fournir', /\bsans preuve à fournir/i, 'aucune preuve jointe ; motif donné'],
  ['Soumission bloquée', /\bsoumission bloquée/i, 'champs à remplir avant soumission'],
  ['Modifier communiqué', /\bmodifier communiqué/i, 'modifier le communiqué'],
  ['Personne n’a été rappelé', /\bn[’']a été rappelé/i, 'n’a été réalerté'],
  ['dotés d’une seconde personne', /\bdotés d[’']une seconde personne/i, 'avec un suppléant'],
  ['Vous êtes alerté', /\bvous êtes alerté/i, '« Alerte : … »'],
  ['cette minute-ci', /\bminute-ci\b/i, 'à l’instant'],
  ['Rien trouvé', /\brien trouvé\b/i, 'aucun résultat'],
  ['la prochaine salle', /\bprochaine salle\b/i, 'le prochain canal'],
  ['Récuser la personne', /\brécuser la personne/i, 'écarter du dossier'],
  ['Terminée (button)', /(?:press: |^\s*done: )'Terminée'/, 'Marquer terminée'],
  [
    '{fact}, {next_update}',
    /(?:"fr": "|\bfr: ['`]).*\{(?:fact|true_fact|next_update|claim|time2?|people|url|product)\}/,
    '{fait}, {prochain_point}',
  ],
  ['Dernière réponse cette minute', /dernière réponse cette/i, 'à l’instant'],
  ['Prochaine salle', /salles? de (?:crise|guerre)/i, 'canal de crise'],
  ['échéance légale', /échéances? (?:légale|réglementaire)/i, 'délai légal'],
];

/** What somebody may still type, understood and never shown. */
const understood = [/lead: \['Directeur de crise'\]/];

const english: [string, RegExp, string][] = [['whoever', /\bwhoever\b/i, 'who, the person who, everybody who']];

const sources = below('src').filter((file) => /\.(?:tsx?|json)$/.test(file));

describe('people read plain words', () => {
  test.each(french)('in French, never: %s', (_name, pattern) => {
    expect(found(pattern, [...sources, 'docs/GUIDE.fr.md'])).toEqual([]);
  });

  test.each(english)('in English, never: %s', (_name, pattern) => {
    expect(found(pattern, [...sources, 'docs/GUIDE.en.md'])).toEqual([]);
  });
});

/** Where it stands in what people may read: `file: line`. */
const found = (pattern: RegExp, files: readonly string[]): string[] =>
  files.flatMap((file) =>
    readable(file)
      .split('\n')
      .filter((line) => pattern.test(line) && !understood.some((typed) => typed.test(line)))
      .map((line) => `${file}: ${line.trim()}`),
  );

/** Comments are for colleagues, and the expressions of the check recognise what others wrote. */
function readable(file: string): string {
  const text = readFileSync(join(root, file), 'utf8');
  if (!/\.tsx?$/.test(file)) return text;
  const parts = /\/\*[\s\S]*?\*\/|(?<![:\w])\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return text.replace(parts, (part) => (/^\/[*/]/.test(part) ? '' : part));
}

function below(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((name) => !name.includes('node_modules'));
}
