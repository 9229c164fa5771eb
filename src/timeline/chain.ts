import { canonicalJson, sha256 } from '../core/ids.ts';

/**
 * What a link commits to instead of holding it: the hash of words under a salt. Whoever has the words and the salt can prove
 * that they were these; once both are gone, nobody can guess them. Links of earlier versions have none.
 */
type Commitment = { wordsHash?: string | null | undefined; wordsSalt?: string | null | undefined };

export type ChainedEntry = Commitment & {
  id: string;
  crisisId: string;
  seq: number;
  kind: string;
  occurredAt: Date;
  recordedAt: Date;
  actorId: string | null;
  actorName: string | null;
  nameHash?: string | null | undefined;
  nameSalt?: string | null | undefined;
  textEn: string;
  textFr: string;
  data: Record<string, unknown>;
  correctsId: string | null;
  prevHash: string;
  hash: string;
};

/** One thing that Slack said of one message of the room: how it stood, or that it was gone. */
export type ChainedRevision = Commitment & {
  crisisId: string;
  /** 1, 2, 3 … over all messages of the crisis, as they were written down. */
  seq: number;
  channelId: string;
  ts: string;
  threadTs: string | null;
  authorId: string | null;
  files: { id: string; name: string }[];
  /** 1, 2, 3 … within the message. */
  revision: number;
  change: 'posted' | 'edited' | 'deleted';
  /** Who posted or edited; Slack does not say who deleted. */
  byId: string | null;
  text: string;
  /** Not heard when it was written, and read afterwards. Left out where it was heard. */
  isReadLater?: boolean | undefined;
  occurredAt: Date;
  recordedAt: Date;
  prevHash: string;
  hash: string;
};

/**
 * What a digest or the brief carries of an entry's hash, for whoever compares: 64 of its 256 bits. Somebody who rewrote
 * the timeline would have to find another chain that ends with the same.
 */
export const shortFingerprint = (hash: string): string => hash.slice(0, 16);

/** Where a chain ends: how many links it has, and the hash of the last. */
export type ChainHead = { count: number; hash: string };

/** Where the chain of a crisis starts: bound to the crisis, so that no chain can be passed off as another's. */
export const genesisHash = (crisisId: string): string => sha256(`crisis-war-room timeline ${crisisId}`);
export const messagesGenesisHash = (crisisId: string): string => sha256(`crisis-war-room messages ${crisisId}`);

/**
 * SHA-256 over the entry and the hash before it, as JSON with sorted keys and UTC instants: every field, words and name by
 * their commitments where there are any.
 */
export function entryHash(entry: Omit<ChainedEntry, 'hash'>): string {
  const { id, crisisId, seq, kind, occurredAt, recordedAt, actorId, correctsId, prevHash, wordsHash, nameHash } = entry;
  const { actorName, textEn, textFr, data } = entry;
  const said = wordsHash ? { wordsHash, nameHash } : { actorName, textEn, textFr, data };
  return sha256(
    canonicalJson({ id, crisisId, seq, kind, occurredAt, recordedAt, actorId, correctsId, ...said, prevHash }),
  );
}

/** The same for a revision of a message. */
export function revisionHash(entry: Omit<ChainedRevision, 'hash'>): string {
  const { crisisId, seq, channelId, ts, threadTs, authorId, revision, change, byId, occurredAt, recordedAt } = entry;
  const { prevHash, wordsHash, text, files, isReadLater } = entry;
  const said = { ...(wordsHash ? { wordsHash } : { text, files }), ...(isReadLater ? { isReadLater } : {}) };
  const fields = { crisisId, seq, channelId, ts, threadTs, authorId, revision, change, byId, occurredAt, recordedAt };
  return sha256(canonicalJson({ ...fields, ...said, prevHash }));
}

export const entryWordsHash = (salt: string, { textEn, textFr, data }: Omit<ChainedEntry, 'hash'>): string =>
  sha256(canonicalJson({ salt, textEn, textFr, data }));
export const nameHash = (salt: string, { actorName }: Pick<ChainedEntry, 'actorName'>): string =>
  sha256(canonicalJson({ salt, actorName }));
