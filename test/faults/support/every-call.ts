import { sql } from 'drizzle-orm';
import { MINUTE, SECOND } from '../../../src/core/time.ts';
import type { Message, Person } from '../../../src/sandbox/server/index.ts';
import type { Company } from '../../support/company.ts';
import { faultNth } from './faults.ts';
import { noticesIn, owesRepair } from './portrait.ts';

type Answer = { ok: boolean; failure?: string; reply?: { text: string } };

/** Needs five messages: one holds 3,000 characters of it. */
const longStatement = Array.from({ length: 240 }, (_, i) =>
  `Sentence ${i} of what we tell the public. `.padEnd(50, '.'),
)
  .join('')
  .slice(0, 12_000);

type Waiting = { due: number; running: number; wait: number };

/** Waits until nothing is left to do, retries included. What waits for a retry is brought nearer, not waited for. */
export async function settle({ sandbox, app, leap }: Pick<Company, 'sandbox' | 'app' | 'leap'>): Promise<void> {
  for (let busy = 0; ; ) {
    await sandbox.settled(5);
    // What stands behind a job that waits for its retry waits with it.
    const [found] = await app.deps.db.execute<Waiting>(
      sql`select count(*) filter (where state = 'active' or start_after <= now())::int as due,
            count(*) filter (where state = 'active' or (state = 'retry' and start_after <= now()))::int as running,
            coalesce(ceil(extract(epoch from min(start_after) filter (where start_after > now() and (state = 'retry' or name = 'outbox')) - now()) * 1000), 0)::float8 as wait
          from pgboss.job where state in ('created', 'retry', 'active')`,
    );
    const { due = 0, running = 0, wait = 0 } = found ?? {};
    if (running > 0 || app.inFlight() > 0 || (due > 0 && wait === 0)) {
      busy += 1;
      // No call is under way: a job that reads page after page waits for Slack by itself.
      if (busy % 40 === 0) await leap(10 * SECOND);
      await new Promise((resolve) => setTimeout(resolve, 5));
    } else if (wait > 0) await leap(wait);
    else return sandbox.settled(5);
  }
}

/** Answers that are always lost, so that the calls which look for what became of them are part of every story. */
export function lostAnswers(company: Company): void {
  const { faults } = company.sandbox;
  const lost = { kind: 'reset', when: 'after' } as const;
  faultNth(faults, 'conversations.create', lost, { n: 1 });
  faultNth(faults, 'chat.postMessage', lost, { n: 1, match: (args) => String(args['channel']).startsWith('D') });
  faultNth(faults, 'chat.postMessage', lost, { n: 1, match: (args) => args['thread_ts'] !== undefined });
  faultNth(faults, 'files.completeUploadExternal', lost, { n: 1 });
  const isDecision = (args: Record<string, unknown>) => JSON.stringify(args['metadata']).includes('decision:');
  faultNth(faults, 'chat.postMessage', { kind: 'reset', when: 'late' }, { n: 1, match: isDecision });
}

/** As the lead does who was told that something is missing, from outside when it is the lead who is. */
export async function repair(company: Company, room: string): Promise<void> {
  const { claire, sandbox } = company;
  const isIn = sandbox.channel(room)?.members.includes(claire.id);
  await claire.command(isIn ? '/crisis repair' : '/crisis repair 1', isIn ? room : '#general');
  await settle(company);
}

/**
 * One crisis in which the product makes every call it can make. People behave as people do: what did not happen, and of
 * which they were told, they do again or have repaired. Answers what nobody was told of.
 */
