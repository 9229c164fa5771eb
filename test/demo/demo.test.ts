import { isNotNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tasks } from '../../db/schema/index.ts';
import { MINUTE } from '../../src/core/time.ts';
import { features } from '../../src/features.ts';
import { budget, exceeded, listen, type Post, type Timeline, tallyOf } from '../../src/sandbox/demo/budget.ts';
import { exportOf } from '../../src/sandbox/demo/export.ts';
import { ActFailed, playAct, roomOf } from '../../src/sandbox/demo/player.ts';
import { reached } from '../../src/sandbox/demo/progress.ts';
import { type Act, type Scenario, stepsOf } from '../../src/sandbox/demo/scenario.ts';
import { scenarios } from '../../src/sandbox/demo/scenarios/all.ts';
import { betweenActs, betweenBriefActs, openStage, type Stage } from '../../src/sandbox/demo/stage.ts';
import { slackPace } from '../../src/slack/ledger.ts';
import { findSubcommand } from '../../src/slack/subcommands.ts';
import { isDone } from '../../src/tasks/settled.ts';
import { verifyExport } from '../../src/timeline/verify.ts';
import { freshDatabase } from '../support/database.ts';

const log = {
  info: () => {},
  warn: () => {},
  error: (fields: object, text: string) => problems.push({ text, ...fields }),
};
const problems: object[] = [];

type Entry = { seq: number; kind: string; occurredAt: string; actorName: string | null; data: Record<string, unknown> };

// Briefly, and as the page's guide plays it: a story holds at both paces.
const paces = [betweenBriefActs, betweenActs];
const tellings = scenarios.map(
  (scenario, i) => [scenario.id, scenario, paces[i % paces.length] ?? betweenActs] as const,
);

describe.each(tellings)('the story %s', (_, scenario, pace) => {
  let stage: Stage;
  let close: () => Promise<void>;
  /** Acts that were seen as done before anybody did them, or that were not seen as done afterwards. */
  const confused: string[] = [];
  /** Who saw more than three tasks of their own at once, and when. */
  const crowded: string[] = [];
  let entries: Entry[] = [];
  let json: unknown;
  let posts: Post[] = [];

  beforeAll(async () => {
    const database = await freshDatabase();
    stage = await openStage(database, scenario, log, { ...slackPace, everyMs: slackPace.everyMs / 4 });
    close = async () => {
      await stage.stop();
      await database.drop();
    };
    const heard = listen(stage.sandbox);
    posts = heard.posts;
    for (const [i, act] of scenario.acts.entries()) {
      if (i > 0) await stage.advance(pace);
      if (reached(stage, scenario, i) > i) confused.push(`${act.id}: done before`);
      await playAct(stage, scenario, act, MINUTE);
      if (reached(stage, scenario, i) !== i + 1) confused.push(`${act.id}: not done after`);
      for (const { id, real_name } of stage.sandbox.people()) {
        const own =
          JSON.stringify(stage.sandbox.person(id).dms().at(-1)?.blocks ?? []).match(/"tasks\.done[:"]/g) ?? [];
        if (own.length > 3) crowded.push(`${act.id}: ${real_name}`);
      }
    }
    const room = roomOf(stage, scenario);
    if (!room) throw new Error('no war room');
    json = JSON.parse(exportOf(stage.sandbox, room, stage.sandbox.person('Claire')).json);
    entries = (json as { entries: Entry[] }).entries;
    heard.stop();
  }, 120_000);
  afterAll(() => close());

  const ofKind = (kind: string) => entries.filter((entry) => entry.kind === kind);

  test('each act is seen as done once it is done, and not before', () => {
    expect(confused).toEqual([]);
  });

  test('Slack would have refused nothing, and no channel was flooded', () => {
    expect(stage.sandbox.problems).toEqual([]);
    expect(stage.sandbox.paceViolations).toEqual([]);
    expect(stage.sandbox.deliveries.filter((delivery) => delivery.failure)).toEqual([]);
    expect(problems).toEqual([]);
  });

  const loudness = async (heard: Post[], timeline: unknown) => {
    const room = roomOf(stage, scenario) ?? expect.fail('no war room');
    return exceeded(await tallyOf(stage, room, heard, timeline as Timeline)).map(({ what }) => what);
  };

  test('the product was no louder than its budget', async () => {
    expect(await loudness(posts, json)).toEqual([]);
  });

  test('the exported timeline can be verified without the product', () => {
    expect(verifyExport(json)).toMatchObject({ ok: true, entries: entries.length });
  });

  test('a statement is published only after every required approval of that very wording', () => {
    const published = ofKind('statement_published');
    expect(published.length).toBeGreaterThan(0);
    for (const one of published) {
      const before = entries.filter((entry) => entry.seq < one.seq && entry.data['hash'] === one.data['hash']);
      const approved = before.find((entry) => entry.kind === 'statement_approved');
      expect(approved).toBeDefined();
      expect(before.some((entry) => entry.kind === 'statement_edited' && entry.seq > (approved?.seq ?? 0))).toBe(false);
    }
  });

  test('a silent department was relayed, and answered', () => {
    const answers = ofKind('callout_answered').map((entry) => entry.seq);
    for (const silence of ofKind('callout_escalated')) expect(Math.max(...answers)).toBeGreaterThan(silence.seq);
    expect(ofKind('callout_escalated')).toHaveLength(scenario.acts.some(({ id }) => id === 'silence') ? 1 : 0);
  });

  test('most tasks are done when it ends, many of them noticed by the product', async () => {
    const all = await stage.app.deps.db.select().from(tasks);
    const done = all.filter(isDone).length;
    expect(done).toBeGreaterThan(all.length / 2);
    expect(ofKind('task_done_by_act').length).toBeGreaterThan(done / 3);
  });

  test('nobody saw more than three tasks of their own at once', () => {
    expect(crowded).toEqual([]);
  });

  test('an edited message is in the timeline as it was and as it became', () => {
    const edits = scenario.acts.filter(({ does }) => 'edit' in does);
    expect(ofKind('message_edited')).toHaveLength(edits.length);
  });

  test('had it been louder, the count would have said so', async () => {
    const timeline = json as Timeline;
    const [room] = posts;
    const toLead = posts.find(({ key }) => key.startsWith('waiting:')) ?? expect.fail('nothing waited on anybody');
    const done = timeline.entries.find(({ kind }) => kind === 'task_done') ?? expect.fail('no task was done');
    const digest = timeline.entries.find(({ kind }) => kind === 'digest_posted') ?? expect.fail('no digest');
    const reminder = { does: 'tasks.done', value: JSON.stringify({ taskId: done.data['taskId'] }) };
    const people = stage.sandbox.people().map(({ id }) => stage.sandbox.person(id));
    const channels = new Set(people.flatMap((person) => person.dms().map(({ channel }) => channel)));
    const more = [
      ...Array.from({ length: 16 }, () => ({ ...(room as Post), inThread: false, key: 'task:1', buttons: [] })),
      ...[...channels].flatMap((channel) => Array.from({ length: 9 }, () => ({ ...toLead, channel, buttons: [] }))),
      { ...toLead, at: Date.parse(done.recordedAt) + MINUTE, buttons: [reminder] },
    ];
    const twice = { ...timeline, entries: [...timeline.entries, digest, digest].map((one) => ({ ...one })) };
    const { db } = stage.app.deps;
    await db.update(tasks).set({ settledAs: 'dropped', noticedAt: null }).where(isNotNull(tasks.noticedAt));
    expect(await loudness([...posts, ...more], twice)).toEqual(Object.keys(budget));
  });

  test('nobody who was not called knows anything', () => {
    const sam = stage.sandbox.person('Sam');
    expect(() => sam.sees(roomOf(stage, scenario)?.id ?? '')).toThrow();
    expect(sam.dms()).toEqual([]);
  });
});

