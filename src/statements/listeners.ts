import { atOnce } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import { crisisMeant, readerOf } from '../crises/here.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import type { Call, Feature, Press, Reply } from '../slack/feature.ts';
import { stakeholdersOf } from '../stakeholders/store.ts';
import { seatsToJudge, turnDown } from './approval.ts';
import { type Act, approveVersion, askChanges, more, rejectVersion, submitVersion } from './buttons.ts';
import { inForm, propsFor, refused, sayWhy, withStatement } from './calls.ts';
import { approveStatement, changeStatement, publishStatement, submitStatement } from './change.ts';
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
import { says } from './overview.ts';
import { publishProblem, withdraw, withdrawProblem } from './rules.ts';
import { waive, waiveProblem } from './seats.ts';
import { checkOf } from './snapshot.ts';
import { starts } from './start/listeners.ts';
import type { Context, Seen, Statement, StatementRefusal } from './statement.ts';
import { approversRoster, findStatementByNumber, statementsOf, versionsOf } from './store.ts';
import { words } from './text.ts';
import { card, continuations, statementList } from './views.ts';
import { shortHash } from './wording.ts';

/** Asks for the reason of an act on the version that is current. */
function askReasonNow(about: 'withdraw' | 'waive', problem: typeof waiveProblem) {
  return (call: Call, statementId: string): Promise<Reply | void> =>
    withStatement(
      call,
      statementId,
      async (statement) => {
        const { number: version, hash } = statement.current;
        await call.openModal(reasonForm(about, statement, { version, hash }, call.channelId, call.who.language));
      },
      problem,
    );
}

const acts: Record<Act, (call: Call, statementId: string) => Promise<Reply | void>> = {
  edit: openEdit,
  show: (call, statementId) => withStatement(call, statementId, (statement, context) => show(call, statement, context)),
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

/** The card for this person only, in their language; the rest of a long text follows. */
async function show(call: Call, statement: Statement, context: Context): Promise<void> {
  const check = await checkOf(call.db, context.crisis, statement);
  const props = { ...(await propsFor(call, context, [statement], peopleOfCheck(statement, check))), check };
  for (const message of [card(statement, props, true), ...continuations(statement, call.who.language)])
    await call.tell(message);
}

async function showNumber(call: Call, number: number): Promise<Reply | void> {
  const found = await crisisMeant(call);
  if ('reply' in found) return found.reply;
  const statement = await findStatementByNumber(call.db, found.crisis.id, number);
  return statement ? acts.show(call, statement.id) : refused(call, { code: 'unknown' });
}

async function listStatements(call: Call): Promise<Reply> {
  const found = await crisisMeant(call);
  if ('reply' in found) return found.reply;
  const { crisis } = found;
  const [all, roster] = await Promise.all([statementsOf(call.db, crisis.id), approversRoster(call.db, crisis)]);
  return statementList(all, await propsFor(call, { crisis, roster }, all));
}

async function submit(call: Call, statementId: string, seen: Seen, press: Press): Promise<Reply | void> {
  const here = inForm(call, press);
  const decision = await submitStatement(here, statementId, seen);
  if (!decision.ok) {
    if (decision.refusal.code !== 'blocked' || press.form) return refusedOn(here, statementId, decision.refusal);
    await call.tell(await refused(call, decision.refusal));
    return acts.check(here, statementId);
  }
  const { language } = call.who;
  const { number, requiredDepartments } = decision.value;
  const text = words(language).done.submitted(number, seatList(requiredDepartments, await readerOf(call)));
  if (!press.form) return { text };
  await call.updateModal(press.form.viewId, noticeForm(words(language).form.savedTitle, text, language));
}

/** Somebody who may not decide is told before having written a reason. */
const askReason = (call: Call, about: Reason, statementId: string, seen: Seen): Promise<Reply | void> =>
  withStatement(call, statementId, async (statement, context) => {
    const may = seatsToJudge(statement, seen, context);
    if (!may.ok) return refusedOn(call, statementId, may.refusal);
    await call.openModal(reasonForm(about, statement, seen, call.channelId, call.who.language));
  });

/** Somebody who pressed a button of an old card is shown the one that counts. */
async function refusedOn(call: Call, statementId: string, no: StatementRefusal): Promise<Reply | void> {
  if (no.code !== 'stale') return refused(call, no);
  await call.tell(await refused(call, no));
  return acts.show(call, statementId);
}

function fieldOf({ code }: StatementRefusal | CommonRefusal) {
  if (code.startsWith('promise_')) return 'next';
  return code.startsWith('published_') ? 'at' : 'url';
}

export const statements: Feature = {
  name: 'statements',
  title: inBoth((l) => words(l).feature),
  says,
  entryKinds,
  follows: {
    level_changed: (crisisId) => [atOnce('statements.crisis_changed', { crisisId })],
    lead_changed: (crisisId) => [atOnce('statements.crisis_changed', { crisisId })],
    team_changed: (crisisId) => [atOnce('statements.crisis_changed', { crisisId })],
    crisis_reopened: (crisisId, { reopening }) => [atOnce('statements.rearm', { crisisId, reopening })],
  },
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
    approveVersion.on(async (call, { statementId, seen }) => {
      const decision = await approveStatement(call, statementId, seen);
      if (!decision.ok) return refusedOn(call, statementId, decision.refusal);
      const { number, current, status } = decision.value;
      const w = words(call.who.language).done;
      const given = w.approval(number, current.number, shortHash(current.hash));
      return { text: status === 'approved' ? `${given} ${w.approvedAll(number)}` : given };
    }),
    askChanges.on((call, { statementId, seen }) => askReason(call, 'changes_requested', statementId, seen)),
    rejectVersion.on((call, { statementId, seen }) => askReason(call, 'rejected', statementId, seen)),
    more.on((call, { do: what, s }, press) => acts[what](inForm(call, press), s)),
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
    giveReason.on(async (call, { reason }, { about, statementId, channelId, ...seen }) => {
      const decision = await changeStatement({ ...call, channelId }, statementId, (statement, context) =>
        about === 'withdraw'
          ? withdraw(statement, reason, context)
          : about === 'waive'
            ? waive(statement, seen, reason, context)
            : turnDown(statement, seen, about, reason, context),
      );
      return decision.ok ? undefined : giveReason.error('reason', await sayWhy(call, decision.refusal));
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
