import { newId } from '../core/ids.ts';
import { atOnce, once } from '../core/jobs.ts';
import type { Level } from '../core/levels.ts';
import { inBoth } from '../core/locale.ts';
import { after, MINUTE } from '../core/time.ts';
import { crisisNamed, readerOf, roomHere, toAct } from '../crises/here.ts';
import type { Crisis } from '../crises/rules.ts';
import { levelLabel } from '../crises/text.ts';
import { declareForm } from '../crises/views.ts';
import { playbooksOf } from '../playbooks/store.ts';
import type { ModalView } from '../slack/blocks.ts';
import type { AnswerOf } from '../slack/contract.ts';
import { SlackFailure } from '../slack/failures.ts';
import type { Call, Feature, Press, Reply, SourceMessage } from '../slack/feature.ts';
import { clip, limits } from '../slack/limits.ts';
import { escapeMrkdwn, messageUrl, withNames } from '../slack/mrkdwn.ts';
import { folded } from '../slack/subcommands.ts';
import { mentionedIn } from '../timeline/export.ts';
import { workspaceOf } from '../workspaces/store.ts';
import { calibration } from './calibrate.ts';
import { assessSignal, concludeMatter, readAssessor, readMatter, reassess, setLevel } from './change.ts';
import { kinds } from './entry-kinds.ts';
import {
  type Assessed,
  assessForm,
  assessView,
  type Begun,
  type Draft,
  firstRating,
  overrideForm,
  overrideView,
  type Parent,
  ratingOf,
  refine,
  restForm,
  restView,
  type Subject,
  watchForm,
  watchView,
} from './forms.ts';
import { jobs } from './jobs.ts';
import { waits } from './overview.ts';
import { type Assessment, type Kept, peopleIn } from './records.ts';
import { sayNo } from './refusals.ts';
import {
  type AssessmentRefusal,
  accountMax,
  type Conclusion,
  concernFlaw,
  isConfidential,
  problemOf,
  sees,
  standingOf,
  titleMax,
  type Wish,
  watchMinutes,
} from './rules.ts';
import { isDecided, nothingKnown } from './score.ts';
import { assessorOf, conclusionsOf, findAssessmentOf, historyOfCrisis, openMatters, weightsOf } from './store.ts';
import { words } from './text.ts';
import {
  again,
  apply,
  crisisModal,
  list,
  type MoveTarget,
  matterList,
  matterModal,
  menu,
  move,
  open,
  override,
  see,
  summaryOf,
} from './views.ts';

const no = async (call: Call, refusal: AssessmentRefusal): Promise<string> =>
  sayNo(refusal, await readerOf(call, refusal.code === 'stale' ? [refusal.matter.changedBy] : []));

const refused = async (call: Call, refusal: AssessmentRefusal): Promise<Reply> => ({
  text: escapeMrkdwn(await no(call, refusal)),
});

/** In place of the form that was pressed in: only three forms may lie on one another. */
const openOver = (call: Call, form: Press['form'], view: ModalView): Promise<unknown> =>
  form ? call.updateModal(form.viewId, view) : call.openModal(view);

/** In a war room its crisis is assessed again; elsewhere something that may become one. */
async function assessHere(call: Call, draft: Partial<Draft>): Promise<Reply | void> {
  const here = await roomHere(call);
  return here ? openForCrisis(call, here.id, draft.url ?? null, null) : openForSignal(call, draft);
}

async function openForSignal(call: Call, draft: Partial<Draft>): Promise<Reply | void> {
  const may = await readAssessor(call);
  if (!may.ok) return refused(call, may.refusal);
  await call.openModal(assessView({ ...draft, crisis: null, matterId: null }, call.who.language));
}

/** What was known last time stands in the form. */
async function openForCrisis(
  call: Call,
  crisisId: string,
  url: string | null,
  form: Press['form'],
): Promise<Reply | void> {
  const known = await knownOf(call, { crisisId, matterId: null });
  if ('text' in known) return known;
  await openOver(call, form, assessView({ ...known.draft, ...(url ? { url } : {}) }, call.who.language));
}

type Known = { draft: Draft; inForce: Level | null };

