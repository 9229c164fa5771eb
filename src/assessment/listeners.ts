import { z } from 'zod';
import { newId } from '../core/ids.ts';
import { atOnce, once } from '../core/jobs.ts';
import { levels } from '../core/levels.ts';
import { inBoth } from '../core/locale.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { findCrisisOfChannel } from '../crises/store.ts';
import { levelLabel } from '../crises/text.ts';
import { declareForm } from '../crises/views.ts';
import { namer } from '../people/store.ts';
import { playbooksOf } from '../playbooks/store.ts';
import type { ModalView } from '../slack/blocks.ts';
import { SlackFailure } from '../slack/failures.ts';
import {
  type Call,
  type Feature,
  type FormAnswer,
  onPress,
  onSubmit,
  type Press,
  type Reply,
  type SourceMessage,
} from '../slack/feature.ts';
import { clip, limits } from '../slack/limits.ts';
import { escapeMrkdwn, messageUrl, withNames } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { chosenPeople } from '../slack/view-state.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { calibration } from './calibrate.ts';
import {
  assessSignal,
  concludeMatter,
  readAssessment,
  readAssessor,
  readCrisis,
  readMatter,
  reassess,
  setLevel,
} from './change.ts';
import { kinds } from './entry-kinds.ts';
import { assessForm, type Draft, overrideForm, type Parent, watchForm } from './forms.ts';
import { jobs } from './jobs.ts';
import {
  type Assessment,
  type AssessmentRefusal,
  accountMax,
  baselineMax,
  type Conclusion,
  type History,
  isConfidential,
  sees,
  standingOf,
  titleMax,
  type Wish,
  watchMinutes,
} from './rules.ts';
import { situationIn, typed } from './situation.ts';
import { assessorOf, conclusionsOf, historyOfCrisis, openMatters } from './store.ts';
import { words } from './text.ts';
import { crisisModal, type Kept, matterList, matterModal, type Reader, saidNo, sayNo, summaryOf } from './views.ts';

async function readerOf(call: Call, history: History, ...others: string[]): Promise<Reader> {
  const { language, timeZone, workspaceId } = call.who;
  const ids = [...history.assessments.map((a) => a.assessedBy), ...history.outcomes.map((o) => o.decidedBy), ...others];
  return { language, timeZone, named: await namer(call.db, workspaceId, ids) };
}

const nobody: History = { assessments: [], outcomes: [] };

async function no(call: Call, refusal: AssessmentRefusal): Promise<string> {
  const others = refusal.code === 'stale' ? [refusal.matter.changedBy] : [];
  return sayNo(refusal, await readerOf(call, nobody, ...others));
}

const refused = async (call: Call, refusal: AssessmentRefusal): Promise<Reply> => {
  const text = await no(call, refusal);
  return { text: escapeMrkdwn(text), blocks: saidNo(text) };
};

/** In place of the form that was pressed in: only three forms may lie on one another. */
const openOver = (call: Call, form: Press['form'], view: ModalView): Promise<unknown> =>
  form ? call.updateModal(form.viewId, view) : call.openModal(view);

/** In a war room its crisis is assessed again; elsewhere something that may become one. */
async function assessHere(call: Call, draft: Partial<Draft>): Promise<Reply | void> {
  const { workspaceId } = call.who;
  const here = call.channelId
    ? await findCrisisOfChannel(call.db, workspaceId, call.channelId, call.who.userId)
    : undefined;
  return here ? openForCrisis(call, here.id, draft.url ?? null, null) : openForSignal(call, draft);
}

async function openForSignal(call: Call, draft: Partial<Draft>): Promise<Reply | void> {
  const may = await readAssessor(call);
  if (!may.ok) return refused(call, may.refusal);
  await call.openModal(assessForm({ ...draft, crisis: null, matterId: null }, call.who.language));
}

