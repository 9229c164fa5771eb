import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { crises, statements, statementVerdicts, tasks } from '../../../db/schema/index.ts';
import { MINUTE } from '../../../src/core/time.ts';
import type { Message, ModalView, Person } from '../../../src/sandbox/server/index.ts';
import { statementsOf } from '../../../src/statements/store.ts';
import { words } from '../../../src/statements/text.ts';
import { verifyChain } from '../../../src/timeline/chain.ts';
import { entriesOf } from '../../../src/timeline/store.ts';
import { choose } from '../../statements/support.ts';
import { fillClosing } from '../../support/acts.ts';
import type { Company } from '../../support/company.ts';
import { report } from './figures.ts';
import { keyOf } from './key.ts';
import { replay } from './replay.ts';

const kinds = [
  'approve',
  'approve',
  'approve',
  'changes',
  'edit',
  'withdraw',
  'submit',
  'start',
  'done',
  'reopen',
  'reassign',
  'block',
  'close',
  'level',
] as const;
type Kind = (typeof kinds)[number];
const written: Record<Kind, string> = {
  approve: 'statement_approval',
  changes: 'statement_changes_requested',
  edit: 'statement_edited',
  withdraw: 'statement_withdrawn',
  submit: 'statement_submitted',
  start: 'task_started',
  done: 'task_done',
  reopen: 'task_reopened',
  reassign: 'task_reassigned',
  block: 'task_blocked',
  close: 'crisis_closed',
  level: 'level_changed',
};

/** Who does what at the same instant; whoever is not named watches. */
const bursts = fc.array(
  fc.uniqueArray(fc.record({ who: fc.nat(4), kind: fc.constantFrom(...kinds) }), {
    minLength: 3,
    maxLength: 5,
    selector: (act) => act.who,
  }),
  { minLength: 3, maxLength: 6 },
);

type Taken = 'taken' | 'refused' | 'unknown';
type Prepared = { by: Person; kind: Kind; go: () => Promise<Taken> };

/** Plays races, each in a crisis of its own. Throws at the first that the timeline does not explain. */
export async function race(company: Company, options: { name: string; seed: number; runs: number }): Promise<void> {
  const figures = {
    seed: options.seed,
    races: 0,
    bursts: 0,
    presses: 0,
    taken: 0,
    refused: 0,
    began: performance.now(),
  };
  process.stdout.write(`\nraces, ${options.name}: FAULTS_SEED=${options.seed}\n`);
  await fc.assert(
    fc.asyncProperty(fc.nat(4), bursts, async (author, story) => {
      await play(company, author, story, figures);
    }),
    { seed: options.seed, numRuns: options.runs, endOnFailure: true },
  );
  const { began, ...rest } = figures;
  report(`races-${options.name}`, { ...rest, seconds: Math.round((performance.now() - began) / 1000) });
}

type Figures = { races: number; bursts: number; presses: number; taken: number; refused: number };

async function play(
  company: Company,
  author: number,
  story: readonly { who: number; kind: Kind }[][],
  figures: Figures,
): Promise<void> {
  const { sandbox, claire, marc, helen, tom, anne } = company;
  const people = [claire, marc, helen, tom, anne];
  figures.races += 1;
  const n = figures.races;
  // Slack opens so many forms a minute.
  await company.pass(MINUTE);
  const room = await company.declare(`quartz${n} raven${n}x saffron${n}y`, { level: 'crisis', patient: true });
  for (const person of people)
    if (!sandbox.channel(room)?.members.includes(person.id)) await claire.invite(room, person.id);
  await company.settledWithRetries();
  const writer = people[author] as Person;
  // On a busy machine a trigger may have expired before the form could be opened.
  for (let tries = 0; tries < 5 && writer.modal()?.callback_id !== 'statements.draft'; tries += 1) {
    await writer.command(`/crisis statement Words ${n}`, room);
    await company.settled();
  }
  writer.fill({ part_1: 'We are stopping the sale.', submit: ['now'] });
  await writer.submit();
  await claire.command(`/crisis task Call the factory <@${tom.id}> in 45 min`, room);
  await company.settledWithRetries();

  for (const burst of story) {
    const before = (await read(company, room)).entries.length;
    const prepared: Prepared[] = [];
    for (const { who, kind } of burst) {
      const by = people[who] as Person;
      while (by.modal()) await by.close();
      const go = await prepare(company, room, by, kind, people, n);
      if (go) prepared.push({ by, kind, go });
    }
    const outcomes = await Promise.all(prepared.map(async (act) => ({ ...act, was: await act.go() })));
    await company.settledWithRetries();
    figures.bursts += 1;
    figures.presses += prepared.length;
    const { entries } = await read(company, room);
    for (const { by, kind, was } of outcomes) {
      const count = entries.slice(before).filter((e) => e.kind === written[kind] && e.actorId === by.id).length;
      figures[count > 0 ? 'taken' : 'refused'] += 1;
      if (was === 'taken' && count !== 1)
        throw new Error(`${by.name} was told that "${kind}" was taken, and it is written ${count} times`);
      if (was === 'refused' && count !== 0)
        throw new Error(`${by.name} was told that "${kind}" was refused, and it is written`);
    }
    await explained(company, room);
    if ((await read(company, room)).crisis.status === 'closed') break;
  }
  for (const person of people) while (person.modal()) await person.close();
}

