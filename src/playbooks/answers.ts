import { type Language, list } from '../core/locale.ts';
import { clip } from '../slack/limits.ts';
import type { ClearRefusal } from './clearing.ts';
import type { Kept, PlaybookRefusal } from './editing.ts';
import type { Problem } from './edits.ts';
import type { ListOfPlaybook } from './parts.ts';
import { words } from './text.ts';

export const listTitle = (of: ListOfPlaybook, language: Language): string => words(language).sections[of];

export const originName = ({ origin, version }: Pick<Kept, 'origin' | 'version'>, language: Language): string => {
  const w = words(language);
  return w.version(w.origin[origin], version);
};

export type Speaker = {
  language: Language;
  /** Somebody, by id, as mrkdwn. */
  named: (userId: string) => string;
  /** An instant, as mrkdwn. */
  at: (when: Date) => string;
};

/** Why not, and what to do next. */
export function refusalText(refusal: PlaybookRefusal | ClearRefusal, { language, named, at }: Speaker): string {
  const w = words(language);
  const names = (ids: readonly string[], nobody: string) => (ids.length > 0 ? list(language, ids.map(named)) : nobody);
  switch (refusal.code) {
    case 'not_allowed':
      return w.refused.not_allowed(names(refusal.editors, w.nobody));
    case 'not_legal':
      return w.refused.not_legal(names(refusal.legal, w.refused.nobodyLegal));
    case 'name_taken':
      return w.refused.name_taken(refusal.name);
    case 'stale':
      return w.stale(
        refusal.changedBy ? named(refusal.changedBy) : w.somebody,
        refusal.changedAt ? at(refusal.changedAt) : w.meanwhile,
      );
    case 'unknown':
    case 'too_many_playbooks':
    case 'stays':
    case 'not_ours':
    case 'text_changed':
    case 'own_words':
    case 'bad_until':
      return w.refused[refusal.code];
  }
}

export function problemText(problem: Problem, language: Language): string {
  const w = words(language).problems;
  const inBraces = (keys: readonly string[]) => keys.map((key) => `{${key}}`).join(', ');
  switch (problem.code) {
    case 'too_long':
      return w.too_long(problem.limit, clip(problem.line, 60));
    case 'too_many':
      return w.too_many(problem.limit);
    case 'unequal_lines':
      return w.unequal_lines(problem.en, problem.fr);
    case 'bad_resource':
      return w.bad_resource(clip(problem.line, 60));
    case 'unpaired':
      return w.unpaired(inBraces(problem.en), inBraces(problem.fr));
    case 'missing':
    case 'only_one_language':
    case 'minutes':
    case 'choose':
      return w[problem.code];
  }
}
