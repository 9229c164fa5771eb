import { MINUTE, SECOND } from '../../../src/core/time.ts';
import type { Message, Person } from '../../../src/sandbox/server/index.ts';
import { fillClosing } from '../../support/acts.ts';
import { keyOf } from './key.ts';
import type { Lane } from './lane.ts';
import type { Entry } from './product.ts';

type Row = Record<string, unknown>;
/** Everything that is stored of one crisis. */
export type Facts = {
  crisis: Row;
  tasks: Row[];
  decisions: Row[];
  waiting: Row[];
  statements: Row[];
  verdicts: Row[];
  callouts: Row[];
  digests: Row[];
  said: Row[];
  entries: Entry[];
};

/** Something that people did: taken means that it was acknowledged, and then it is there once. Otherwise at most once. */
type Claim = { what: string; taken: boolean; count(facts: Facts): number };

export type Story = {
  title: string;
  claims: Claim[];
  crisisId(): string;
  room(): string;
  /** Acts in the order of a crisis; each ends when it was taken. */
  acts: { what: string; run(): Promise<void> }[];
};

const words =
  'amber basil cedar delta ember fjord grove hazel indigo jasper karst lemon maple nectar ochre pepper quartz raven saffron tundra umber velvet willow xenon yarrow zephyr'.split(
    ' ',
  );

