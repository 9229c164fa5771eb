import { accept, type Decision, refuse } from '../core/decision.ts';
import { DAY } from '../core/time.ts';
import type { Department } from '../people/rules.ts';
import type { Kept } from './editing.ts';
import { type Clearance, templateHash } from './rules.ts';

/** How long a clearance holds unless legal says otherwise: a quarter (discipline C11). */
export const clearedFor = 91 * DAY;
const longest = 366 * DAY;

export type ClearRefusal =
  | { code: 'not_legal'; legal: string[] }
  | { code: 'unknown' }
  | { code: 'text_changed' }
  | { code: 'own_words' }
  | { code: 'bad_until' };

/** The people and deputies of the legal department: those who may clear. */
export const legalOf = (roster: readonly Department[]): string[] =>
  roster.filter((d) => d.key === 'legal').flatMap((d) => [...d.peopleIds, ...d.deputyIds]);

/**
 * Legal clears one wording of a template, in both languages, until a day. `hash` is of the wording that the person read:
 * when it was edited meanwhile, nothing is cleared. Nobody clears a wording that they edited last.
 */
export function clear(
  kept: Kept | undefined,
  { templateId, hash, until }: { templateId: string; hash: string; until: Date | null },
  by: { userId: string; isOutsider: boolean; legal: readonly string[] },
  now: Date,
): Decision<Clearance, ClearRefusal> {
  if (by.isOutsider || !by.legal.includes(by.userId)) return refuse({ code: 'not_legal', legal: [...by.legal] });
  const template = kept?.playbook.templates.find(({ id }) => id === templateId);
  if (!kept || !template) return refuse({ code: 'unknown' });
  if (templateHash(template) !== hash) return refuse({ code: 'text_changed' });
  if (kept.editors[templateId] === by.userId) return refuse({ code: 'own_words' });
  const length = (until?.getTime() ?? 0) - now.getTime();
  if (!until || length <= 0 || length > longest) return refuse({ code: 'bad_until' });
  return accept({
    playbook: kept.key,
    templateId,
    hash,
    clearedBy: by.userId,
    clearedAt: now,
    validUntil: until,
  });
}
