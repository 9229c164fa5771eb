import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/time.ts';
import type { Member } from '../../src/crises/rules.ts';
import { type Act, closing, type Evidence, notice } from '../../src/tasks/noticed.ts';
import { changeTask, createTask, type Task } from '../../src/tasks/rules.ts';
import { aCrisis } from '../support/crisis.ts';

const now = new Date('2026-11-22T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * MINUTE);
const crisis = aCrisis(now);
const claire: Member = { userId: 'UCLAIRE', inCell: true, isLead: false };

const acts = {
  'core/T1': 'level',
  'core/T6': 'fact',
  'core/T8': 'draft',
  'core/T9': 'approval',
  'core/T9b': 'approval',
  'core/T10': 'publication',
  'core/T12': 'employees',
  'core/T14': 'digest',
} as const satisfies Record<string, Act>;
type Origin = keyof typeof acts;
const origins = Object.keys(acts) as Origin[];

function taskFrom(origin: string | null, dueAt: Date | null = later(90)): Task {
  const wish = { id: origin ?? 'own', title: 'Do it', details: '', people: [], department: null, dueAt };
  const decision = createTask(crisis, { ...wish, dueProblem: null, sourceUrl: null, origin }, claire, now);
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.value.task;
}
const evidence = (act: Act, minutes: number, byId: string | null = 'UMARC'): Evidence => ({
  act,
  number: 3,
  byId,
  at: later(minutes),
});
const noticed = (task: Task, seen: readonly Evidence[], minutes: number) =>
  notice([task], seen, crisis, later(minutes));
function after(task: Task, seen: readonly Evidence[], minutes: number): Task {
  const decision = noticed(task, seen, minutes);
  return decision.ok ? (decision.value[0] as Task) : task;
}
function byHand(task: Task, kind: 'done' | 'reopen' | 'start', minutes: number): Task {
  const decision = changeTask(task, task.version, { kind }, crisis, claire, later(minutes));
  if (!decision.ok) throw new Error(decision.refusal.code);
  return decision.value;
}

describe('the product notices', () => {
  test.each(origins)('%s: closed by its act, in the name of who did it', (origin) => {
    const task = taskFrom(origin);
    const decision = noticed(task, [evidence(acts[origin], 5)], 6);
    if (!decision.ok) throw new Error(decision.refusal.code);
    expect(decision.value).toMatchObject([{ status: 'done', doneBy: 'UMARC', changedBy: 'UMARC' }]);
    const [entry] = decision.timeline;
    expect(entry).toMatchObject({ kind: 'task_done_by_act', actorId: 'UMARC' });
    expect(entry?.text.en).toContain('done by the act (');
    expect(entry?.text.fr).toContain('terminée d’office (');
  });

  test('what nobody pressed for is nobody’s act: the product’s own digest has no name', () => {
    const done = after(taskFrom('core/T14'), [evidence('digest', 5, null)], 6);
    expect(done).toMatchObject({ status: 'done', doneBy: null });
  });

  test.each([null, 'product/T6', 'core/T7', 'core/constructor'])('%s is closed by nothing', (origin) => {
    const all = Object.values(acts).map((act) => evidence(act, 5));
    expect(noticed(taskFrom(origin), all, 6).ok).toBe(false);
  });

  test('a crisis that is closed is left as it is', () => {
    const closed = { ...crisis, status: 'closed' as const };
    expect(notice([taskFrom('core/T6')], [evidence('fact', 5)], closed, later(6)).ok).toBe(false);
  });

  test('undone, it is open again, in nobody’s name', () => {
    const done = after(taskFrom('core/T10'), [evidence('publication', 5)], 6);
    const decision = noticed(done, [], 9);
    if (!decision.ok) throw new Error(decision.refusal.code);
    const [open] = decision.value;
    expect(open).toMatchObject({ status: 'open', doneBy: null, doneAt: null });
    expect(decision.timeline).toMatchObject([{ kind: 'task_undone', actorId: null }]);
    expect(after(open as Task, [evidence('publication', 10)], 11).status).toBe('done');
  });

  test('undone, it stays done while another act stands', () => {
    const done = after(taskFrom('core/T10'), [evidence('publication', 5), evidence('publication', 7)], 8);
    expect(noticed(done, [evidence('publication', 7)], 9).ok).toBe(false);
  });

  test('what a person closed is not opened by anything', () => {
    expect(noticed(byHand(taskFrom('core/T10'), 'done', 3), [], 4).ok).toBe(false);
  });

  test('five done, by whatever act, bring the next lot', () => {
    const lots = origins.map((origin, i) => ({
      ...taskFrom(origin),
      id: origin,
      lot: i < 6 ? 1 : 2,
      fromAt: i < 6 ? null : later(60),
    }));
    const seen = (acts_: Act[]) =>
      notice(
        lots,
        acts_.map((act) => evidence(act, 5)),
        crisis,
        later(6),
      );
    const four = seen(['level', 'fact', 'draft']);
    expect(four.ok && four.value).toHaveLength(3);
    const five = seen(['level', 'fact', 'draft', 'approval']);
    expect(five.ok && five.value.filter(({ status }) => status === 'open')).toMatchObject([
      { lot: 2, fromAt: later(6) },
      { lot: 2, fromAt: later(6) },
    ]);
  });

  test('reopened by hand, it stays open until something new is done', () => {
    const before = [evidence('fact', 5), evidence('fact', 6)];
    const reopened = byHand(after(taskFrom('core/T6'), before, 7), 'reopen', 10);
    expect(noticed(reopened, before, 11).ok).toBe(false);
    expect(closing(reopened, before)).toBeUndefined();
    expect(after(reopened, [...before, evidence('fact', 12)], 13).status).toBe('done');
  });

  test('whatever is done, undone, pressed: what stands and was not reopened by hand is never open, what was undone is', () => {
    const step = fc.constantFrom('act', 'undo', 'done', 'reopen', 'start', 'wait');
    fc.assert(
      fc.property(fc.constantFrom(...origins), fc.array(step, { maxLength: 20 }), (origin, steps) => {
        let task = taskFrom(origin);
        let standing: Evidence[] = [];
        let [handled, closedByHand] = [0, false];
        steps.forEach((what, i) => {
          const minute = 10 * (i + 1);
          if (what === 'act') standing = [...standing, evidence(acts[origin], minute)];
          if (what === 'undo') standing = [];
          if (what === 'done' && task.status !== 'done') [task, closedByHand] = [byHand(task, 'done', minute), true];
          if (what === 'start' && task.status === 'open') task = byHand(task, 'start', minute);
          if (what === 'reopen' && task.status === 'done') {
            task = byHand(task, 'reopen', minute);
            [handled, closedByHand] = [minute, false];
          }
          task = after(task, standing, minute + 1);
          if (closedByHand) expect(task.status).toBe('done');
          else expect(task.status === 'done').toBe(standing.some(({ at }) => at > later(handled)));
          expect(noticed(task, standing, minute + 2).ok).toBe(false);
        });
      }),
    );
  });
});