/** What was known last time stands in the form. */
async function openForCrisis(
  call: Call,
  crisisId: string,
  url: string | null,
  form: Press['form'],
): Promise<Reply | void> {
  const read = await readCrisis(call, crisisId);
  if (!read.ok) return refused(call, read.refusal);
  const { crisis, history } = read.value;
  const last = history.assessments.at(-1);
  const draft = { ...last, ...(url ? { url } : {}), crisis, matterId: null };
  await openOver(call, form, assessForm(draft, call.who.language));
}

/** The first line of a message becomes a title to correct, and the way back to it is kept. */
async function assessMessage(call: Call, source: SourceMessage | null): Promise<Reply | void> {
  if (!source) return;
  const { workspaceId } = call.who;
  const { domain } = await workspaceOf(call.db, workspaceId);
  const ids = [...source.text.matchAll(/<@([UW][A-Z0-9]+)>/g)].map((match) => match[1] as string);
  const named = await namer(call.db, workspaceId, ids);
  const said = withNames(source.text, named).trim();
  const [first = ''] = said.split('\n');
  const title = clip(first.replace(/\s+/gu, ' ').trim(), titleMax);
  // The whole message stays one click away.
  return assessHere(call, { title, account: clip(said, accountMax), url: messageUrl(domain, source) });
}

async function submitAssessment(
  call: Call,
  given: Record<string, unknown>,
  { crisisId, matterId }: { crisisId: string | null; matterId: string | null },
): Promise<FormAnswer> {
  const wish: Wish = {
    ...situationIn(given),
    id: newId(),
    title: typed.parse(given['title']),
    account: typed.parse(given['account']),
    url: typed.parse(given['url']) || null,
    baseline: typed.parse(given['baseline']),
    concerned: chosenPeople.parse(given['concerned']),
  };
  if (crisisId) {
    const decision = await reassess(call, crisisId, wish);
    if (!decision.ok) return { errors: { harm: await no(call, decision.refusal) } };
    return { update: await crisisResult(call, decision.value.crisis, decision.value.assessment) };
  }
  const decision = await assessSignal(call, matterId, wish);
  if (!decision.ok) return { errors: { [fieldOf(decision.refusal)]: await no(call, decision.refusal) } };
  const read = await readMatter(call, decision.value.matter.id);
  if (read.ok) return { update: await matterResult(call, read.value) };
}

function fieldOf(refusal: AssessmentRefusal): string {
  if (refusal.code === 'concerns_assessor') return 'concerned';
  return refusal.code === 'too_long' ? (fieldOfLength.get(refusal.most) ?? 'title') : 'title';
}

const fieldOfLength: ReadonlyMap<number, string> = new Map([
  [accountMax, 'account'],
  [baselineMax, 'baseline'],
]);

async function crisisResult(call: Call, crisis: Crisis, assessment: Assessment) {
  const history = await historyOfCrisis(call.db, crisis.id);
  return crisisModal(assessment, crisis, history, await readerOf(call, history));
}

const matterResult = async (call: Call, kept: Kept): Promise<ModalView> =>
  matterModal(kept, await readerOf(call, kept.history, ...kept.matter.concernedIds));

const moves = ['again', 'show', 'ordinary', 'watch', 'end', 'declare', 'override'] as const;
const moveTarget = z.object({ move: z.enum(moves), matterId: z.uuid(), v: z.number() });
type MoveTarget = z.infer<typeof moveTarget>;

