import { atOnce, inRoom } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import { crisisMeant, crisisNamed, drawnSince, readerOf } from '../crises/here.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import type { ModalView } from '../slack/blocks.ts';
import type { Call, Feature, Press, Reply } from '../slack/feature.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { stakeholdersOf } from '../stakeholders/store.ts';
import { seatsToJudge, turnDown } from './approval.ts';
import { allForm, pickState, statementList } from './board.ts';
import {
  type Act,
  allStatements,
  approveVersion,
  askChanges,
  more,
  readVersion,
  rejectVersion,
  submitVersion,
} from './buttons.ts';
import { inForm, propsFor, refused, sayWhy, withStatement } from './calls.ts';
import { type CardProps, card, continuations } from './card.ts';
import { approveStatement, changeStatement, openStatement, publishStatement, submitStatement } from './change.ts';
import { pairForm } from './check/forms.ts';
import { peopleOfCheck } from './check/lines.ts';
import { checks, checkView } from './check/listeners.ts';
import { drafts, openEdit, openFromMessage, openNew } from './draft/listeners.ts';
import { kinds as entryKinds } from './entry-kinds.ts';
import {
  compareWith,
  differencesForm,
  giveReason,
  markPublished,
  noticeForm,
  publishForm,
  type Reason,
  reasonForm,
} from './forms.ts';
import { jobs } from './jobs.ts';
import { seatList } from './names.ts';
import { says, verifies, waits } from './overview.ts';
import { comparedVersion, readForm } from './read.ts';
import { publishProblem, withdraw, withdrawProblem } from './rules.ts';
import { waive, waiveProblem } from './seats.ts';
import { checkOf } from './snapshot.ts';
import { clearedText } from './start/cleared.ts';
import { starts } from './start/listeners.ts';
import { type Context, type Seen, type Statement, type StatementRefusal, staleness } from './statement.ts';
import { approversRoster, findStatementByNumber, statementsOf, versionsOf } from './store.ts';
import { words } from './text.ts';
import { shortHash } from './wording.ts';

type Acting = (call: Call, statementId: string, press: Press | null, version: number) => Promise<Reply | void>;

/** Asks for the reason of an act on the version that is current. */
function askReasonNow(about: 'withdraw' | 'waive', problem: typeof waiveProblem): Acting {
  return (call, statementId) =>
    withStatement(
      call,
      statementId,
      async (statement) => {
        const { number: version, hash } = statement.current;
        await call.openModal(
          reasonForm(about, statement, { version, hash }, { channelId: call.channelId }, call.who.language),
        );
      },
      problem,
    );
}

const acts: Record<Act, Acting> = {
  edit: openEdit,
  show: (call, statementId, press) =>
    press?.form
      ? read(call, statementId, null)
      : withStatement(call, statementId, (statement, context) => show(call, statement, context)),
  check: (call, statementId) =>
    withStatement(call, statementId, async (statement, context) => {
      await call.openModal(await checkView(call, statement, context));
    }),
  pair: (call, statementId) =>
    withStatement(
      call,
      statementId,
      async (statement) => {
        const others = await statementsOf(call.db, statement.crisisId);
        await call.openModal(pairForm(statement, others, call.channelId, call.who.language));
      },
      withdrawProblem,
    ),
  diff: (call, statementId) =>
    withStatement(call, statementId, async (statement) => {
      const last = statement.current.number;
      const versions = await versionsOf(call.db, statementId);
      await call.openModal(differencesForm(statement, versions, last - 1, last, call.who.language));
    }),
  /** A menu has no room for the hash: a number names one wording for ever as well. */
  reject: (call, statementId, press, version) =>
    withStatement(call, statementId, ({ current }) => {
      const hash = version === current.number ? current.hash : '';
      return askReason(call, 'rejected', statementId, { version, hash }, press);
    }),
  withdraw: askReasonNow('withdraw', withdrawProblem),
  waive: askReasonNow('waive', waiveProblem),
  publish: (call, statementId) =>
    withStatement(
      call,
      statementId,
      async (statement) => {
        const there = await stakeholdersOf(call.db, statement.crisisId);
        await call.openModal(publishForm(statement, there, call.now(), call.channelId, call.who.language));
      },
      publishProblem,
    ),
};

/** Why this person cannot do what comes next: whoever wrote a text is not left to wonder. */
async function whyNot(call: Call, statement: Statement, context: Context): Promise<string | null> {
  const { status, current } = statement;
  const seen = { version: current.number, hash: current.hash };
  const may = status === 'in_review' ? seatsToJudge(statement, seen, context) : null;
  const no = may && !may.ok ? may.refusal : status === 'approved' ? publishProblem(statement, context) : null;
  return no && sayWhy(call, no);
}

const cardPropsFor = async (call: Call, statement: Statement, context: Context): Promise<CardProps> => {
  const check = await checkOf(call.db, context.crisis, statement);
  return { ...(await propsFor(call, context, [statement], peopleOfCheck(statement, check))), check };
};

