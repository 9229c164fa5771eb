import { accept, type Decision, refuse } from '../core/decision.ts';
import { Fault } from '../core/errors.ts';
import { type Editor, mayChange } from '../people/rules.ts';
import { type Part, shownHash } from './parts.ts';
import {
  coreKey,
  limitsOfPlaybooks,
  otherKey,
  type Playbook,
  playbookSchema,
  type Template,
  templateHash,
} from './rules.ts';

/** A playbook as a workspace keeps it. */
export type Kept = {
  key: string;
  playbook: Playbook;
  /** 0 as long as nobody has touched the product's. */
  version: number;
  /** The version that last changed its words: taking it off the shelf and putting it back changes none. */
  wordedIn: number;
  /** `own`: the workspace wrote it; `changed`: the workspace's version of one of the product's; `product`: as it came. */
  origin: 'product' | 'changed' | 'own';
  isRetired: boolean;
  /** Who last changed the wording of each template, by its id. */
  editors: Record<string, string>;
  changedBy: string | null;
  changedAt: Date | null;
};

export type Review = { key: string; version: number; reviewedBy: string; reviewedAt: Date };

/** Whether what was read through is what the playbook says now. */
export const stillHolds = ({ version }: Pick<Review, 'version'>, kept: Pick<Kept, 'wordedIn'>): boolean =>
  version >= kept.wordedIn;

/** Somebody at the shelf of a workspace: who may change it, and everything that stands on it. */
export type Desk = { editors: readonly string[]; by: Editor; shelf: readonly Kept[]; now: Date };

export type PlaybookRefusal =
  | { code: 'not_allowed'; editors: string[] }
  | { code: 'unknown' }
  | { code: 'stale'; changedBy: string | null; changedAt: Date | null }
  | { code: 'name_taken'; name: string }
  | { code: 'too_many_playbooks' }
  | { code: 'stays' }
  | { code: 'not_ours' };

/** What a form changes, as a function of the playbook as it stands. */
export type Edit = (playbook: Playbook) => Playbook;

type Act = 'edited' | 'cloned' | 'reverted' | 'retired' | 'restored';

/** A new version of a playbook, as it is kept for ever. `content` is null when the product's holds again. */
export type NewVersion = {
  key: string;
  version: number;
  act: Act;
  content: Playbook | null;
  editors: Record<string, string>;
  clonedFrom: string | null;
  note: string;
  changedBy: string;
  changedAt: Date;
};

type Decided<T = NewVersion> = Decision<T, PlaybookRefusal>;

/**
 * One part of a playbook, edited. `shown` is the hash of what its author saw there: when somebody saved something else in
 * between, nothing is written. Answers null when nothing has changed.
 */
export function edit(
  desk: Desk,
  key: string,
  { part, shown, change, note }: { part: Part; shown: string; change: Edit; note: string },
): Decided<NewVersion | null> {
  const found = findIn(desk, key);
  if (!found.ok) return found;
  const { value: kept } = found;
  if (shownHash(kept.playbook, part) !== shown) return stale(kept);
  const content = wellFormed(change(kept.playbook));
  if (nameTaken(desk, content, key)) return refuse({ code: 'name_taken', name: content.name.en });
  if (JSON.stringify(content) === JSON.stringify(kept.playbook)) return accept(null);
  const editors = editorsAfter(kept, content, desk.by.userId);
  return accept(nextVersion(desk, kept, { act: 'edited', content, editors, note }));
}

/** The same playbook under a name and a key of its own. */
export function clone(desk: Desk, from: string, name: Playbook['name']): Decided {
  const found = findIn(desk, from);
  if (!found.ok) return found;
  if (from === coreKey) return refuse({ code: 'stays' });
  if (desk.shelf.length >= limitsOfPlaybooks.playbooks) return refuse({ code: 'too_many_playbooks' });
  const key = keyFor(
    name.en,
    desk.shelf.map((kept) => kept.key),
  );
  const { playbook, editors } = found.value;
  const content = wellFormed({ ...playbook, key, name });
  if (nameTaken(desk, content, key)) return refuse({ code: 'name_taken', name: name.en });
  const nothing = { key, version: 0 };
  return accept({ ...nextVersion(desk, nothing, { act: 'cloned', content, editors, note: '' }), clonedFrom: from });
}