/** One press about something that was assessed outside of a crisis. */
async function press(call: Call, { move, ...target }: MoveTarget, { form }: Press): Promise<Reply | void> {
  if (move === 'ordinary' || move === 'end') return concludeAtOnce(call, target, move, form);
  const read = await readMatter(call, target.matterId);
  if (!read.ok) return refused(call, read.refusal);
  const { matter, history } = read.value;
  if (move === 'show') {
    await openOver(call, form, await matterResult(call, read.value));
    return;
  }
  if (matter.status === 'declared') return refused(call, { code: 'already_declared' });
  const { language } = call.who;
  const parent: Parent = form ? { viewId: form.viewId } : null;
  const last = history.assessments.at(-1);
  const level = standingOf(history)?.level ?? 'watch';
  switch (move) {
    case 'again':
      await openOver(
        call,
        form,
        assessForm(
          { ...last, title: matter.title, concernedIds: matter.concernedIds, crisis: null, matterId: matter.id },
          language,
        ),
      );
      return;
    case 'watch': {
      const until = matter.reassessAt ?? after(call.now(), watchMinutes(level) * MINUTE);
      await call.openModal(watchForm({ ...target, title: matter.title }, until, parent, language));
      return;
    }
    case 'override':
      if (last) await call.openModal(overrideForm(target, last, level, parent, language));
      return;
    case 'declare': {
      const { privateByDefault } = await workspaceOf(call.db, call.who.workspaceId);
      const playbooks = await playbooksOf(call.db, call.who.workspaceId);
      const summary = clip(summaryOf(read.value, await readerOf(call, history)), limits.textInput);
      const { title, concernedIds: excludedIds } = matter;
      const draft = {
        title,
        summary,
        matterId: matter.id,
        isPrivate: privateByDefault,
        ...(isConfidential(matter) ? { closed: 'chosen' as const, excludedIds } : {}),
      };
      await openOver(
        call,
        form,
        declareForm({ ...draft, level: level === 'routine' ? 'watch' : level }, playbooks, language),
      );
    }
  }
}

async function concludeAtOnce(
  call: Call,
  target: { matterId: string; v: number },
  kind: 'ordinary' | 'end',
  form: Press['form'],
): Promise<Reply | void> {
  const decision = await concludeMatter(call, target, { kind });
  if (!decision.ok) return refused(call, decision.refusal);
  if (form) return call.updateModal(form.viewId, await matterResult(call, decision.value));
  const w = words(call.who.language).done;
  const title = escapeMrkdwn(decision.value.matter.title);
  return { text: kind === 'ordinary' ? w.ordinary(title) : w.ended(title) };
}

const parentSchema = z.object({ viewId: z.string() }).nullish().default(null);
const matterTarget = z.object({ matterId: z.uuid(), v: z.number() });

/** The form that it was asked from shows what became of it; without one this form says it. */
async function concludeByForm(
  call: Call,
  target: { matterId: string; v: number },
  parent: Parent,
  conclusion: Conclusion,
  field: string,
): Promise<FormAnswer> {
  const decision = await concludeMatter(call, target, conclusion);
  if (!decision.ok) return { errors: { [field]: await no(call, decision.refusal) } };
  const view = await matterResult(call, decision.value);
  return parent ? showIn(call, parent, view) : { update: view };
}

async function showIn(call: Call, parent: NonNullable<Parent>, view: ModalView): Promise<void> {
  await call.updateModal(parent.viewId, view).catch((error: unknown) => {
    // The person closed everything: what was decided is decided.
    if (!(error instanceof SlackFailure)) throw error;
  });
}

const overrideMetadata = z.object({
  target: z.union([z.object({ assessmentId: z.uuid() }), matterTarget]),
  parent: parentSchema,
});

async function submitOverride(
  call: Call,
  given: Record<string, unknown>,
  { target, parent }: z.infer<typeof overrideMetadata>,
): Promise<FormAnswer> {
  const level = z.enum(levels).parse(given['level']);
  const reason = typed.parse(given['reason']);
  if (!('assessmentId' in target))
    return concludeByForm(call, target, parent, { kind: 'override', level, reason }, 'reason');
  const decision = await setLevel(call, target.assessmentId, level, reason);
  if (!decision.ok) return { errors: { reason: await no(call, decision.refusal) } };
  const { crisis, assessment } = decision.value;
  if (parent) return showIn(call, parent, await crisisResult(call, crisis, assessment));
}

async function applyComputed(call: Call, assessmentId: string, { form }: Press): Promise<Reply | void> {
  const decision = await setLevel(call, assessmentId, null, '');
  if (!decision.ok) return refused(call, decision.refusal);
  const { crisis, assessment } = decision.value;
  if (form) return call.updateModal(form.viewId, await crisisResult(call, crisis, assessment));
  return { text: words(call.who.language).done.applied(levelLabel(crisis.level, call.who.language)) };
}