/** The card for this person only, in their language; the rest of a long text follows. */
async function show(call: Call, statement: Statement, context: Context): Promise<void> {
  const props = await cardPropsFor(call, statement, context);
  const alone = { whyNot: await whyNot(call, statement, context) };
  for (const message of [card(statement, props, alone), ...continuations(statement, call.who.language)])
    await call.tell(message);
}

/** The version that stands, whole, and then the decision. `warning`: what was pressed was an older one. */
const readingOf = async (
  call: Call,
  statement: Statement,
  context: Context,
  warning: string | null,
): Promise<ModalView> => {
  const { userId } = call.who;
  const compared = comparedVersion(statement, userId);
  const versions = compared ? await versionsOf(call.db, statement.id) : [];
  const wasJudged = statement.verdicts.some(
    (v) => v.versionNumber === compared && (v.userId === userId || v.verdict === 'approved'),
  );
  // What somebody judged is nearer than the template; a draft that nobody read is not.
  const cleared = wasJudged ? null : clearedText(statement, call.now());
  return readForm(statement, await cardPropsFor(call, statement, context), {
    userId,
    channelId: call.channelId,
    before: statement.status === 'in_review' ? (cleared ?? versions.find((v) => v.number === compared) ?? null) : null,
    warning,
    whyNot: await whyNot(call, statement, context),
  });
};

const read = (call: Call, statementId: string, seen: Seen | null): Promise<Reply | void> =>
  withStatement(call, statementId, async (statement, context) => {
    const old = seen && staleness(statement, seen);
    await call.openModal(await readingOf(call, statement, context, old && (await sayWhy(call, old))));
  });

async function showNumber(call: Call, number: number): Promise<Reply | void> {
  const found = await crisisMeant(call);
  if ('reply' in found) return found.reply;
  const statement = await findStatementByNumber(call.db, found.crisis.id, number);
  return statement ? acts.show(call, statement.id, null, 0) : refused(call, { code: 'unknown' });
}

async function listStatements(call: Call): Promise<Reply> {
  const found = await crisisMeant(call);
  if ('reply' in found) return found.reply;
  const { crisis } = found;
  const [all, roster] = await Promise.all([statementsOf(call.db, crisis.id), approversRoster(call.db, crisis)]);
  return statementList(all, await propsFor(call, { crisis, roster }, all));
}

/** The list as a form; `viewId`: the one that is open. */
async function showAll(call: Call, crisisId: string, state: string | null, viewId?: string): Promise<Reply | void> {
  const found = await crisisNamed(call, crisisId);
  if ('reply' in found) return found.reply;
  const { crisis } = found;
  const [all, roster] = await Promise.all([statementsOf(call.db, crisis.id), approversRoster(call.db, crisis)]);
  const view = allForm(all, await propsFor(call, { crisis, roster }, all), state, call.channelId);
  if (viewId) await call.updateModal(viewId, view);
  else await call.openModal(view);
}

async function submit(call: Call, statementId: string, seen: Seen, press: Press): Promise<Reply | void> {
  const here = inForm(call, press);
  const decision = await submitStatement(here, statementId, seen);
  if (!decision.ok) {
    if (decision.refusal.code !== 'blocked' || press.form) return refusedOn(here, statementId, decision.refusal, press);
    await call.tell(await refused(call, decision.refusal));
    return acts.check(here, statementId, press, seen.version);
  }
  const { language } = call.who;
  const { number, requiredDepartments } = decision.value;
  const text = words(language).done.submitted(number, seatList(requiredDepartments, await readerOf(call)));
  if (!press.form) return { text };
  await call.updateModal(press.form.viewId, noticeForm(words(language).form.savedTitle, text, language));
}

async function approveNow(call: Call, statementId: string, seen: Seen, press: Press): Promise<Reply | void> {
  const here = inForm(call, press);
  const decision = await approveStatement(here, statementId, seen);
  if (!decision.ok) return refusedOn(here, statementId, decision.refusal, press);
  const { language } = call.who;
  const { number, current, status } = decision.value;
  const w = words(language);
  const given = w.done.approval(number, current.number, shortHash(current.hash));
  const text = status === 'approved' ? `${given} ${w.done.approvedAll(number)}` : given;
  if (!press.form) return { text };
  await call.updateModal(press.form.viewId, noticeForm(w.read.recorded, text, language));
}

/** Somebody who may not decide is told before having written a reason. */
const askReason = (
  call: Call,
  about: Reason,
  statementId: string,
  seen: Seen,
  press: Press | null,
): Promise<Reply | void> =>
  withStatement(call, statementId, async (statement, context) => {
    const may = seatsToJudge(statement, seen, context);
    if (!may.ok) return refusedOn(call, statementId, may.refusal, press);
    const at = { channelId: call.channelId, viewId: press?.form?.viewId ?? null };
    await call.openModal(reasonForm(about, statement, seen, at, call.who.language));
  });