/** Everything up to the last press, on what is on this person's screen now; null when it is not there to be pressed. */
async function prepare(
  company: Company,
  room: string,
  by: Person,
  kind: Kind,
  people: readonly Person[],
  n: number,
): Promise<Prepared['go'] | null> {
  const { sandbox } = company;
  const shown = (prefix: string): Message | undefined =>
    sandbox.channel(room)?.messages.findLast((m) => new RegExp(`^${prefix}[^:]+(:v\\d+)?$`).test(keyOf(m)));
  const statement = shown('statement:');
  const has = (on: Message | undefined, what: string): on is Message => JSON.stringify(on?.blocks ?? []).includes(what);
  const said = () => by.ephemerals(room).length;
  const pressing = (on: Message, button: string, judge: (added: string) => Taken) => async () => {
    const before = said();
    const { ok } = await by.click(on, button);
    await company.settled();
    return ok
      ? judge(
          by
            .ephemerals(room)
            .slice(before)
            .map((m) => m.text)
            .join('\n'),
        )
      : 'unknown';
  };
  const sending = (accepted: readonly string[]) => async () => {
    const { outcome } = await by.submit();
    return accepted.includes(outcome) ? 'taken' : outcome === 'errors' ? 'refused' : 'unknown';
  };
  const opened = async (callbackId: string, open: () => Promise<unknown>): Promise<boolean> => {
    await open();
    await company.settled();
    return by.modal()?.callback_id === callbackId;
  };
  /** In the row of the task, in the list as this person has opened it: a press that was taken draws the list again. */
  const inList = async (label: string): Promise<Prepared['go'] | null> => {
    if (!(await opened('tasks.list', () => by.command('/crisis tasks', room)))) return null;
    const list = by.modal() as ModalView;
    if (!JSON.stringify(list.blocks).includes(`"text":"${label}"`)) return null;
    return async () => {
      const before = said();
      const { ok } = await by.select(list, { actionId: 'tasks.list_menu:1' }, label);
      await company.settled();
      if (!ok || said() > before) return 'unknown';
      return by.modal()?.callback_id === 'tasks.list' ? 'taken' : 'refused';
    };
  };
  /** One step further: in the form of the one task. */
  const formOfTask = async (label: string, callbackId: string): Promise<boolean> => {
    const open = await inList('More…');
    if (!open || !(await opened('tasks.task', open))) return false;
    const task = by.modal() as ModalView;
    if (!JSON.stringify(task.blocks).includes(`"text":"${label}"`)) return false;
    return opened(callbackId, () => by.select(task, { actionId: 'tasks.menu:1' }, label));
  };
  switch (kind) {
    case 'approve': {
      if (!has(statement, 'statements.approve')) return null;
      const given = ['en', 'fr'].map((l) =>
        words(l as 'en')
          .done.approval(1, 0, 'x')
          .slice(0, 12),
      );
      return pressing(statement, 'statements.approve', (added) =>
        given.some((text) => added.includes(text)) ? 'taken' : 'refused',
      );
    }
    case 'submit':
      return has(statement, 'statements.submit') ? pressing(statement, 'statements.submit', () => 'unknown') : null;
    case 'changes':
      if (!has(statement, 'statements.changes')) return null;
      if (!(await opened('statements.reason', () => by.click(statement, 'statements.changes')))) return null;
      by.fill({ reason: 'Say since when.' });
      return sending(['closed']);
    case 'edit':
    case 'withdraw': {
      const [label, callback] = kind === 'edit' ? ['Edit…', 'statements.draft'] : ['Withdraw…', 'statements.reason'];
      const isMain = kind === 'edit' && has(statement, 'statements.more:main') && !has(statement, 'statements.approve');
      if (!has(statement, label)) return null;
      const open = (): Promise<unknown> => (isMain ? by.click(statement, label) : choose(by, statement, kind));
      if (!(await opened(callback, open))) return null;
      by.fill(
        kind === 'edit'
          ? { part_1: `We are stopping the sale, says ${by.name} ${n} ${Math.random()}.` }
          : { reason: 'No longer true.' },
      );
      return sending(['closed']);
    }
    case 'start':
      return inList('Start');
    case 'done':
      return inList('Mark done');
    case 'reopen':
      return inList('Reopen');
    case 'block':
      if (!(await formOfTask('Block…', 'tasks.block'))) return null;
      by.fill({ reason: 'Nobody answers.' });
      return sending(['updated']);
    case 'reassign':
      if (!(await formOfTask('Reassign…', 'tasks.reassign'))) return null;
      by.fill({ assignee: (people[(people.indexOf(by) + 1) % people.length] as Person).id });
      return sending(['updated']);
    case 'close':
      if (!(await opened('closing.close', () => by.command('/crisis close', room)))) return null;
      fillClosing(by, 'Over.');
      return sending([]);
    case 'level':
      return async () => {
        await by.command('/crisis level major it grows', room);
        return 'unknown';
      };
  }
}

