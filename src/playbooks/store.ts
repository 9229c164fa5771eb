import { and, asc, desc, eq, getTableColumns, isNotNull, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../../db/client.ts';
import { playbookReviews, playbookVersions, templateClearances } from '../../db/schema/index.ts';
import { newId } from '../core/ids.ts';
import type { Kept, NewVersion, Review } from './editing.ts';
import { productCore, productOther, productPlaybook, productPlaybooks } from './product.ts';
import { type Clearance, coreKey, otherKey, type Playbook, playbookSchema } from './rules.ts';

/** The playbook of this key: the workspace's own version, else the product's, else `other`. A retired one is found as well. */
export async function playbookOf(db: Executor, workspaceId: string, key: string): Promise<Playbook> {
  return (await keptOf(db, workspaceId, key))?.playbook ?? productOther;
}

/** What every crisis of the workspace has in common. */
export const coreOf = async (db: Executor, workspaceId: string): Promise<Playbook> =>
  (await keptOf(db, workspaceId, coreKey))?.playbook ?? productCore;

/** What a crisis can be declared with: the product's or the workspace's version of each, then its own, `other` last. */
export async function playbooksOf(db: Executor, workspaceId: string): Promise<Playbook[]> {
  const shelf = await shelfOf(db, workspaceId);
  return shelf.filter(({ key, isRetired }) => key !== coreKey && !isRetired).map(({ playbook }) => playbook);
}

export async function keptOf(db: Executor, workspaceId: string, key: string): Promise<Kept | undefined> {
  const [row] = await db
    .select(asRow)
    .from(playbookVersions)
    .where(and(eq(playbookVersions.workspaceId, workspaceId), eq(playbookVersions.key, key)))
    .orderBy(desc(playbookVersions.version))
    .limit(1);
  return row ? asKept(row) : untouched(key);
}

/** The playbook that a key was first cloned from, through clones of clones; the key itself when it is no clone. */
export async function rootOf(db: Executor, workspaceId: string, key: string): Promise<string> {
  const rows = await db
    .select({ key: playbookVersions.key, from: playbookVersions.clonedFrom })
    .from(playbookVersions)
    .where(and(eq(playbookVersions.workspaceId, workspaceId), isNotNull(playbookVersions.clonedFrom)));
  const parents = new Map(rows.map((row) => [row.key, row.from]));
  let root = key;
  for (let parent = parents.get(root); parent; parent = parents.get(root)) root = parent;
  return root;
}

/** Every playbook of a workspace, retired ones and the core included: the product's in their order, its own, `other`, the core. */
export async function shelfOf(db: Executor, workspaceId: string): Promise<Kept[]> {
  const rows = await db
    .selectDistinctOn([playbookVersions.key], asRow)
    .from(playbookVersions)
    .where(eq(playbookVersions.workspaceId, workspaceId))
    .orderBy(asc(playbookVersions.key), desc(playbookVersions.version));
  const kept = new Map(rows.map((row) => [row.key, asKept(row)]));
  const standard = productPlaybooks.map(({ key }) => key).filter((key) => key !== otherKey);
  const own = [...kept.keys()].filter((key) => !productPlaybook(key));
  return [...standard, ...own, otherKey, coreKey].flatMap((key) => kept.get(key) ?? untouched(key) ?? []);
}

const { act, version } = playbookVersions;
const asRow = {
  ...getTableColumns(playbookVersions),
  wordedIn: sql<number>`coalesce(
    max(${version}) filter (where ${act} not in ('retired', 'restored')) over (partition by ${playbookVersions.key}), 0)`,
};
type Row = typeof playbookVersions.$inferSelect & { wordedIn: number };

function asKept(row: Row): Kept {
  const base = productPlaybook(row.key);
  const { key, version, wordedIn, editors, changedBy, changedAt } = row;
  return {
    key,
    playbook: row.content === null ? (base ?? productOther) : playbookSchema.parse(row.content),
    version,
    wordedIn,
    origin: base ? (row.content === null ? 'product' : 'changed') : 'own',
    isRetired: row.act === 'retired',
    editors,
    changedBy,
    changedAt,
  };
}

function untouched(key: string): Kept | undefined {
  const playbook = productPlaybook(key);
  const nobody = { editors: {}, changedBy: null, changedAt: null };
  return playbook && { key, playbook, version: 0, wordedIn: 0, origin: 'product', isRetired: false, ...nobody };
}

/** Every clearance ever given in a workspace, the oldest first: `clearanceOf` says what still holds. */
export const clearancesOf = (db: Executor, workspaceId: string): Promise<Clearance[]> =>
  db
    .select({
      playbook: templateClearances.playbook,
      templateId: templateClearances.templateId,
      hash: templateClearances.hash,
      clearedBy: templateClearances.clearedBy,
      clearedAt: templateClearances.clearedAt,
      validUntil: templateClearances.validUntil,
    })
    .from(templateClearances)
    .where(eq(templateClearances.workspaceId, workspaceId))
    .orderBy(asc(templateClearances.clearedAt));

/** The last review of each playbook that was ever reviewed. */
export const reviewsOf = (db: Executor, workspaceId: string): Promise<Review[]> =>
  db
    .selectDistinctOn([playbookReviews.key], {
      key: playbookReviews.key,
      version: playbookReviews.version,
      reviewedBy: playbookReviews.reviewedBy,
      reviewedAt: playbookReviews.reviewedAt,
    })
    .from(playbookReviews)
    .where(eq(playbookReviews.workspaceId, workspaceId))
    .orderBy(asc(playbookReviews.key), desc(playbookReviews.reviewedAt));

/** Adds a version to those that a workspace keeps for ever. */
export const addVersion = (tx: Tx, workspaceId: string, version: NewVersion) =>
  tx.insert(playbookVersions).values({ workspaceId, ...version });

export const addReview = (tx: Tx, workspaceId: string, review: Review) =>
  tx.insert(playbookReviews).values({ id: newId(), workspaceId, ...review });

export const addClearance = (tx: Tx, workspaceId: string, clearance: Clearance) =>
  tx.insert(templateClearances).values({ id: newId(), workspaceId, ...clearance });