describe('a scenario file', () => {
  const people = ['Claire', 'Marc', 'Helen', 'Tom', 'Anne', 'time'];
  const commands = features.flatMap((feature) => feature.subcommands ?? []);
  const shortcuts = features.flatMap((feature) => feature.shortcuts ?? []).map((shortcut) => shortcut.name);
  const each = scenarios.flatMap(({ acts }) => acts);

  test('names people of the workspace only', () => {
    const named = each.flatMap((act) => [act.as, ...(act.shows.by ? [act.shows.by] : []), ...mentioned(act)]);
    expect(named.filter((name) => !people.includes(name))).toEqual([]);
  });

  test('types commands and runs shortcuts that exist', () => {
    const unknown = each.flatMap(({ does }) => {
      if ('shortcut' in does) return shortcuts.includes(does.shortcut) ? [] : [does.shortcut];
      if (!('command' in does)) return [];
      const found = findSubcommand(commands, does.command.replace(/^\/\S+ ?/, ''));
      return 'entry' in found ? [] : [does.command];
    });
    expect(unknown).toEqual([]);
  });

  test('has each act once, and time passes only in acts of time', () => {
    for (const { acts } of scenarios) expect(new Set(acts.map(({ id }) => id)).size).toBe(acts.length);
    const astray = each.filter(({ does, as }) => 'wait' in does !== (as === 'time'));
    expect(astray.map(({ id }) => id)).toEqual([]);
  });

  test('is at most twelve steps for the guide, each one sentence, and every act belongs to one', () => {
    for (const scenario of scenarios) {
      const steps = stepsOf(scenario);
      expect(steps.length).toBeLessThanOrEqual(12);
      expect(steps.flatMap(({ acts }) => acts)).toEqual(scenario.acts);
      expect(steps.filter(({ tell }) => !/^[^.!]{20,90}[.?]$/.test(tell)).map(({ tell }) => tell)).toEqual([]);
    }
  });

  test('is data: it survives being written as JSON', () => {
    expect(JSON.parse(JSON.stringify(scenarios))).toEqual(scenarios);
  });

  test('in French is set as French is', () => {
    const texts = scenarios
      .filter((s) => s.language === 'fr')
      .flatMap((s) => [s.title, s.intro, ...s.acts.flatMap(({ tell, step }) => [tell, step ?? ''])]);
    expect(texts.filter((text) => /'|"|\w[:;?!](\s|$)/.test(text))).toEqual([]);
  });
});

describe('an act that cannot be played', () => {
  test('says what was expected and what is on the screen', async () => {
    const database = await freshDatabase();
    const act: Act = {
      id: 'nothing',
      as: 'Helen',
      tell: '',
      does: { command: '/crisis list', where: '#general' },
      shows: { in: 'reply', text: 'A crisis that nobody declared' },
    };
    const scenario: Scenario = { id: 'test', language: 'en', title: '', intro: '', acts: [act] };
    const stage = await openStage(database, scenario, log);
    const failure = await playAct(stage, scenario, act).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ActFailed);
    expect(String(failure)).toContain(
      'Helen should now see “A crisis that nobody declared” in the answer that only one person sees',
    );
    expect(String(failure)).toContain('No crisis is open that you are part of');
    await stage.stop();
    await database.drop();
  }, 30_000);
});

const mentioned = ({ does }: Act): string[] => {
  const text = 'command' in does ? does.command : 'say' in does ? does.say : '';
  return [...text.matchAll(/@(\p{Lu}[\p{L}-]+)/gu)].map((match) => match[1] as string);
};
