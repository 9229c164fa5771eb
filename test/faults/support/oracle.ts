import { MINUTE } from '../../../src/core/time.ts';
import { theProduct } from '../../../src/people/rules.ts';
import { verifyExport } from '../../../src/timeline/verify.ts';
import { keyOf } from './key.ts';
import type { Lane } from './lane.ts';
import type { Facts, Story } from './story.ts';

/** What is true once everything has come to rest, however often the product died. Answers what is not. */
export async function wrongs(lane: Lane, stories: readonly Story[]): Promise<string[]> {
  const found: string[] = [];
  const wrong = (text: string) => void found.push(text);
  const { sandbox } = lane;
  const messages = sandbox.channels().flatMap((channel) => channel.messages);

  // Each visible effect once: by what people see, by what the ledger says, and both the same.
  const seen = new Map<string, number>();
  for (const message of messages) if (keyOf(message)) seen.set(keyOf(message), (seen.get(keyOf(message)) ?? 0) + 1);
  for (const [key, count] of seen) if (count !== 1) wrong(`${key} is seen ${count} times`);
  const effects = await lane.rows(`select key, state, error from effects`);
  for (const { key, state, error } of effects) {
    if (state !== 'done') wrong(`${String(key)} is ${String(state)} (${String(error)})`);
    else if (!String(key).startsWith('export:') && !seen.has(String(key)))
      wrong(`${String(key)} is recorded and not seen`);
  }
  const known = new Set(effects.map((e) => e['key']));
  for (const key of seen.keys()) if (!known.has(key)) wrong(`${key} is seen and not recorded`);

  // Nothing is left to do, nothing was given up.
  const jobs = await lane.rows(
    `select state::text as state, data->>'kind' as kind, count(*)::int as n from pgboss.job where state in ('active', 'retry', 'failed') or (state = 'created' and start_after <= now()) group by 1, 2`,
  );
  for (const job of jobs) wrong(`left over: ${JSON.stringify(job)}`);

  const rooms = sandbox.channels().filter((channel) => channel.name.startsWith('crisis-'));
  if (rooms.length !== stories.length)
    wrong(`${rooms.length} rooms for ${stories.length} crises: ${rooms.map((r) => r.name).join(', ')}`);
  for (const problem of sandbox.problems)
    wrong(`Slack refused: ${problem.where} ${problem.error} ${problem.messages.join('; ')}`);
  for (const line of lane.logged)
    if (line.startsWith('error') && !/ECONN|CONNECT|57P01|terminat|Connection/.test(line))
      wrong(`logged: ${line.slice(0, 600)}`);

  for (const story of stories)
    for (const problem of await wrongsOf(lane, story, seen)) wrong(`${story.title}: ${problem}`);
  return found;
}

async function factsOf(lane: Lane, crisisId: string): Promise<Facts> {
  const of = (table: string, where = `crisis_id = '${crisisId}'`) =>
    lane
      .rows(`select to_jsonb(t) as row from (select * from ${table} where ${where}) t`)
      .then((rows) => rows.map((r) => r['row'] as Record<string, unknown>));
  const [crisis = {}] = await of('crises', `id = '${crisisId}'`);
  return {
    crisis,
    tasks: await of('tasks'),
    decisions: await of('decisions'),
    waiting: await of('waiting'),
    statements: (
      await lane.rows(
        `select to_jsonb(s) || jsonb_build_object('title', v.title) as row from statements s join statement_versions v on v.statement_id = s.id and v.number = s.current_version where s.crisis_id = '${crisisId}'`,
      )
    ).map((r) => r['row'] as Record<string, unknown>),
    verdicts: await of(
      'statement_verdicts',
      `statement_id in (select id from statements where crisis_id = '${crisisId}')`,
    ),
    callouts: await of('callouts'),
    digests: await of('digests'),
    said: await of('room_message_revisions'),
    entries: (await lane.ask('chain', crisisId)).entries,
  };
}