/** A crisis from declaration to closing, as seven people live it. `number` makes its words its own. */
export function storyOf(lane: Lane, number: number): Story {
  const { sandbox, random } = lane;
  const [claire, marc, helen, tom, anne] = ['Claire', 'Marc', 'Helen', 'Tom', 'Anne'].map((n) => sandbox.person(n)) as [
    Person,
    Person,
    Person,
    Person,
    Person,
  ];
  // Two declarations that share most of their words would be taken for the same crisis.
  const title = `${words[number % 26]}${number} ${words[(number + 7) % 26]}${number}x ${words[(number + 13) % 26]}${number}y`;
  const claims: Claim[] = [];
  const place = { crisisId: '', room: '', marks: 0 };
  const mark = (kind: string) => `${kind}-${number}-${(place.marks += 1)}-end`;
  const here = () => place.room;
  const textOf = (message: { text: string; blocks?: unknown }) => JSON.stringify([message.text, message.blocks]);

  const type = async (by: Person, text: string): Promise<boolean> => {
    const result = await by.command(text, here());
    if (result.reply) refuseFaults(textOf(result.reply), text);
    return result.ok;
  };
  /** The form that a command or a press opens, or none when the product died in between. */
  const form = async (by: Person, callbackId: string, open: () => Promise<{ ok: boolean }>): Promise<boolean> => {
    while (by.modal() && by.modal()?.callback_id !== callbackId) await by.close();
    if (by.modal()) return true;
    if (!(await open()).ok) return false;
    await lane.quiet();
    if (by.modal()?.callback_id === callbackId) return true;
    await lane.settled();
    return by.modal()?.callback_id === callbackId;
  };
  const submitted = async (by: Person): Promise<boolean> => {
    const result = await by.submit();
    if (result.errors && result.outcome === 'errors') throw new Error(`refused: ${JSON.stringify(result.errors)}`);
    return result.ok;
  };
  const claim = (what: string, count: Claim['count']): Claim => {
    const made = { what, taken: false, count };
    claims.push(made);
    return made;
  };
  const ofKind =
    (kind: string, text = '') =>
    (facts: Facts) =>
      facts.entries.filter((e) => e.kind === kind && e.text.includes(text)).length;

  /** A line that is typed: when it was not taken it is typed again, with a mark of its own, so that each is counted. */
  const line = (by: Person, what: string, words: (mark: string) => string, count: (mark: string) => Claim['count']) =>
    lane.until(what, async () => {
      const m = mark(what);
      const made = claim(`${what} ${m}`, count(m));
      made.taken = await type(by, words(m));
      return made.taken;
    });
  const note = (by: Person) =>
    line(
      by,
      'note',
      (m) => `/crisis log ${m}`,
      (m) => ofKind('note', m),
    );
  const task = (by: Person, to: Person) =>
    line(
      by,
      'task',
      (m) => `/crisis task ${m} <@${to.id}> in ${random.pick([20, 40])} min`,
      (m) => (facts) => {
        const [rows, entries] = [facts.tasks.filter((t) => t['title'] === m).length, ofKind('task_created', m)(facts)];
        return rows === entries ? rows : -1;
      },
    );

  const decide = async (by: Person) => {
    const m = mark('decision');
    const made = claim(m, (facts) => {
      const [rows, entries] = [
        facts.decisions.filter((d) => d['text'] === m).length,
        ofKind('decision_made', m)(facts),
      ];
      return rows === entries ? rows : -1;
    });
    await lane.until('decision', async () => {
      if (!(await form(by, 'facts.decide', () => by.command(`/crisis decide ${m}`, here())))) return false;
      by.fill({ reason: 'Safety before revenue' });
      made.taken = await submitted(by);
      return made.taken;
    });
    while (by.modal()) await by.close();
  };

  const cards = (prefix: string): Message[] =>
    (sandbox.channel(here())?.messages ?? []).filter((m) => keyOf(m).startsWith(prefix));
  const press = async (by: Person, on: Message | undefined, button: string): Promise<boolean> => {
    if (!on || !textOf(on).includes(`"${button}"`)) return true;
    return (await by.click(on, button)).ok;
  };

  const answer = async (by: Person, department: string) => {
    await lane.settled();
    const made = claim(`answer of ${department}`, (facts) => {
      const row = facts.callouts.find((c) => c['department'] === department);
      return row?.['answered_by'] === by.id
        ? facts.entries.filter((e) => e.kind === 'callout_answered' && e.actorId === by.id).length
        : 0;
    });
    await lane.until(`answer of ${department}`, async () => {
      const card = cards(`call:${place.crisisId}`).at(-1);
      if (!card) throw new Error('no call');
      made.taken = await press(by, card, 'responders.answer');
      return made.taken;
    });
  };

  const say = async (by: Person) => {
    const m = mark('said');
    const message = await by.say(here(), m);
    const happened = (event: string) => lane.acknowledged.has(`${event} ${message.ts}`);
    claims.push({
      what: `said ${m}`,
      get taken() {
        return happened('message');
      },
      count: (facts) => facts.said.filter((s) => s['text'] === m).length,
    });
    if (!random.chance(0.5)) return;
    await by.react(message, 'pushpin');
    claims.push({
      what: `logged ${m}`,
      get taken() {
        return happened('reaction_added');
      },
      count: ofKind('message_logged', m),
    });
  };

  const statement = async (by: Person) => {
    const m = mark('statement');
    const made = claim(m, (facts) => {
      const [rows, entries] = [
        facts.statements.filter((s) => s['title'] === m).length,
        ofKind('statement_drafted', m)(facts),
      ];
      return rows === entries &&
        entries === ofKind('statement_submitted', m)(facts) - ofKind('statement_edited', m)(facts)
        ? rows
        : -1;
    });
    await lane.until('statement', async () => {
      if (!(await form(by, 'statements.draft', () => by.command(`/crisis statement ${m}`, here())))) return false;
      by.fill({ part_1: `We are stopping the sale. ${m}`, submit: ['now'] });
      made.taken = await submitted(by);
      return made.taken;
    });
    while (by.modal()) await by.close();
    await lane.settled();
    const [row] = await lane.rows(
      `select s.id from statements s join statement_versions v on v.statement_id = s.id where v.title = '${m}'`,
    );
    const id = String(row?.['id']);
    if (random.chance(0.4)) await requestChanges(by, helen, id, m);
    for (const approver of [helen, marc, claire, tom, anne]) await approve(approver, id);
    // Once, whatever a level that rises later asks for besides.
    claim(`approved ${m}`, ofKind('statement_approved', m)).taken = true;
  };
  /** The card, as long as it says that this person's answer is waited for. */
  const askOf = (by: Person, id: string): Message | undefined =>
    cards(`statement:${id}`).findLast(
      (m) => textOf(m).includes('"statements.approve"') && new RegExp(`○[^●○]*${by.name}`).test(textOf(m)),
    );
  const approve = async (by: Person, id: string) => {
    await lane.until(`approval of ${by.name}`, () => press(by, askOf(by, id), 'statements.approve'));
    await lane.settled();
  };
  const requestChanges = async (author: Person, by: Person, id: string, m: string) => {
    claim(`changes requested ${m}`, (facts) => ofKind('statement_changes_requested', m)(facts)).taken = true;
    await lane.until('request for changes', async () => {
      if (
        !(await form(by, 'statements.reason', async () => {
          const ask = askOf(by, id);
          return ask ? by.click(ask, 'statements.changes') : { ok: false };
        }))
      )
        return false;
      by.fill({ reason: 'Say since when.' });
      return submitted(by);
    });
    while (by.modal()) await by.close();
    await lane.settled();
    claim(`edited ${m}`, (facts) => ofKind('statement_edited', m)(facts)).taken = true;
    await lane.until('edit', async () => {
      if (
        !(await form(author, 'statements.draft', async () => {
          const card = cards(`statement:${id}`).find((c) => !keyOf(c).includes(':text:'));
          return card ? author.click(card, 'Edit…') : { ok: false };
        }))
      )
        return false;
      author.fill({ part_1: `Since noon we are stopping the sale. ${m}`, submit: ['now'] });
      return submitted(author);
    });
    while (author.modal()) await author.close();
    await lane.settled();
  };

  /** The newest message of what waits on somebody in this crisis. */
  const waitingOn = (person: Person): Message | undefined =>
    sandbox
      .channels()
      .filter((channel) => channel.kind === 'im')
      .flatMap((channel) => channel.messages)
      .findLast((m) => keyOf(m).startsWith(`waiting:${place.crisisId}:${person.id}:`));
  const toBeDone = (by: Person) =>
    ((waitingOn(by)?.blocks ?? []) as { accessory?: { action_id?: string; value?: string } }[]).flatMap(
      ({ accessory }) =>
        accessory?.action_id?.startsWith('tasks.done')
          ? [{ actionId: accessory.action_id, id: String(JSON.parse(accessory.value ?? '{}').id) }]
          : [],
    );

  const moveTasks = async (by: Person) => {
    for (let i = 0; i < 2; i += 1) {
      // Drawn as the task stands: a press on an older version is refused.
      await told();
      const button = random.pick(toBeDone(by));
      if (!button) throw new Error(`${by.name} has nothing to do: ${textOf(waitingOn(by) ?? { text: 'no message' })}`);
      const { id, actionId } = button;
      const made = claim(`task_done of ${id}`, (facts) => {
        const moves = facts.entries.filter((e) => e.kind === 'task_done' && e.data['taskId'] === id);
        return moves.every((e) => e.actorId === by.id) ? moves.length : -1;
      });
      await lane.until('tasks.done', async () => {
        const message = waitingOn(by);
        if (!message || !toBeDone(by).some((one) => one.id === id)) return true;
        made.taken = (await by.click(message, { actionId })).ok;
        return made.taken;
      });
    }
  };

  /** What came due is news, which is told once a quarter of an hour at most. */
  const due = async (by: Person) => {
    await lane.pass(16 * MINUTE);
    await told();
    const [row] = await lane.rows(
      `select told from waiting where crisis_id = '${place.crisisId}' and user_id = '${by.id}'`,
    );
    if (!((row?.['told'] ?? []) as string[]).some((news) => /^task:.* due$/.test(news)))
      throw new Error(`${by.name} is not told what came due: ${JSON.stringify(row)}`);
  };

  /** Two seconds after what happened, people are told what waits on them. */
  const told = async () => {
    await lane.settled();
    await lane.pass(3 * SECOND);
  };

  const declare = async () => {
    const made = claim('declaration', ofKind('crisis_declared'));
    await lane.until('declaration', async () => {
      if (!(await form(claire, 'crises.declare', () => claire.command(`/crisis declare ${title}`, '#general'))))
        return false;
      claire.fill({ level: 'crisis' });
      made.taken = await submitted(claire);
      return made.taken;
    });
    await lane.settled();
    while (claire.modal()) await claire.close();
    const [row] = await lane.rows(`select id, channel_id from crises where title = '${title}'`);
    place.crisisId = String(row?.['id']);
    place.room = String(row?.['channel_id']);
  };

  /** To the moment at which the next digest is due. */
  const beat = async () => {
    await lane.settled();
    const [row] = await lane.rows(
      `select (extract(epoch from next_digest_at) * 1000)::float8 as at from crises where id = '${place.crisisId}'`,
    );
    await lane.pass(Math.max(0, Number(row?.['at']) - lane.now().getTime()) + 1500);
  };

  const asked = { typed: 0, taken: 0 };
  claim('digests that were asked for', (facts) => {
    const rows = facts.digests.filter((d) => d['asked_by'] === anne.id).length;
    return rows >= asked.taken && rows <= asked.typed ? 1 : -1;
  }).taken = true;
  const digestNow = () =>
    lane.until('digest', async () => {
      asked.typed += 1;
      const ok = await type(anne, '/crisis digest now');
      if (ok) asked.taken += 1;
      return ok;
    });

  const level = async () => {
    const m = mark('level');
    await lane.until('level', () => type(claire, `/crisis level major ${m}`));
    claim(m, ofKind('level_changed', m)).taken = true;
  };

  const close = async () => {
    claim('closing', (facts) =>
      facts.crisis['status'] === 'closed' ? ofKind('crisis_closed')(facts) : 0,
    ).taken = true;
    await lane.until('closing', async () => {
      if (!(await form(claire, 'closing.close', () => claire.command('/crisis close', here())))) return false;
      fillClosing(claire, 'What is open goes on in the weekly meeting.');
      return submitted(claire);
    });
    while (claire.modal()) await claire.close();
  };

  const together =
    (...all: (() => Promise<void>)[]) =>
    async () =>
      void (await Promise.all(all.map((one) => one())));
  return {
    title,
    claims,
    crisisId: () => place.crisisId,
    room: here,
    acts: [
      { what: 'declare', run: declare },
      {
        what: 'answers',
        run: together(
          () => answer(helen, 'legal'),
          () => answer(tom, 'marketing'),
        ),
      },
      {
        what: 'tasks',
        run: together(
          () => task(helen, tom),
          () => task(claire, helen),
          () => note(tom),
          () => say(anne),
        ),
      },
      { what: 'tasks move', run: () => moveTasks(tom) },
      { what: 'decide', run: () => decide(helen) },
      { what: 'statement', run: () => statement(claire) },
      { what: 'beat', run: beat },
      {
        what: 'notes',
        run: together(
          () => note(helen),
          () => say(tom),
          digestNow,
        ),
      },
      { what: 'silence', run: () => lane.pass(random.between(5, 12) * MINUTE) },
      { what: 'due', run: () => due(helen) },
      { what: 'level', run: level },
      { what: 'beat', run: beat },
      {
        what: 'last words',
        run: together(
          () => note(claire),
          () => say(helen),
          () => task(anne, claire),
        ),
      },
      { what: 'close', run: close },
    ],
  };
}

function refuseFaults(text: string, typed: string): void {
  if (
    /Something went wrong on our side|Une erreur est survenue|cannot reach its database|ne peut pas joindre sa base/.test(
      text,
    )
  )
    throw new Error(`"${typed}" was answered with a fault: ${text}`);
}
