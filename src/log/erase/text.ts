import { bilingual, list } from '../../core/locale.ts';

type Numbers = { words: readonly number[]; names: readonly number[]; messages: readonly number[] };

export const words = bilingual(
  {
    entry: (plan: Numbers, by: string, reason: string) =>
      `Erased on the word of ${by}: ${list('en', [
        ...(plan.words.length > 0 ? [`the words of ${numbered('entry', 'entries', plan.words)}`] : []),
        ...(plan.names.length > 0 ? [`a name in ${numbered('entry', 'entries', plan.names)}`] : []),
        ...(plan.messages.length > 0 ? [numbered('message record', 'message records', plan.messages)] : []),
      ])}. Reason: ${reason}`,
  },
  {
    entry: (plan, by, reason) =>
      `Effacement demandé par ${by} : ${list('fr', [
        ...(plan.words.length > 0 ? [`les mots de ${numbered('l’entrée', 'entrées', plan.words)}`] : []),
        ...(plan.names.length > 0 ? [`un nom dans ${numbered('l’entrée', 'les entrées', plan.names)}`] : []),
        ...(plan.messages.length > 0
          ? [numbered('le message consigné n°', 'les messages consignés n°', plan.messages)]
          : []),
      ])}. Motif : ${reason}`,
  },
);

/** `entries 4, 7, 9–12` */
function numbered(one: string, several: string, numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const n of numbers) {
    const last = runs.at(-1);
    if (last && n === last[1] + 1) last[1] = n;
    else runs.push([n, n]);
  }
  const said = runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  return `${numbers.length === 1 ? one : several} ${said.join(', ')}`;
}
