import { readAll } from '../../db/run-all.ts';
import { accept, type Decision, refuse } from '../core/decision.ts';
import { canonicalJson, sha256 } from '../core/ids.ts';
import { alarm, type Job, toPerson } from '../core/jobs.ts';
import type { Reader } from '../core/reader.ts';
import { SECOND } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { lockCrisis } from '../crises/store.ts';
import { nameOf } from '../crises/text.ts';
import { commit, type Deps } from '../jobs/commit.ts';
import { findPeople, readerFor } from '../people/store.ts';
import type { Wait } from '../slack/waits.ts';
import { plan } from './rules.ts';
import { saveTold, toldIn } from './store.ts';

/** Reads what waits on everybody, and orders a message for each person for whom something changed. */
export function lookAtWaits(deps: Deps, crisisId: string): Promise<Decision<null, { code: 'nothing_new' }>> {
  return commit(deps, null, async (tx) => {
    const crisis = await lockCrisis(tx, crisisId);
    const now = deps.now();
    const [waits, rows] = await readAll([deps.slices.waits(tx, crisis, now), toldIn(tx, crisisId)]);
    const userIds = [...new Set([...waits, ...rows].map(({ userId }) => userId))];
    const [people, reader] = await readAll([
      findPeople(tx, crisis.workspaceId, userIds),
      readerFor(tx, { ...crisis, now }, new Set(waits.flatMap(({ names }) => names))),
    ]);
    const plans = userIds.map((userId) => {
      const before = rows.find((row) => row.userId === userId) ?? null;
      const mine = waits.filter((wait) => wait.userId === userId);
      const timeZone = people.find(({ id }) => id === userId)?.timeZone ?? crisis.timeZone;
      const contentHash = hashOf(crisis, mine, reader);
      return { before, ...plan(userId, mine, before, { level: crisis.level, now, timeZone, contentHash }) };
    });
    const changed = plans.flatMap(({ before, next }) => (next && !isSame(before, next) ? [next] : []));
    const looks = [...new Set(plans.flatMap(({ lookAgainAt }) => lookAgainAt?.getTime() ?? []))].toSorted(
      (a, b) => a - b,
    );
    const jobs = [
      ...changed.map(({ userId }) => show(crisisId, userId)),
      ...looks.slice(0, 1).map((at) => lookAt(crisisId, at)),
    ];
    if (jobs.length === 0) return { crisis, decision: refuse({ code: 'nothing_new' }) };
    await saveTold(tx, crisisId, changed);
    return { crisis, decision: accept(null, { jobs }) };
  });
}

/** What is shown, but for whose language it is in. */
const hashOf = (crisis: Crisis, waits: readonly Wait[], reader: Reader): string =>
  sha256(
    canonicalJson([
      crisis.status,
      nameOf(crisis),
      waits.map((w) => [w.key, w.text(reader), w.button(crisis.language)]),
    ]),
  );

const isSame = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

const show = (crisisId: string, userId: string): Job => toPerson('waiting.show', { crisisId, userId });

/** A second later: an instance whose clock is a little behind would find that it is not time yet. */
const lookAt = (crisisId: string, at: number): Job =>
  alarm('waiting.look', { crisisId }, new Date(at + SECOND), `waiting:${crisisId}:at:${at}`);