export const revisionWordsHash = (salt: string, { text, files }: Pick<ChainedRevision, 'text' | 'files'>): string =>
  sha256(canonicalJson({ salt, text, files }));

/** Entries that tell when nobody listened to the room: the chain is whole, and does not hold what happened then. */
const gapKind = 'not_listening';
export const gapsIn = (entries: readonly Pick<ChainedEntry, 'kind' | 'seq'>[]): number[] =>
  entries.filter(({ kind }) => kind === gapKind).map(({ seq }) => seq);

/** What stands where words were erased; the database lets nothing else be put there. */
export const erasedWords = { textEn: '[erased]', textFr: '[effacé]', data: {} };
export const erasedMessage = { text: '[erased · effacé]', files: [] };

/** The entry that tells of an erasure names what it took, by numbers. It can itself not be erased. */
export const erasureKind = 'words_erased';
type Erasure = { words: ReadonlySet<number>; names: ReadonlySet<number>; messages: ReadonlySet<number> };

export function erasuresIn(entries: readonly Pick<ChainedEntry, 'kind' | 'data'>[]): Erasure {
  const numbers = (name: string) =>
    new Set(
      entries
        .filter(({ kind }) => kind === erasureKind)
        .flatMap(({ data }) => (Array.isArray(data[name]) ? (data[name] as unknown[]) : []))
        .filter((seq) => typeof seq === 'number'),
    );
  return { words: numbers('words'), names: numbers('names'), messages: numbers('messages') };
}

/** Entries of these kinds go out of the product with everything before them: they seal the room's messages as well. */
export const sealing: ReadonlySet<string> = new Set(['crisis_closed', 'timeline_exported']);

/** The head of the messages' chain that a sealing entry wrote down, or null. */
export function sealOf(entry: Pick<ChainedEntry, 'kind' | 'data'>): ChainHead | null {
  const seal = sealing.has(entry.kind) ? entry.data['messages'] : null;
  if (typeof seal !== 'object' || seal === null) return null;
  const { count, hash } = seal as Record<string, unknown>;
  return typeof count === 'number' && typeof hash === 'string' ? { count, hash } : null;
}

/**
 * What is wrong at one place of a chain.
 * - `altered`: a field changed after writing
 * - `missing`: what had this number was taken out
 * - `inserted`: this was put in between two that follow one another
 * - `moved`: this stands at the place of another
 * - `out_of_chain`: it is whole, but what stood before it was replaced
 * - `foreign`: it belongs to another crisis
 * - `emptied`: its words or name are gone, and no entry tells of an erasure
 */
export type ChainProblem = {
  seq: number;
  problem: 'altered' | 'missing' | 'inserted' | 'moved' | 'out_of_chain' | 'foreign' | 'emptied';
};

type Link = { crisisId: string; seq: number; prevHash: string; hash: string };

/** Checks a crisis's entries in order. Answers the first problem, or null when every entry is the one that was written. */
export function verifyChain(crisisId: string, entries: readonly ChainedEntry[]): ChainProblem | null {
  const { words, names } = erasuresIn(entries);
  return verifyLinks(crisisId, genesisHash(crisisId), entries, {
    hashOf: (entry) => {
      const taken = (words.has(entry.seq) && isSame(erasedWords, entry)) || (names.has(entry.seq) && !entry.actorName);
      return !entry.wordsHash && taken ? entry.hash : entryHash(entry);
    },
    stateOf: (entry) => {
      if (!entry.wordsHash) return 'whole';
      return worst(
        stateOf(entry.wordsHash, entry.wordsSalt, (salt) => entryWordsHash(salt, entry), {
          isBlank: isSame(erasedWords, entry),
          isTold: words.has(entry.seq),
        }),
        stateOf(entry.nameHash, entry.nameSalt, (salt) => nameHash(salt, entry), {
          isBlank: entry.actorName === null,
          isTold: names.has(entry.seq),
        }),
      );
    },
  });
}