async function wrongsOf(lane: Lane, story: Story, seen: ReadonlyMap<string, number>): Promise<string[]> {
  const found: string[] = [];
  const [crisisId, room] = [story.crisisId(), story.room()];
  const { problem } = await lane.ask('chain', crisisId);
  if (problem) found.push(`the chain is broken: ${JSON.stringify(problem)}`);
  const facts = await factsOf(lane, crisisId);
  for (const claim of story.claims) {
    const count = claim.count(facts);
    if (claim.taken ? count !== 1 : count < 0 || count > 1)
      found.push(`${claim.what}: ${claim.taken ? 'taken' : 'not taken'} and there ${count} times`);
  }
  const channel = lane.sandbox.channel(room);
  if (!channel?.is_private) found.push('the room is not private');
  if (!seen.has(`brief:${crisisId}:1`)) found.push('no brief');
  if (
    channel &&
    !channel.pins.some((pin) => keyOf(channel.messages.find((m) => m.ts === pin.ts)) === `brief:${crisisId}:1`)
  )
    found.push('the brief is not pinned');
  if (!seen.has(`call:${crisisId}`)) found.push('nobody is called in the room');
  if (facts.callouts.length !== new Set(facts.callouts.map((c) => c['department'])).size || facts.callouts.length < 3)
    found.push(`${facts.callouts.length} call-outs`);
  for (const name of ['Claire', 'Helen', 'Tom'])
    if (channel && !channel.members.includes(lane.sandbox.person(name).id)) found.push(`${name} is not in the room`);

  const posted = facts.digests
    .filter((d) => d['number'] !== null)
    .map((d) => Number(d['number']))
    .sort((a, b) => a - b);
  if (posted.some((number, i) => number !== i + 1)) found.push(`digests are numbered ${posted.join(', ')}`);
  const told = facts.entries.filter((e) => e.kind === 'digest_posted').length;
  if (told !== posted.length) found.push(`${posted.length} digests, ${told} in the timeline`);
  for (const number of posted)
    if (!seen.has(`digest:${crisisId}:${number}`)) found.push(`digest ${number} is not seen`);
  // Two of one beat would be at most a moment apart.
  const beats = facts.digests
    .filter((d) => d['asked_by'] === null)
    .map((d) => Date.parse(String(d['at'])))
    .sort((a, b) => a - b);
  for (const [i, at] of beats.entries())
    if (i > 0 && at - (beats[i - 1] ?? 0) < 60_000)
      found.push(`two digests of one beat at ${new Date(at).toISOString()}`);
  if (beats.length < 2) found.push(`${beats.length} beats, at least 2 were lived through`);

  const brief = channel?.messages.find((m) => keyOf(m) === `brief:${crisisId}:1`);
  for (const list of ['tasks', 'statements', 'first-hour'])
    if (lists(list, crisisId, seen).some((key) => !key.endsWith(`@${brief?.ts}`)) || !lists(list, crisisId, seen)[0])
      found.push(`lists of ${list}: ${lists(list, crisisId, seen).join(', ')}`);
  for (const { id, number } of facts.decisions)
    if (!seen.has(`decision:${String(id)}`)) found.push(`decision ${String(number)} is not seen`);
  found.push(...waitingWrongs(lane, crisisId, facts), ...escalationWrongs(facts, seen));
  found.push(...firstHourWrongs(crisisId, facts, seen));
  found.push(...closingWrongs(lane, room, crisisId, facts));
  return found;
}

/** In the thread of the brief. */
const lists = (name: string, crisisId: string, seen: ReadonlyMap<string, number>): string[] =>
  [...seen.keys()].filter((key) => key.startsWith(`${name}:${crisisId}`));

const at = (value: unknown): number => Date.parse(String(value));
/** What came due so shortly before the end may have been overtaken by it. */
const leave = MINUTE;

/**
 * What waits on each person: the newest generation is seen, and it alone has something to press; each older one that was
 * shown says that it is further down. In a closed crisis nothing is to be pressed.
 */
function waitingWrongs(lane: Lane, crisisId: string, facts: Facts): string[] {
  const found: string[] = [];
  const messages = lane.sandbox.channels().flatMap((channel) => channel.messages);
  if (facts.waiting.length < 3) found.push(`${facts.waiting.length} people were told what waits on them`);
  for (const row of facts.waiting) {
    const prefix = `waiting:${crisisId}:${String(row['user_id'])}:`;
    const newest = Number(row['generation']);
    const shown = messages.filter((m) => keyOf(m).startsWith(prefix));
    if (!shown.some((m) => keyOf(m) === `${prefix}${newest}`)) found.push(`${prefix}${newest} is not seen`);
    for (const message of shown) {
      const generation = Number(keyOf(message).slice(prefix.length));
      const blocks = JSON.stringify(message.blocks);
      const isOver = generation < newest || facts.crisis['status'] === 'closed';
      if (generation > newest) found.push(`${keyOf(message)} is newer than what is recorded`);
      if (isOver && blocks.includes('"button"')) found.push(`${keyOf(message)} can still be pressed`);
      if (/is further down|est plus bas/.test(blocks) !== generation < newest)
        found.push(`${keyOf(message)} of ${newest} says ${blocks}`);
    }
  }
  return found;
}

