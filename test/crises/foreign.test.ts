import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as closing from '../../src/closing/change.ts';
import type { Refusal } from '../../src/core/decision.ts';
import { newId } from '../../src/core/ids.ts';
import * as crises from '../../src/crises/change.ts';
import { findCrisisOfChannel } from '../../src/crises/store.ts';
import * as digests from '../../src/digests/change.ts';
import * as log from '../../src/log/change.ts';
import * as responders from '../../src/responders/change.ts';
import { calloutsOf } from '../../src/responders/store.ts';
import type { Act } from '../../src/slack/feature.ts';
import * as statements from '../../src/statements/change.ts';
import { withdraw } from '../../src/statements/rules.ts';
import { statementsOf } from '../../src/statements/store.ts';
import * as tasks from '../../src/tasks/change.ts';
import { tasksOf } from '../../src/tasks/store.ts';
import { entriesOf } from '../../src/timeline/store.ts';
import * as warRoom from '../../src/war-room/change.ts';
import { actOf } from '../support/acts.ts';
import { type Company, startCompany } from '../support/company.ts';

type Ids = { crisis: string; callout: string; task: string; statement: string };
type Outcome = { ok: true } | { ok: false; refusal: Refusal };
type Doing = (act: Act, ids: Ids) => Promise<Outcome>;

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

const acts: [string, Doing][] = [
  ['hands over', (by, id) => crises.handOver(by, id.crisis, { userId: by.who.userId, isOutsider: false }, '')],
  ['writes', (by, id) => log.writeIntoTimeline(by, id.crisis, note)],
  ['adds a message', (by, id) => log.addMessage(by, id.crisis, message)],
  ['exports', (by, id) => log.orderExport(by, id.crisis, newId())],
  ['answers', (by, id) => responders.answerCalls(by, id.crisis, [id.callout])],
  ['declines', (by, id) => responders.declineCalls(by, id.crisis, [id.callout])],
  ['calls a department', (by, id) => responders.callDepartment(by, id.crisis, 'legal', '')],
  ['calls people', (by, id) => responders.callByName(by, id.crisis, { userIds: ['U1'], department: null, reason: '' })],
  ['creates a task', (by, id) => tasks.addTask(by, id.crisis, { ...wish, id: newId() })],
  ['moves a task', (by, id) => tasks.moveTask(by, { id: id.task, v: 1 }, { kind: 'start' })],
  ['reads a task', (by, id) => tasks.readTask(by, { id: id.task, v: 1 }, 'start')],
  ['drafts', (by, id) => statements.draftStatement(by, id.crisis, { ...wording, id: newId() }, false)],
  [
    'withdraws a statement',
    (by, id) => statements.changeStatement(by, id.statement, (s, scene) => withdraw(s, 'No', scene)),
  ],
  ['asks for a digest', (by, id) => digests.digestNow(by, id.crisis)],
  ['changes the rhythm', (by, id) => digests.changeRhythm(by, id.crisis, 30)],
  ['closes', (by, id) => closing.close(by, id.crisis, { note: 'Over', tasks: null })],
  ['reopens', (by, id) => closing.reopen(by, id.crisis, 'Not over')],
  ['lets somebody in', (by, id) => warRoom.letPersonIn(by, id.crisis, 'U1')],
  ['repairs', (by, id) => warRoom.repairRoom(by, id.crisis)],
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
    const own = actor(company.app.workspaceId);
    await statements.draftStatement(own, crisis?.id ?? '', { ...wording, id: newId() }, false);
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

  const actor = (workspaceId: string): Act =>
    actOf(company.app.deps, { workspaceId, userId: company.claire.id, channelId: room });

  test.each(acts)('who %s is told no more than that they are not in the room', async (_, act) => {
    const { deps } = company.app;
    const before = await entriesOf(deps.db, ids.crisis, 0, 100);
    const outcome = await act(actor('T0OTHER'), ids);
    expect(outcome).toEqual({ ok: false, refusal: { code: 'not_in_room' } });
    expect(await entriesOf(deps.db, ids.crisis, 0, 100)).toEqual(before);
  });

  test('a statement cannot be read', async () => {
    expect(await statements.openStatement(actor('T0OTHER'), ids.statement)).toBeNull();
    expect(await statements.openStatement(actor(company.app.workspaceId), ids.statement)).not.toBeNull();
  });

  test('joining is refused in the words of a crisis that does not exist', async () => {
    const outcome = await responders.joinCrisis(actor('T0OTHER'), ids.crisis);
    expect(outcome).toEqual({ ok: false, refusal: { code: 'no_such_crisis' } });
  });
});