export const verifyRevisions = (
  crisisId: string,
  revisions: readonly ChainedRevision[],
  { messages }: Pick<Erasure, 'messages'>,
): ChainProblem | null =>
  verifyLinks(crisisId, messagesGenesisHash(crisisId), revisions, {
    hashOf: (one) =>
      !one.wordsHash && messages.has(one.seq) && isSame(erasedMessage, one) ? one.hash : revisionHash(one),
    stateOf: (one) =>
      one.wordsHash
        ? stateOf(one.wordsHash, one.wordsSalt, (salt) => revisionWordsHash(salt, one), {
            isBlank: isSame(erasedMessage, one),
            isTold: messages.has(one.seq),
          })
        : 'whole',
  });

type State = 'whole' | 'altered' | 'emptied';
const worst = (...states: State[]): State => states.find((state) => state !== 'whole') ?? 'whole';

/** What a link commits to is there and fits, or it was erased and an entry tells of it. */
function stateOf(
  commitment: string | null | undefined,
  salt: string | null | undefined,
  hashWith: (salt: string) => string,
  { isBlank, isTold }: { isBlank: boolean; isTold: boolean },
): State {
  if (salt) return hashWith(salt) === commitment ? 'whole' : 'altered';
  if (!isBlank) return 'altered';
  return isTold ? 'whole' : 'emptied';
}

const isSame = (erased: object, link: object): boolean =>
  Object.entries(erased).every(
    ([name, value]) => canonicalJson((link as Record<string, unknown>)[name]) === canonicalJson(value),
  );

type Reading<L> = { hashOf: (link: L) => string; stateOf: (link: L) => State };

function verifyLinks<L extends Link>(
  crisisId: string,
  start: string,
  links: readonly L[],
  { hashOf, stateOf }: Reading<L>,
): ChainProblem | null {
  let previous = start;
  for (const [index, link] of links.entries()) {
    if (link.crisisId !== crisisId) return { seq: link.seq, problem: 'foreign' };
    const isWhole = hashOf(link) === link.hash;
    if (!isWhole || link.seq !== index + 1 || link.prevHash !== previous)
      return diagnose(start, links, index, previous, hashOf);
    const state = stateOf(link);
    if (state !== 'whole') return { seq: link.seq, problem: state };
    previous = link.hash;
  }
  return null;
}

/** Names what is wrong with the first link that does not fit, from where the hashes say that it and its neighbours belong. */
function diagnose<L extends Link>(
  start: string,
  links: readonly L[],
  index: number,
  previous: string,
  hashOf: (link: L) => string,
): ChainProblem {
  const link = links[index] as L;
  const number = index + 1;
  const later = links.slice(number);
  const followsLater = later.some((other) => other.hash === link.prevHash);
  const isWhole = hashOf(link) === link.hash;
  if (link.seq !== number) {
    if (links.slice(0, index).some((other) => other.seq === link.seq)) return { seq: link.seq, problem: 'inserted' };
    if (!later.some((other) => other.seq === number)) return { seq: number, problem: 'missing' };
    return { seq: number, problem: followsLater ? 'moved' : 'inserted' };
  }
  const before = link.prevHash === start ? 0 : links.slice(0, index).findIndex((o) => o.hash === link.prevHash) + 1;
  const followsEarlier = link.prevHash !== previous && (before > 0 || link.prevHash === start);
  if (followsLater) return { seq: number, problem: 'moved' };
  if (followsEarlier) return { seq: before + 1, problem: 'inserted' };
  if (isWhole) return { seq: number, problem: 'out_of_chain' };
  if (later.some((other) => other.prevHash === previous)) return { seq: number, problem: 'inserted' };
  if (link.prevHash !== previous && wasFurtherOn(link, hashOf)) return { seq: number, problem: 'missing' };
  return { seq: number, problem: 'altered' };
}

/** Numbers were closed up over what was taken out: the link is whole under the number that it had. */
const wasFurtherOn = <L extends Link>(link: L, hashOf: (link: L) => string): boolean =>
  Array.from({ length: 100 }, (_, i) => link.seq + i + 1).some((seq) => hashOf({ ...link, seq }) === link.hash);