/** Each call that nobody answers goes on to the deputies, then to the lead: once each, and each of them is told. */
function escalationWrongs(facts: Facts, seen: ReadonlyMap<string, number>): string[] {
  const found: string[] = [];
  for (const callout of facts.callouts) {
    const [id, department] = [String(callout['id']), String(callout['department'])];
    const stages = facts.entries.filter((e) => e.kind === 'callout_escalated' && e.data['calloutId'] === id);
    const to = stages.map((e) => String(e.data['to']));
    if (new Set(to).size !== to.length) found.push(`${department} was passed on to ${to.join(', ')}`);
    if (callout['answered_at'] !== null) continue;
    if (callout['stage'] !== 'lead' && at(callout['due_at']) < at(facts.crisis['closed_at']) - leave)
      found.push(`${department} waits at its ${String(callout['stage'])} since ${String(callout['due_at'])}`);
    // The lead is told of departments that fall silent together in one message.
    const isTold = (stage: string) =>
      stage === 'lead'
        ? [...seen.keys()].some((key) => key.startsWith(`mention:${String(facts.crisis['id'])}:silent:`))
        : seen.has(`mention:${id}:${String(callout['round'])}:${stage}`);
    for (const stage of to) if (!isTold(stage)) found.push(`${stage}: not told that ${department} does not answer`);
  }
  return found;
}

/** The first hour of a playbook: one entry, one message, each of its tasks and drafts once. */
function firstHourWrongs(crisisId: string, facts: Facts, seen: ReadonlyMap<string, number>): string[] {
  const found: string[] = [];
  const starts = facts.entries.filter((e) => e.kind === 'playbook_started').length;
  if (starts !== 1) found.push(`the playbook was started ${starts} times`);
  if (![...seen.keys()].some((key) => key.startsWith(`first-hour:${crisisId}:1`)))
    found.push('the first hour is not in the room');
  const origins = facts.tasks.flatMap(({ origin }) => (typeof origin === 'string' ? [origin] : []));
  if (origins.length === 0 || new Set(origins).size !== origins.length)
    found.push(`tasks of the playbook: ${origins.join(', ')}`);
  const drafts = facts.statements.filter((s) => s['created_by'] === theProduct);
  if (drafts.length !== 2) found.push(`${drafts.length} drafts of the playbook`);
  return found;
}

/** The closing: its message and the story in its thread, once each and in order, with files that prove themselves. */
function closingWrongs(lane: Lane, room: string, crisisId: string, facts: Facts): string[] {
  if (facts.crisis['status'] !== 'closed') return ['it is not closed'];
  const found: string[] = [];
  const channel = lane.sandbox.channel(room);
  const parts = (channel?.messages ?? []).map(keyOf).filter((key) => key.startsWith(`timeline:${crisisId}:1:`));
  const wanted = [0, 1].map((part) => `timeline:${crisisId}:1:${part}`);
  if (parts.join() !== wanted.join()) found.push(`the closing was posted as ${parts.join(', ')}`);
  const files = (channel?.messages ?? [])
    .flatMap((m) => m.files ?? [])
    .flatMap((id) => lane.sandbox.file(id) ?? [])
    .filter((f) => /\.(md|json|pdf)$/.test(f.name));
  for (const kind of ['md', 'json', 'pdf']) {
    const count = files.filter((f) => f.name.endsWith(kind)).length;
    if (count !== 1) found.push(`${count} ${kind} files`);
  }
  const json = files.find((f) => f.name.endsWith('json'));
  const verdict = json ? verifyExport(JSON.parse(Buffer.from(json.content, 'base64').toString())) : null;
  if (!verdict?.ok) found.push(`the posted timeline does not verify: ${JSON.stringify(verdict)}`);
  return found;
}