/** Back to the product's own version; what the workspace wrote stays in the history. */
export function revert(desk: Desk, key: string, version: number): Decided {
  const found = findAt(desk, key, version);
  if (!found.ok) return found;
  if (found.value.origin !== 'changed') return refuse({ code: 'not_ours' });
  return accept(nextVersion(desk, found.value, { act: 'reverted', content: null, editors: {}, note: '' }));
}

/** Not offered any more when a crisis is declared; `isRetired: false` takes it back. */
export function retire(desk: Desk, key: string, version: number, isRetired: boolean): Decided {
  const found = findAt(desk, key, version);
  if (!found.ok) return found;
  if (key === coreKey || key === otherKey) return refuse({ code: 'stays' });
  const { playbook, origin, editors } = found.value;
  const content = origin === 'product' ? null : playbook;
  const act = isRetired ? 'retired' : 'restored';
  return accept(nextVersion(desk, found.value, { act, content, editors, note: '' }));
}

/** Somebody has read this version through. */
export function review(desk: Desk, key: string, version: number): Decided<Kept> {
  const found = findAt(desk, key, version);
  return found.ok ? accept(found.value) : found;
}

function findIn(desk: Desk, key: string): Decided<Kept> {
  if (!mayChange(desk.editors, desk.by)) return refuse({ code: 'not_allowed', editors: [...desk.editors] });
  const kept = desk.shelf.find((one) => one.key === key);
  return kept ? accept(kept) : refuse({ code: 'unknown' });
}

function findAt(desk: Desk, key: string, version: number): Decided<Kept> {
  const found = findIn(desk, key);
  return found.ok && found.value.version !== version ? stale(found.value) : found;
}

const stale = ({ changedBy, changedAt }: Kept) => refuse({ code: 'stale', changedBy, changedAt });

const nextVersion = (
  { by, now }: Desk,
  { key, version }: Pick<Kept, 'key' | 'version'>,
  changed: Pick<NewVersion, 'act' | 'content' | 'editors' | 'note'>,
): NewVersion => ({ key, version: version + 1, clonedFrom: null, changedBy: by.userId, changedAt: now, ...changed });

/** Retired ones keep their names: they may come back. */
const nameTaken = ({ shelf }: Desk, { name }: Playbook, key: string): boolean =>
  shelf.some(
    (kept) => kept.key !== key && (same(kept.playbook.name.en, name.en) || same(kept.playbook.name.fr, name.fr)),
  );

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Forms refuse what is wrong in words of their own; what gets past them is a fault of ours. */
function wellFormed(playbook: Playbook): Playbook {
  const read = playbookSchema.safeParse(playbook);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Fault(`the playbook ${playbook.key} would be broken at ${issue?.path.join('.')}: ${issue?.message}`);
}

/** Who changed a wording, or brought one in, is its last editor; wordings that stay keep theirs. */
function editorsAfter(kept: Kept, next: Playbook, userId: string): Record<string, string> {
  const before = new Map(kept.playbook.templates.map((one) => [one.id, templateHash(one)]));
  const last = (one: Template) => (before.get(one.id) === templateHash(one) ? kept.editors[one.id] : userId);
  return Object.fromEntries(
    next.templates.flatMap((one): [string, string][] => {
      const editor = last(one);
      return editor ? [[one.id, editor]] : [];
    }),
  );
}

/** Under which key a playbook of the workspace's own is kept: never changed afterwards, whatever its name becomes. */
function keyFor(name: string, taken: readonly string[]): string {
  const letters = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 30)
    .replace(/-+$/, '');
  const slug = `own-${letters || 'playbook'}`;
  if (!taken.includes(slug)) return slug;
  for (let i = 2; ; i += 1) if (!taken.includes(`${slug}-${i}`)) return `${slug}-${i}`;
}