export async function liveThrough(company: Company): Promise<{ room: string; silent: string[]; repairs: number }> {
  const { sandbox, claire, marc, helen, tom, anne, sam } = company;
  const silent: string[] = [];
  const counts = { repairs: 0, owed: 0 };
  let room = '';
  const repaired = (where: string) => {
    counts.repairs += 1;
    return repair(company, where);
  };
  /** Whoever is told that something is missing has it repaired before anything else: later it may be of no use any more. */
  const settled = async () => {
    await settle(company);
    if (room === '') return;
    for (let i = 0; i < 8; i += 1) {
      const owed = noticesIn(sandbox).filter(owesRepair).length;
      if (owed <= counts.owed) return;
      counts.owed = owed;
      await repaired(room);
    }
  };
  const heardBy = (by: Person) => by.ephemerals().length + by.dms().length + noticesIn(sandbox).length;
  const content = (of: object | undefined) => JSON.stringify(of ?? '');

  async function until(
    what: string,
    by: Person,
    act: () => Promise<Answer | void>,
    isDone: () => unknown,
  ): Promise<void> {
    for (let attempt = 1; attempt <= 16; attempt += 1) {
      const before = heardBy(by);
      const answer = await act();
      await settled();
      if (await isDone()) return;
      const seen = by.modal();
      if (answer?.ok !== false && !answer?.reply && heardBy(by) === before && !seen) silent.push(what);
    }
    throw new Error(`${what}: does not happen, however often it is tried`);
  }
  const form = (by: Person, callbackId: string, act: () => Promise<Answer | void>) =>
    until(
      `form ${callbackId}`,
      by,
      async () => {
        while (by.modal()) await by.close();
        return act();
      },
      () => by.modal()?.callback_id === callbackId,
    );
  const submit = async (by: Person, values: Record<string, unknown>) => {
    const asked = by.modal()?.callback_id;
    await until(
      `submit ${asked}`,
      by,
      async () => {
        by.fill(values);
        return by.submit();
      },
      () => by.modal()?.callback_id !== asked,
    );
    while (by.modal()) await by.close();
  };
  const say = (by: Person, command: string, where: string, expected: RegExp) => {
    const before = by.ephemerals().length;
    const heard = () =>
      by
        .ephemerals()
        .slice(before)
        .some((m) => expected.test(content(m)));
    return until(command, by, () => by.command(command, where), heard);
  };

  await company.app.deps.db.execute(sql`delete from people where id = ${sam.id}`);
  await say(sam, '/crisis', '#general', /You are in no open crisis/);
  sandbox.updateUserGroup('press', { users: ['Marc', 'Claire'] });
  const rumour = await claire.say('#general', 'A customer says there is glass in our soup');
  await form(claire, 'crises.declare', () => claire.messageShortcut('crises.declare_from_message', rumour));
  const others = new Set(sandbox.channels().map((channel) => channel.id));
  const opened = () => sandbox.channels().find((c) => !others.has(c.id) && c.name.startsWith('crisis-'))?.id ?? '';
  await submit(claire, { title: 'Glass in the soup', level: 'crisis', privacy: 'private' });
  const repairedUnopened = () => {
    counts.repairs += 1;
    return claire.command('/crisis repair', '#general');
  };
  if (!opened()) await until('the room', claire, repairedUnopened, opened);
  room = opened();
  const cell = [claire, helen, tom, anne];
  const everybodyIn = () => cell.every((person) => sandbox.channel(room)?.members.includes(person.id));
  if (!everybodyIn()) await until('everybody in the room', claire, () => repaired(room), everybodyIn);

  const find = (by: Person, where: string, ...words: string[]): Message | undefined => {
    const sees = where === 'dm' ? by.dms() : sandbox.channel(where)?.members.includes(by.id) ? by.sees(where) : [];
    return sees
      .filter((m): m is Message => m.type === 'message')
      .findLast((m) => words.every((word) => `${content(m)} ${filesOf(m)}`.includes(word)));
  };
  const filesOf = (message: Message) => (message.files ?? []).map((id) => sandbox.file(id)?.name).join(' ');
  /** What Slack refused to show is repaired by the lead, who was told. */
  async function shown(by: Person, where: string, ...words: string[]): Promise<Message> {
    await settled();
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const message = find(by, where, ...words);
      if (message) return message;
      if (noticesIn(sandbox).length === 0) silent.push(`${by.name} does not see ${words.join(', ')}`);
      await repaired(room);
    }
    throw new Error(`${by.name} never sees ${words.join(', ')} in ${where === 'dm' ? 'a direct message' : 'the room'}`);
  }
  async function press(by: Person, where: string, saying: string[], actionId: string, then: string[]) {
    const card = await shown(by, where, ...saying);
    const answer = await by.click(card, { actionId });
    if (!answer.ok) silent.push(`press ${actionId}: ${answer.failure}`);
    await shown(by, where, ...then);
  }
  const pressForm = async (by: Person, saying: string[], actionId: string, callbackId: string) => {
    const card = await shown(by, room, ...saying);
    await form(by, callbackId, () => by.click(card, { actionId }));
  };

  /** Goes through the list of tasks, and one task, to what is to be done there. */
  async function inTasks(by: Person, go: { list: [number, string]; task?: string }, isDone: () => unknown) {
    const [number, label] = go.list;
    await until(
      label,
      by,
      async () => {
        const seen = by.modal();
        if (seen?.callback_id === 'tasks.list')
          return by.select(seen, { actionId: `tasks.list_menu:${number}` }, label);
        if (seen?.callback_id === 'tasks.task' && go.task)
          return by.select(seen, { actionId: `tasks.menu:${number}` }, go.task);
        while (by.modal()) await by.close();
        return by.command('/crisis tasks', room);
      },
      isDone,
    );
    if (!go.task) while (by.modal()) await by.close();
  }

  /** What is known, decided and assessed, and who must hear. */
  async function firstHour(): Promise<void> {
    await say(tom, '/crisis fact A customer cut her lip', room, /F1/);
    await shown(tom, room, 'What we know', 'A customer cut her lip');
    await form(helen, 'facts.decide', () => helen.command('/crisis decide We stop the sale', room));
    await submit(helen, { reason: 'Safety before revenue' });
    await shown(tom, room, 'We stop the sale', 'Safety before revenue');
    await form(claire, 'stakeholders.add', () => claire.command('/crisis stakeholder Our 42 shops', room));
    await submit(claire, { circle: 'partners', channel: 'a call' });
    await shown(tom, room, 'Our 42 shops');
    await until(
      'the second step of an assessment',
      helen,
      async () => {
        const step = helen.modal()?.callback_id;
        if (step === 'assessment.assess') {
          helen.fill({ harm: '1', legal: '1' });
          return helen.submit();
        }
        while (helen.modal()) await helen.close();
        return helen.command('/crisis assess', room);
      },
      () => helen.modal()?.callback_id === 'assessment.rest',
    );
    await submit(helen, { reach: '3', source: '3', evidence: '4', sentiment: '3' });
  }

  await press(helen, room, ['Press *I’m on it*'], 'responders.answer', ['● *Legal* Helen Park']);
  await press(anne, room, ['Press *I’m on it*'], 'responders.answer', ['Anne Whitfield']);
  await say(claire, `/crisis call <@${marc.id}> please draft`, room, /Marc/);
  await shown(marc, room, 'Marc Delacroix');

  await say(claire, `/crisis task Stop the sale <@${anne.id}> in 40 min`, room, /1/);
  await say(helen, `/crisis task List the notices <@${tom.id}> in 20 min`, room, /2/);
  // Left open, and settled at the closing.
  await say(helen, `/crisis task Thank the shops <@${anne.id}> in 9 h`, room, /3/);
  await inTasks(helen, { list: [2, 'More…'], task: 'Block…' }, () => helen.modal()?.callback_id === 'tasks.block');
  await submit(helen, { reason: 'The portal is down' });
  await shown(claire, room, '⛔', 'List the notices');
  await inTasks(anne, { list: [1, 'Mark done'] }, () => entriesLike(company, 'Task #1 done'));

  const upload = await marc.say(room, 'Our words', { files: [{ name: 'words.txt', content: longStatement }] });
  await form(marc, 'statements.draft', () => marc.messageShortcut('statements.from_message', upload));
  await submit(marc, { title: 'First words', submit: ['now'] });
  await press(helen, room, ['First words', 'statements.approve'], 'statements.approve', ['Helen Park, approved']);
  await press(claire, room, ['First words', 'statements.approve'], 'statements.approve', ['Claire Fontaine, approved']);
  // Said outside, so that the clock of the first words stands still: how much time passes differs with the faults.
  await pressForm(claire, ['First words', 'Mark as published'], 'statements.more:main', 'statements.publish');
  await submit(claire, { where: 'Our site', no_next: ['none'] });
  await shown(claire, room, 'First words', 'Our site');

  const remark = await tom.say(room, 'The factory has stopped');
  await settled();
  await tom.react(remark, 'pushpin');
  await settled();
  await tom.edit(remark, 'The factory in Nantes has stopped');
  const missed = await helen.say(room, 'Said while the product was away');
  await settled();
  await forget(company, missed.ts);
  await until(
    'the reaction',
    helen,
    async () => {
      await helen.unreact(missed, 'memo').catch(() => {});
      await helen.react(missed, 'memo');
    },
    async () => (await entriesLike(company, 'Said while the product was away')) > 0,
  );
  await say(helen, '/crisis log The regulator called', room, /Entry/);
  await firstHour();
  await say(helen, '/crisis digest', room, /Digest/);
  await shown(helen, room, 'Digest #1');
  await say(helen, '/crisis timeline export', room, /./);
  await shown(helen, 'dm', '.json');

  await form(claire, 'settings.roster', () => claire.command('/crisis settings', room));
  await until(
    'deputies',
    claire,
    async () => {
      if (claire.modal()?.callback_id !== 'settings.roster') return claire.command('/crisis settings', room);
      return claire.click(claire.modal() as never, { actionId: 'settings.open_deputies' });
    },
    () => claire.modal()?.callback_id === 'settings.deputies',
  );
  while (claire.modal()) await claire.close();
  await until(
    'the settings as a file',
    claire,
    () => claire.command('/crisis settings export', room),
    () => find(claire, 'dm', 'crisis-settings-v'),
  );

  // The first card of a task stands there twice, until it is looked for again.
  await sandbox.catchUp();
  await company.leap(11 * MINUTE);
  await shown(claire, room, 'nobody is on it for *Marketing*');
  await shown(claire, 'dm', 'Personne ne prend le relais');
  await company.leap(15 * MINUTE);
  await shown(claire, 'dm', 'List the notices', 'est bloquée');
  await inTasks(helen, { list: [2, 'Mark done'] }, () => entriesLike(company, 'Task #2 done'));

  await form(helen, 'closing.close', () => helen.command('/crisis close', room));
  await submit(helen, { note: 'Over for today', tasks: 'with_department' });
  await shown(helen, room, 'Closed: Glass in the soup');
  await shown(helen, room, '.json');
  await say(helen, '/crisis reopen the press is back', room, /./);
  await shown(helen, room, 'The crisis is open again');
  await until(
    'home',
    claire,
    async () => void (await claire.openHome()),
    () => claire.home(),
  );
  await company.leap(5 * MINUTE);
  await settled();
  return { room, silent, repairs: counts.repairs };
}

async function entriesLike({ app }: Company, words: string): Promise<number> {
  const [found] = await app.deps.db.execute<{ n: number }>(
    sql`select count(*)::int as n from timeline_entries where text_en like ${`%${words}%`}`,
  );
  return found?.n ?? 0;
}

/** As if the deliveries about this message had never arrived. */
async function forget({ app }: Company, ts: string): Promise<void> {
  await app.deps.db.execute(sql`alter table room_message_revisions disable trigger user`);
  await app.deps.db.execute(sql`delete from room_message_revisions where ts = ${ts}`);
  await app.deps.db.execute(sql`alter table room_message_revisions enable trigger user`);
  await app.deps.db.execute(sql`delete from room_messages where ts = ${ts}`);
}