async function read(company: Company, room: string) {
  const { db } = company.app.deps;
  const [crisis] = await db.select().from(crises).where(eq(crises.channelId, room));
  if (!crisis) throw new Error('no crisis');
  return { crisis, entries: await entriesOf(db, crisis.id) };
}

/** State is what replaying the timeline gives, and nothing in the timeline could not have happened. */
async function explained(company: Company, room: string): Promise<void> {
  const { db } = company.app.deps;
  const { crisis, entries } = await read(company, room);
  const broken = verifyChain(crisis.id, entries);
  if (broken) throw new Error(`the chain is broken: ${JSON.stringify(broken)}`);
  const { claire, marc, helen, tom, anne } = company;
  const model = replay(
    entries.map((e) => ({
      seq: e.seq,
      kind: e.kind,
      text: e.textEn,
      actorId: e.actorId,
      data: e.data,
      at: e.occurredAt.getTime(),
    })),
    {
      communication: { people: [claire.id], deputies: [marc.id] },
      legal: { people: [helen.id], deputies: [] },
      marketing: { people: [tom.id], deputies: [] },
      management: { people: [anne.id], deputies: [] },
    },
  );
  const stored = await statementsOf(db, crisis.id);
  const rows = await db.select().from(tasks).where(eq(tasks.crisisId, crisis.id)).orderBy(asc(tasks.number));
  const verdicts = await db
    .select({
      id: statementVerdicts.statementId,
      by: statementVerdicts.userId,
      version: statementVerdicts.versionNumber,
      hash: statementVerdicts.versionHash,
      verdict: statementVerdicts.verdict,
    })
    .from(statementVerdicts)
    .innerJoin(statements, eq(statements.id, statementVerdicts.statementId))
    .where(eq(statements.crisisId, crisis.id));
  const wrong = [...model.impossible];
  const same = (what: string, told: unknown, kept: unknown) => {
    if (JSON.stringify(told) !== JSON.stringify(kept))
      wrong.push(`${what}: the timeline says ${JSON.stringify(told)}, the database ${JSON.stringify(kept)}`);
  };
  same(
    'crisis',
    { status: model.crisis.status, level: model.crisis.level },
    { status: crisis.status, level: crisis.level },
  );
  same(
    'tasks',
    [...model.tasks].map(([id, { status, assigneeId, version }]) => [id, { status, assigneeId, version }]),
    rows.map((t) => [t.id, { status: t.status, assigneeId: t.assigneeId, version: t.version }]),
  );
  for (const statement of stored) {
    const told = model.statements.get(statement.id);
    const standing = verdicts.filter(
      (v) => v.id === statement.id && v.verdict === 'approved' && v.version === statement.current.number,
    );
    same(
      `statement ${statement.number}`,
      told && {
        status: told.status,
        version: told.version,
        hash: told.hash,
        author: told.author,
        submitter: told.submitter,
        approvedBy: [...new Set(told.approvedBy)].sort(),
      },
      {
        status: statement.status,
        version: statement.current.number,
        hash: statement.current.hash,
        author: statement.current.authorId,
        submitter: statement.submittedBy,
        approvedBy: [...new Set(standing.map((v) => v.by))].sort(),
      },
    );
    for (const v of standing)
      if (v.version !== statement.current.number || v.hash !== statement.current.hash)
        wrong.push(`an approval of version ${v.version} stands at version ${statement.current.number}`);
  }
  if (stored.length !== model.statements.size) wrong.push(`${stored.length} statements, ${model.statements.size} told`);
  if (company.sandbox.problems.length > 0) wrong.push(`Slack refused: ${JSON.stringify(company.sandbox.problems[0])}`);
  if (wrong.length > 0)
    throw new Error(
      `${wrong.join('\n')}\n${entries.map((e) => `#${e.seq} ${e.kind} ${e.actorId} ${e.textEn}`).join('\n')}`,
    );
}