async function openOverride(call: Call, assessmentId: string, { form }: Press): Promise<Reply | void> {
  const found = await readAssessment(call, assessmentId);
  if (!found.ok) return refused(call, found.refusal);
  const { crisis, assessment } = found.value;
  const parent = form ? { viewId: form.viewId } : null;
  await call.openModal(overrideForm({ assessmentId }, assessment, crisis.level, parent, call.who.language));
}

const mostListed = 200;

async function list(call: Call): Promise<Reply> {
  const { workspaceId, userId } = call.who;
  const by = await assessorOf(call.db, workspaceId, userId);
  const open = await openMatters(call.db, workspaceId, mostListed);
  const seen = open.filter(({ matter, history }) => sees(matter, history, by));
  const all = open.filter((kept) => seen.includes(kept) || !isConfidential(kept.matter));
  const isTold = seen.length > 0 || all.length === 0;
  const closed = isTold ? await conclusionsOf(call.db, workspaceId) : { ordinary: 0, declared: 0 };
  return matterList(seen, closed, call.now(), await readerOf(call, nobody));
}

const listWords = ['list', 'liste', 'watches', 'veilles'];
const ofAssessment = z.object({ assessmentId: z.uuid() });

export const assessment: Feature = {
  name: 'assessment',
  title: inBoth((l) => words(l).feature),
  entryKinds: kinds,
  follows: {
    room_ready: (crisisId) => [once('assessment.start', crisisId)],
    level_changed: (crisisId) => [atOnce('assessment.level_changed', { crisisId })],
    crisis_reopened: (crisisId) => [atOnce('assessment.start', { crisisId })],
  },
  subcommands: [
    {
      name: 'assess',
      aliases: ['évaluer', 'evaluer', 'évaluation', 'assessment'],
      usage: inBoth((l) => words(l).help.usage),
      summary: inBoth((l) => words(l).help.assess),
      readsOnly: true,
      run: (call, text) =>
        listWords.includes(folded(text.trim()))
          ? list(call)
          : assessHere(call, text.trim() ? { title: clip(text.trim(), titleMax) } : {}),
    },
    ...(calibration.subcommands ?? []),
  ],
  actions: [
    onPress('assessment.open', z.unknown(), (call) => openForSignal(call, {})),
    onPress('assessment.list', z.unknown(), (call) => list(call)),
    onPress('assessment.again', z.object({ crisisId: z.uuid() }), (call, { crisisId }, { form }) =>
      openForCrisis(call, crisisId, null, form),
    ),
    onPress('assessment.move', moveTarget, press),
    onPress('assessment.menu', moveTarget, press),
    onPress('assessment.apply', ofAssessment, (call, { assessmentId }, pressed) =>
      applyComputed(call, assessmentId, pressed),
    ),
    onPress('assessment.override', ofAssessment, (call, { assessmentId }, pressed) =>
      openOverride(call, assessmentId, pressed),
    ),
    ...(calibration.actions ?? []),
  ],
  forms: [
    onSubmit(
      'assessment.assess',
      z.object({ crisisId: z.uuid().nullable(), matterId: z.uuid().nullable() }),
      submitAssessment,
    ),
    onSubmit(
      'assessment.watch',
      matterTarget.extend({ parent: parentSchema }),
      (call, given, { parent, ...target }) => {
        const until = z.date().nullish().catch(null).parse(given['until']) ?? null;
        return concludeByForm(call, target, parent, { kind: 'watch', until }, 'until');
      },
    ),
    onSubmit('assessment.override', overrideMetadata, submitOverride),
    ...(calibration.forms ?? []),
  ],
  shortcuts: [
    {
      id: 'assessment.from_message',
      type: 'message',
      name: 'Assess this',
      description: 'Is it a crisis? Say how grave this message is',
      run: assessMessage,
    },
  ],
  jobs,
};