/** What is known from before of what is assessed, or why it may not be. */
async function knownOf(call: Call, { crisisId, matterId }: Subject): Promise<Known | { text: string }> {
  if (crisisId) {
    const found = await toAct(call, crisisNamed(call, crisisId));
    if ('reply' in found) return { text: found.reply.text };
    const { crisis } = found;
    const last = (await historyOfCrisis(call.db, crisisId)).assessments.at(-1);
    return { draft: { ...last, crisis, matterId: null }, inForce: crisis.level };
  }
  if (!matterId) return { draft: { crisis: null, matterId: null }, inForce: null };
  const read = await readMatter(call, matterId);
  if (!read.ok) return { text: await no(call, read.refusal) };
  const { matter, history } = read.value;
  const last = history.assessments.at(-1);
  const { title, concernedIds } = matter;
  return { draft: { ...last, title, concernedIds, crisis: null, matterId }, inForce: null };
}

/** The first line of a message becomes a title to correct, and the way back to it is kept. */
async function assessMessage(call: Call, source: SourceMessage | null): Promise<Reply | void> {
  if (!source) return;
  const [{ domain }, reader] = await Promise.all([
    workspaceOf(call.db, call.who.workspaceId),
    readerOf(call, mentionedIn(source.text)),
  ]);
  const said = withNames(source.text, reader.named).trim();
  const [first = ''] = said.split('\n');
  const title = clip(first.replace(/\s+/gu, ' ').trim(), titleMax);
  // The whole message stays one click away.
  return assessHere(call, { title, account: clip(said, accountMax), url: messageUrl(domain, source) });
}

/** People and law. Where they decide, that is the result; otherwise the rest is asked, and nothing is kept yet. */
async function submitFirst(
  call: Call,
  answers: Assessed,
  subject: Subject,
  viewId: string,
): Promise<AnswerOf<keyof Assessed>> {
  const [known, { weights }] = await Promise.all([knownOf(call, subject), weightsOf(call.db, call.who.workspaceId)]);
  if ('text' in known) return assessForm.error('harm', known.text);
  const { draft, inForce } = known;
  const rating = firstRating(draft, answers);
  const { title, concerned } = answers;
  const account = answers.account || draft.account || '';
  const url = answers.url ?? draft.url ?? null;
  const wish: Wish = { ...rating, id: newId(), title, account, url, baseline: draft.baseline ?? '', concerned };
  const flaw = problemOf(wish, !subject.crisisId) ?? concernFlaw(wish, call.who.userId);
  if (flaw) return assessForm.error(firstField(flaw), await no(call, flaw));
  if (!isDecided(rating, weights, inForce)) {
    const begun = { ...draft, title, account, url, concernedIds: concerned };
    return { push: restView(begun, rating, { viewId }, call.who.language) };
  }
  const said = await assess(call, subject, wish);
  return 'no' in said ? assessForm.error(firstField(said.no), await no(call, said.no)) : { update: said.view };
}

async function submitRest(
  call: Call,
  answers: Assessed,
  { begun, parent, ...subject }: Subject & { begun: Begun; parent: Parent },
): Promise<AnswerOf<keyof Assessed>> {
  const { account, url, baseline } = answers;
  const { title, concerned } = begun;
  const wish: Wish = { ...ratingOf(begun, answers), id: newId(), title, account, url, baseline, concerned };
  const said = await assess(call, subject, wish);
  if ('no' in said) return restForm.error(restField(said.no), await no(call, said.no));
  return parent ? showIn(call, parent, said.view) : { update: said.view };
}

async function assess(
  call: Call,
  { crisisId, matterId }: Subject,
  wish: Wish,
): Promise<{ no: AssessmentRefusal } | { view: ModalView }> {
  if (crisisId) {
    const decision = await reassess(call, crisisId, wish);
    if (!decision.ok) return { no: decision.refusal };
    return { view: await crisisResult(call, decision.value.crisis, decision.value.assessment) };
  }
  const decision = await assessSignal(call, matterId, wish);
  if (!decision.ok) return { no: decision.refusal };
  const read = await readMatter(call, decision.value.matter.id);
  return read.ok ? { view: await matterResult(call, read.value) } : { no: read.refusal };
}

