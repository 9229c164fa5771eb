import type { Entry } from './product.ts';

type Roster = Record<string, { people: string[]; deputies: string[] }>;
type TaskState = { status: string; assigneeId: string | null; version: number };
type Numbered = TaskState & { number: number };
type StatementState = {
  status: string;
  version: number;
  hash: string;
  author: string | null;
  submitter: string | null;
  approvedBy: string[];
};
export type Replayed = {
  crisis: { status: string; level: string; leadId: string | null };
  tasks: Map<string, Numbered>;
  statements: Map<string, StatementState>;
  /** Entries that could not have followed what stood before them. */
  impossible: string[];
};

const acts = /^(tasks?_|statement_|level_changed$|lead_changed$|crisis_closed$)/;

/** What the timeline alone says that things have come to. It knows nothing of how the product decides. */
export function replay(entries: readonly Entry[], roster: Roster): Replayed {
  const state: Replayed = {
    crisis: { status: 'open', level: '', leadId: null },
    tasks: new Map(),
    statements: new Map(),
    impossible: [],
  };
  for (const entry of entries) {
    const no = (why: string) => void state.impossible.push(`#${entry.seq} ${entry.kind} by ${entry.actorId}: ${why}`);
    if (state.crisis.status === 'closed' && acts.test(entry.kind)) no('the crisis was closed');
    if (entry.kind === 'crisis_declared') {
      state.crisis.level = String(entry.data['level']);
      state.crisis.leadId = entry.actorId;
    }
    if (entry.kind === 'crisis_closed') state.crisis.status = 'closed';
    if (entry.kind === 'level_changed') state.crisis.level = String(entry.data['to']);
    if (entry.kind === 'tasks_settled') settleTasks(state, entry, no);
    if (entry.kind.startsWith('task_')) replayTask(state, entry, no);
    if (entry.kind.startsWith('statement_')) replayStatement(state, entry, roster, no);
  }
  return state;
}

/** At the closing, all that are open at once. */
function settleTasks({ tasks }: Replayed, { data }: Entry, no: (why: string) => void): void {
  const open = [...tasks].filter(([, task]) => task.status !== 'done');
  const told = (data['tasks'] as number[]).toSorted((a, b) => a - b);
  if (JSON.stringify(told) !== JSON.stringify(open.map(([, { number }]) => number).toSorted((a, b) => a - b)))
    no(`${open.length} tasks were open, of which it names ${told.join(', ')}`);
  for (const [id, task] of open) tasks.set(id, { ...task, status: 'done', version: task.version + 1 });
}

function replayTask({ tasks }: Replayed, { kind, data }: Entry, no: (why: string) => void): void {
  const id = String(data['taskId']);
  const before = tasks.get(id);
  if (kind === 'task_created') {
    if (before) return no('created twice');
    return void tasks.set(id, {
      status: 'open',
      assigneeId: (data['assigneeId'] as string | null) ?? null,
      version: 1,
      number: Number(data['number']),
    });
  }
  if (!before) return no('it does not exist');
  const next = { ...before, version: before.version + 1 };
  if (before.status === 'done' && !/^task_(reopened|undone)$/.test(kind)) no('it was done');
  if (before.status !== 'done' && kind === 'task_reopened') no('it was not done');
  if (before.status === 'started' && kind === 'task_started') no('it was started');
  const becomes: Record<string, string> = {
    task_started: 'started',
    task_done: 'done',
    task_reopened: 'open',
    task_blocked: 'blocked',
    task_done_by_act: 'done',
    task_undone: 'open',
  };
  next.status = becomes[kind] ?? before.status;
  if (kind === 'task_reassigned') {
    if (data['from'] !== before.assigneeId) no(`it was ${String(before.assigneeId)}'s`);
    next.assigneeId = data['to'] as string;
  }
  tasks.set(id, next);
}

function replayStatement(
  { statements, crisis }: Replayed,
  entry: Entry,
  roster: Roster,
  no: (why: string) => void,
): void {
  const { kind, data, actorId } = entry;
  const [id, version, hash] = [String(data['statementId']), Number(data['version']), String(data['hash'])];
  const before = statements.get(id);
  const fresh = { version, hash, author: actorId, submitter: null, approvedBy: [] };
  if (kind === 'statement_drafted') return void statements.set(id, { status: 'draft', ...fresh });
  if (!before) return no('it does not exist');
  if (kind === 'statement_edited') {
    if (version !== before.version + 1) no(`it followed version ${before.version}`);
    if (['published', 'withdrawn'].includes(before.status)) no(`it was ${before.status}`);
    return void statements.set(id, { status: 'draft', ...fresh });
  }
  if (version !== before.version || hash !== before.hash) no(`of version ${version}, where ${before.version} stood`);
  const from = (...allowed: string[]) => {
    if (!allowed.includes(before.status)) no(`it was ${before.status}`);
  };
  const judge = () => {
    from('in_review');
    if (actorId === before.author) no('its author');
    if (actorId === before.submitter) no('who submitted it');
  };
  switch (kind) {
    case 'statement_submitted':
      from('draft');
      return void statements.set(id, { ...before, status: 'in_review', submitter: actorId });
    case 'statement_approval':
      judge();
      return void statements.set(id, { ...before, approvedBy: [...before.approvedBy, actorId ?? ''] });
    case 'statement_approved':
      from('in_review');
      for (const seat of seatsAt(crisis.level))
        if (!isFilled(seat, before, roster, crisis.leadId)) no(`${seat} has not approved`);
      return void statements.set(id, { ...before, status: 'approved' });
    case 'statement_required':
      from('in_review', 'approved');
      return void statements.set(id, { ...before, status: 'in_review' });
    case 'statement_changes_requested':
      judge();
      return void statements.set(id, { ...before, status: 'changes_requested' });
    case 'statement_withdrawn':
      if (before.status === 'withdrawn') no('it was withdrawn');
      return void statements.set(id, { ...before, status: 'withdrawn' });
  }
}

/** A holding statement: communication and legal, and in a major crisis the lead. */
const seatsAt = (level: string): string[] =>
  level === 'major' ? ['communication', 'legal', 'lead'] : ['communication', 'legal'];

function isFilled(seat: string, statement: StatementState, roster: Roster, leadId: string | null): boolean {
  const without = (ids: readonly (string | null | undefined)[]) =>
    ids.filter((id): id is string => !!id && id !== statement.author && id !== statement.submitter);
  const own = without([...(roster[seat]?.people ?? []), ...(roster[seat]?.deputies ?? [])]);
  const lead = without([leadId]);
  const may = own.length > 0 ? own : lead.length > 0 ? lead : without(roster['management']?.people ?? []);
  return may.some((id) => statement.approvedBy.includes(id));
}