/** Somebody who pressed a button of an old drawing is told so, and shown the text that counts. */
async function refusedOn(
  call: Call,
  statementId: string,
  no: StatementRefusal,
  press: Press | null,
): Promise<Reply | void> {
  if (no.code !== 'stale') return refused(call, no);
  const opened = await openStatement(call, statementId);
  if (!opened) return refused(call, no);
  const warning = await sayWhy(call, no);
  const view = await readingOf(call, opened.statement, opened.context, warning);
  if (press?.form) return call.updateModal(press.form.viewId, view);
  await call.tell({ text: escapeMrkdwn(warning) });
  await call.openModal(view);
}

function fieldOf({ code }: StatementRefusal | CommonRefusal) {
  if (code.startsWith('promise_')) return 'next';
  return code.startsWith('published_') ? 'at' : 'url';
}

export const statements: Feature = {
  name: 'statements',
  title: inBoth((l) => words(l).feature),
  says,
  waits,
  verifies,
  entryKinds,
  follows: {
    level_changed: (crisisId) => [atOnce('statements.crisis_changed', { crisisId })],
    lead_changed: (crisisId) => [atOnce('statements.crisis_changed', { crisisId })],
    team_changed: (crisisId) => [atOnce('statements.crisis_changed', { crisisId })],
    crisis_reopened: (crisisId, { reopening }) => [atOnce('statements.rearm', { crisisId, reopening })],
    room_lost: (crisisId) => [inRoom('statements.recheck', { crisisId })],
  },
  start: drawnSince('statements.recheck'),
  subcommands: [
    {
      name: 'statement',
      aliases: ['communiqué'],
      usage: inBoth((l) => words(l).help.statementUsage),
      summary: inBoth((l) => words(l).help.statement),
      readsOnly: true,
      run: (call, text) => (/^\d+$/.test(text) ? showNumber(call, Number(text)) : openNew(call, text)),
    },
    {
      name: 'statements',
      aliases: ['communiqués'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => words(l).help.statements),
      readsOnly: true,
      run: listStatements,
    },
    ...starts.subcommands,
  ],
  actions: [
    submitVersion.on((call, { statementId, seen }, press) => submit(call, statementId, seen, press)),
    approveVersion.on((call, { statementId, seen }, press) => approveNow(call, statementId, seen, press)),
    askChanges.on((call, { statementId, seen }, press) =>
      askReason(inForm(call, press), 'changes_requested', statementId, seen, press),
    ),
    rejectVersion.on((call, { statementId, seen }, press) =>
      askReason(inForm(call, press), 'rejected', statementId, seen, press),
    ),
    readVersion.on((call, { statementId, seen }, press) => read(inForm(call, press), statementId, seen)),
    allStatements.on((call, { crisisId }) => showAll(call, crisisId, null)),
    pickState.on((call, { chosen, form }, { crisisId }) =>
      form ? showAll(call, crisisId, chosen, form.viewId) : Promise.resolve(),
    ),
    more.on((call, { do: what, s, v }, press) => acts[what](inForm(call, press), s, press, v)),
    compareWith.on((call, { chosen, form }, { s, v }) =>
      withStatement(call, s, async (statement) => {
        if (!form) return;
        const versions = await versionsOf(call.db, s);
        const view = differencesForm(statement, versions, Number(chosen), v, call.who.language);
        await call.updateModal(form.viewId, view);
      }),
    ),
    ...drafts.actions,
    ...checks.actions,
    ...starts.actions,
  ],
  forms: [
    giveReason.on(async (call, { reason }, { about, statementId, channelId, viewId, ...seen }) => {
      const decision = await changeStatement({ ...call, channelId }, statementId, (statement, context) =>
        about === 'withdraw'
          ? withdraw(statement, reason, context)
          : about === 'waive'
            ? waive(statement, seen, reason, context)
            : turnDown(statement, seen, about, reason, context),
      );
      if (!decision.ok) return giveReason.error('reason', await sayWhy(call, decision.refusal));
      // The form that it was opened from lies below, and shows what is decided now.
      const w = words(call.who.language).read;
      if (viewId) await call.updateModal(viewId, noticeForm(w.recorded, w.sent, call.who.language));
      return undefined;
    }),
    markPublished.on(async (call, { at, next, no_next, ...entered }, { statementId, channelId, asksNext }) => {
      const decision = await publishStatement({ ...call, channelId }, statementId, {
        ...entered,
        at: at ?? call.now(),
        next: asksNext ? { at: next, isNone: no_next.length > 0 } : null,
      });
      if (decision.ok) return undefined;
      const { refusal } = decision;
      return markPublished.error(fieldOf(refusal), await sayWhy(call, refusal));
    }),
    ...drafts.forms,
    ...checks.forms,
    ...starts.forms,
  ],
  shortcuts: [
    {
      id: 'statements.from_message',
      type: 'message',
      name: 'Use as a statement',
      description: 'Make the text of this message, or its text file, a draft statement',
      run: async (call, source) => (source ? openFromMessage(call, source) : undefined),
    },
  ],
  jobs,
};