/** At which field of the first step something is said. */
function firstField(refusal: AssessmentRefusal): keyof Assessed {
  if (refusal.code === 'concerns_assessor') return 'concerned';
  return refusal.code === 'title_missing' || refusal.code === 'too_long' ? 'title' : 'harm';
}

function restField(refusal: AssessmentRefusal): keyof Assessed {
  if (refusal.code !== 'too_long') return 'reach';
  return refusal.most === accountMax ? 'account' : 'baseline';
}

async function openRest(call: Call, subject: Subject, form: Press['form']): Promise<Reply | void> {
  const known = await knownOf(call, subject);
  if ('text' in known) return { text: escapeMrkdwn(known.text) };
  const { draft } = known;
  const rating = { values: draft.values ?? nothingKnown, flags: draft.flags ?? [] };
  await call.openModal(restView(draft, rating, form ? { viewId: form.viewId } : null, call.who.language));
}

async function crisisResult(call: Call, crisis: Crisis, assessment: Assessment) {
  const history = await historyOfCrisis(call.db, crisis.id);
  return crisisModal(assessment, crisis, history, await readerOf(call, peopleIn(history)));
}

const matterResult = async (call: Call, kept: Kept): Promise<ModalView> =>
  matterModal(kept, await readerOf(call, [...peopleIn(kept.history), ...kept.matter.concernedIds]));

