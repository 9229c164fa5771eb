import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as closing from '../../src/closing/change.ts';
import type { Refusal } from '../../src/core/decision.ts';
import { newId } from '../../src/core/ids.ts';
import * as crises from '../../src/crises/change.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import * as digests from '../../src/digests/change.ts';
import type { Deps } from '../../src/jobs/commit.ts';
import * as log from '../../src/log/change.ts';
import * as responders from '../../src/responders/change.ts';
import { calloutsOf } from '../../src/responders/store.ts';
import * as statements from '../../src/statements/change.ts';
import { withdraw } from '../../src/statements/rules.ts';
import { statementsOf } from '../../src/statements/store.ts';
import * as tasks from '../../src/tasks/change.ts';
import { tasksOf } from '../../src/tasks/store.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import * as warRoom from '../../src/war-room/change.ts';
import { type Company, startCompany } from '../support/company.ts';

type Ids = { crisis: string; callout: string; task: string; statement: string };
type Outcome = { ok: true } | { ok: false; refusal: Refusal };
type Act = (deps: Deps, by: crises.Actor, ids: Ids) => Promise<Outcome>;

const now = new Date();
const message = { channelId: 'C1', ts: '1.2', threadTs: null, authorId: null, text: 'Hello', files: [] };
const note = { text: 'It rains', occurredAt: now, sourceUrl: null, correctsId: null };
const wording = { title: 'Words', kind: 'holding', audience: 'public', language: 'en', body: 'We know.' } as const;
const wish = {
  title: 'Call the plant',
  details: '',
  userIds: [],
  department: null,
  dueAt: null,
  dueProblem: null,
  sourceUrl: null,
};

const acts: [string, Act][] = [
  ['hands over', (d, by, id) => crises.handOver(d, by, id.crisis, { userId: by.userId, isOutsider: false }, '')],
  ['writes', (d, by, id) => log.writeIntoTimeline(d, by, id.crisis, note)],
  ['adds a message', (d, by, id) => log.addMessage(d, by, id.crisis, message)],
  ['exports', (d, by, id) => log.orderExport(d, by, id.crisis, newId())],
  ['answers', (d, by, id) => responders.answerCallout(d, by, id.crisis, id.callout)],
  ['declines', (d, by, id) => responders.declineCallout(d, by, id.crisis, id.callout)],
  ['calls a department', (d, by, id) => responders.callDepartment(d, by, id.crisis, 'legal', '')],
  [
    'calls people',
    (d, by, id) => responders.callByName(d, by, id.crisis, { userIds: ['U1'], department: null, reason: '' }),
  ],
  ['creates a task', (d, by, id) => tasks.addTask(d, by, id.crisis, { ...wish, id: newId() })],
  ['moves a task', (d, by, id) => tasks.moveTask(d, by, { id: id.task, v: 1 }, { kind: 'start' })],
  ['reads a task', (d, by, id) => tasks.readTask(d, by, { id: id.task, v: 1 }, 'start')],
  ['drafts', (d, by, id) => statements.draftStatement(d, by, id.crisis, { ...wording, id: newId() }, false)],
  [
    'withdraws a statement',
    (d, by, id) => statements.changeStatement(d, by, id.statement, (s, scene) => withdraw(s, 'No', scene)),
  ],
  ['asks for a digest', (d, by, id) => digests.digestNow(d, by, id.crisis)],
  ['changes the rhythm', (d, by, id) => digests.changeRhythm(d, by, id.crisis, 30)],
  ['closes', (d, by, id) => closing.close(d, by, id.crisis, 'Over')],
  ['reopens', (d, by, id) => closing.reopen(d, by, id.crisis, 'Not over')],
  ['lets somebody in', (d, by, id) => warRoom.letPersonIn(d, by, id.crisis, 'U1')],
  ['repairs', (d, by, id) => warRoom.repairRoom(d, by, id.crisis)],
];

describe('somebody of another workspace, be it the lead’s own account there', () => {
  let company: Company;
  let room: string;
  let ids: Ids;
  beforeAll(async () => {
    company = await startCompany();
    room = await company.declare('Glass in the soup');
    const { db } = company.app.deps;
    await company.claire.command('/crisis task Call the factory', room);
    const crisis = await findCrisisOfChannel(db, company.app.workspaceId, room, null);
    const own = { ...actor(company.app.workspaceId), deliveryKey: 'draft' };
    await statements.draftStatement(company.app.deps, own, crisis?.id ?? '', { ...wording, id: newId() }, false);
    await company.settled();
    const found = async (rows: Promise<{ id: string }[]>) => (await rows)[0]?.id ?? '';
    ids = {
      crisis: crisis?.id ?? '',
      callout: await found(calloutsOf(db, crisis?.id ?? '')),
      task: await found(tasksOf(db, [crisis?.id ?? ''])),
      statement: await found(statementsOf(db, crisis?.id ?? '')),
    };
  });
  afterAll(() => company.close());

  const actor = (workspaceId: string): crises.Actor => ({
    workspaceId,
    userId: company.claire.id,
    isOutsider: false,
    channelId: room,
    deliveryKey: newId(),
  });

  test.each(acts)('who %s is told no more than that they are not in the room', async (_, act) => {
    const { deps } = company.app;
    const before = await entriesOf(deps.db, ids.crisis, 0, 100);
    const outcome = await act(deps, actor('T0OTHER'), ids);
    expect(outcome).toEqual({ ok: false, refusal: { code: 'not_in_room' } });
    expect(await entriesOf(deps.db, ids.crisis, 0, 100)).toEqual(before);
  });

  test('a statement cannot be read', async () => {
    expect(await statements.openStatement(company.app.deps, actor('T0OTHER'), ids.statement)).toBeNull();
    expect(
      await statements.openStatement(company.app.deps, actor(company.app.workspaceId), ids.statement),
    ).not.toBeNull();
  });

  test('joining is refused in the words of a crisis that does not exist', async () => {
    const outcome = await responders.joinCrisis(company.app.deps, actor('T0OTHER'), ids.crisis);
    expect(outcome).toEqual({ ok: false, refusal: { code: 'no_such_crisis' } });
  });
});
