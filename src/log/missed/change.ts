import { accept } from '../../core/decision.ts';
import { findCrisis, lockCrisis, openCrisesOf } from '../../crises/store.ts';
import { commit, type Deps, DuplicateDelivery } from '../../jobs/commit.ts';
import { keepMessages } from '../change.ts';
import type { Captured } from '../slack-message.ts';
import { markHeard, momentsHeard } from '../store.ts';
import { after, isRead, nextPage, notListening, pageKey, type Reading, readRoom, silentSince } from './rules.ts';

/**
 * Says that the product listens to a workspace now: at start, and each minute while deliveries can arrive. After a silence
 * that is longer than Slack repeats its events, every open room is read.
 */
export async function listen(deps: Deps, workspaceId: string): Promise<void> {
  await commit(deps, null, async (tx) => {
    const now = deps.now();
    const last = silentSince([...(await momentsHeard(tx, workspaceId)), now]);
    await markHeard(tx, workspaceId, now);
    if (!last) return { crisis: null, decision: accept(null) };
    const rooms = (await openCrisesOf(tx, workspaceId)).flatMap(({ id, channelId, declaredAt }) =>
      channelId ? [readRoom({ crisisId: id, channelId }, declaredAt > last ? declaredAt : last, now)] : [],
    );
    return { crisis: null, decision: accept(null, { jobs: rooms }) };
  });
}

/** Orders that every open room of a workspace is read: Slack says that it left events out between two moments. */
export async function eventsWereDropped(deps: Deps, workspaceId: string, from: Date, to: Date): Promise<void> {
  await commit(deps, null, async (tx) => {
    const rooms = (await openCrisesOf(tx, workspaceId)).flatMap(({ id, channelId }) =>
      channelId ? [readRoom({ crisisId: id, channelId }, from, to)] : [],
    );
    return { crisis: null, decision: accept(null, { jobs: rooms }) };
  });
}

/** Keeps what a page shows that was not known, and orders the next page or tells the gap. Once for each page. */
export const keepPage = (
  deps: Deps,
  reading: Reading,
  page: { messages: readonly Captured[]; roots: string[]; cursor: string },
): Promise<void> =>
  onceFor(deps, reading, async (tx, crisis) => {
    const { added, timeline } = await keepMessages(tx, crisis, reading.channelId, page.messages, deps.now(), true);
    const next = after(reading, { ...page, kept: added });
    return isRead(next)
      ? { timeline: [...timeline, ...notListening(next, null)], jobs: [] }
      : { timeline, jobs: [nextPage(next)] };
  });

/** Slack refuses to let the room be read, for good. */
export const tellUnread = (deps: Deps, reading: Reading, problem: string): Promise<void> =>
  onceFor(deps, reading, async () => ({ timeline: notListening(reading, problem), jobs: [] }));

type Outcome = NonNullable<Parameters<typeof accept>[1]>;
type InCrisis = (
  tx: Parameters<Parameters<Deps['db']['transaction']>[0]>[0],
  crisis: Awaited<ReturnType<typeof lockCrisis>>,
) => Promise<Outcome>;

async function onceFor(deps: Deps, reading: Reading, act: InCrisis): Promise<void> {
  await commit(deps, pageKey(reading), async (tx) => {
    const crisis = await lockCrisis(tx, reading.crisisId);
    return { crisis, decision: accept(null, await act(tx, crisis)) };
  }).catch((error: unknown) => {
    if (!(error instanceof DuplicateDelivery)) throw error;
  });
}

/** The crisis whose room is to be read; undefined when another room has replaced it since. */
export async function crisisToRead({ db }: Deps, { crisisId, channelId }: Reading) {
  const crisis = await findCrisis(db, crisisId);
  return crisis?.channelId === channelId ? crisis : undefined;
}