/** One press about something that was assessed outside of a crisis. */
async function press(call: Call, { move: asked, ...target }: MoveTarget, { form }: Press): Promise<Reply | void> {
  if (asked === 'ordinary' || asked === 'end') return concludeAtOnce(call, target, asked, form);
  const read = await readMatter(call, target.matterId);
  if (!read.ok) return refused(call, read.refusal);
  const { matter, history } = read.value;
  if (asked === 'show') {
    await openOver(call, form, await matterResult(call, read.value));
    return;
  }
  if (matter.status === 'declared') return refused(call, { code: 'already_declared' });
  const { language } = call.who;
  const parent: Parent = form ? { viewId: form.viewId } : null;
  const last = history.assessments.at(-1);
  const level = standingOf(history)?.level ?? 'watch';
  switch (asked) {
    case 'again':
      await openOver(
        call,
        form,
        assessView(
          { ...last, title: matter.title, concernedIds: matter.concernedIds, crisis: null, matterId: matter.id },
          language,
        ),
      );
      return;
    case 'refine':
      return openRest(call, { crisisId: null, matterId: matter.id }, form);
    case 'watch': {
      const until = matter.reassessAt ?? after(call.now(), watchMinutes(level) * MINUTE);
      await call.openModal(watchView({ ...target, title: matter.title }, until, parent, language));
      return;
    }
    case 'override':
      if (last) await call.openModal(overrideView(target, last, level, parent, language));
      return;
    case 'declare': {
      const [{ privateByDefault }, playbooks, reader] = await Promise.all([
        workspaceOf(call.db, call.who.workspaceId),
        playbooksOf(call.db, call.who.workspaceId),
        readerOf(call),
      ]);
      const summary = clip(summaryOf(read.value, reader), limits.textInput);
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

/** Concludes, and answers why not or what is shown next: the form that it was asked from shows what became of it. */
async function concludeByForm(
  call: Call,
  target: { matterId: string; v: number },
  parent: Parent,
  conclusion: Conclusion,
): Promise<{ no: string } | { update: ModalView } | void> {
  const decision = await concludeMatter(call, target, conclusion);
  if (!decision.ok) return { no: await no(call, decision.refusal) };
  const view = await matterResult(call, decision.value);
  return parent ? showIn(call, parent, view) : { update: view };
}

async function showIn(call: Call, parent: NonNullable<Parent>, view: ModalView): Promise<void> {
  await call.updateModal(parent.viewId, view).catch((error: unknown) => {
    // The person closed everything: what was decided is decided.
    if (!(error instanceof SlackFailure)) throw error;
  });
}

async function applyComputed(call: Call, assessmentId: string, { form }: Press): Promise<Reply | void> {
  const decision = await setLevel(call, assessmentId, null, '');
  if (!decision.ok) return refused(call, decision.refusal);
  const { crisis, assessment } = decision.value;
  if (form) return call.updateModal(form.viewId, await crisisResult(call, crisis, assessment));
  return { text: words(call.who.language).done.applied(levelLabel(crisis.level, call.who.language)) };
}

async function openOverride(call: Call, assessmentId: string, { form }: Press): Promise<Reply | void> {
  const assessment = await findAssessmentOf(call.db, call.who.workspaceId, assessmentId);
  if (!assessment?.crisisId) return refused(call, { code: 'not_seen' });
  const found = await toAct(call, crisisNamed(call, assessment.crisisId));
  if ('reply' in found) return found.reply;
  const history = await historyOfCrisis(call.db, assessment.crisisId);
  if (history.assessments.at(-1)?.id !== assessmentId) return refused(call, { code: 'superseded' });
  const parent = form ? { viewId: form.viewId } : null;
  await call.openModal(overrideView({ assessmentId }, assessment, found.crisis.level, parent, call.who.language));
}

/** The whole result, from the proposal in the room. */
async function openResult(call: Call, assessmentId: string): Promise<Reply | void> {
  const assessment = await findAssessmentOf(call.db, call.who.workspaceId, assessmentId);
  if (!assessment?.crisisId) return refused(call, { code: 'not_seen' });
  const found = await crisisNamed(call, assessment.crisisId);
  if ('reply' in found) return found.reply;
  await call.openModal(await crisisResult(call, found.crisis, assessment));
}

const mostListed = 200;

async function showList(call: Call): Promise<Reply> {
  const { workspaceId, userId } = call.who;
  const [by, kept, reader] = await Promise.all([
    assessorOf(call.db, workspaceId, userId),
    openMatters(call.db, workspaceId, mostListed),
    readerOf(call),
  ]);
  const seen = kept.filter(({ matter, history }) => sees(matter, history, by));
  const isTold = seen.length > 0 || kept.every(({ matter }) => isConfidential(matter));
  const closed = isTold ? await conclusionsOf(call.db, workspaceId) : { ordinary: 0, declared: 0 };
  return matterList(seen, closed, reader);
}

const listWords = ['list', 'liste', 'watches', 'veilles'];

export const assessment: Feature = {
  name: 'assessment',
  title: inBoth((l) => words(l).feature),
  waits,
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
          ? showList(call)
          : assessHere(call, text.trim() ? { title: clip(text.trim(), titleMax) } : {}),
    },
    ...calibration.subcommands,
  ],
  actions: [
    open.on((call) => openForSignal(call, {})),
    list.on((call) => showList(call)),
    again.on((call, { crisisId }, { form }) => openForCrisis(call, crisisId, null, form)),
    move.on(press),
    menu.on(press),
    apply.on((call, { assessmentId }, pressed) => applyComputed(call, assessmentId, pressed)),
    override.on((call, { assessmentId }, pressed) => openOverride(call, assessmentId, pressed)),
    see.on((call, { assessmentId }) => openResult(call, assessmentId)),
    refine.on((call, subject, { form }) => openRest(call, subject, form)),
    ...calibration.actions,
  ],
  forms: [
    assessForm.on(submitFirst),
    restForm.on(submitRest),
    watchForm.on(async (call, { until }, { parent, ...target }) => {
      const said = await concludeByForm(call, target, parent, { kind: 'watch', until });
      return said && 'no' in said ? watchForm.error('until', said.no) : said;
    }),
    overrideForm.on(async (call, { level, reason }, { target, parent }) => {
      if (!('assessmentId' in target)) {
        const said = await concludeByForm(call, target, parent, { kind: 'override', level, reason });
        return said && 'no' in said ? overrideForm.error('reason', said.no) : said;
      }
      const decision = await setLevel(call, target.assessmentId, level, reason);
      if (!decision.ok) return overrideForm.error('reason', await no(call, decision.refusal));
      const { crisis, assessment } = decision.value;
      if (parent) return showIn(call, parent, await crisisResult(call, crisis, assessment));
    }),
    ...calibration.forms,
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
