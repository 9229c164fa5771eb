import { z } from 'zod';
import { inBoth } from '../core/locale.ts';
import { readerOf } from '../crises/here.ts';
import { section } from '../slack/blocks.ts';
import { SlackFailure } from '../slack/failures.ts';
import type { Call, Feature, Press, Reply } from '../slack/feature.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { type CalibrationRefusal, mayCalibrate, replay, weightsFlaw } from './calibration.ts';
import {
  addCaseButton,
  calibrateForm,
  calibrateView,
  caseForm,
  caseList,
  casesButton,
  caseView,
  comparisonView,
  ratingIn,
  removeButton,
  standardButton,
  weightBlock,
  weightsForm,
} from './calibration-forms.ts';
import { words } from './calibration-text.ts';
import { addCase, readCases, removeCase, saveWeights } from './change.ts';
import { noticeForm } from './forms.ts';
import { sayCalibrationNo } from './refusals.ts';
import { dimensions, standardWeights, type Weights } from './score.ts';
import { assessorOf, pastCasesOf, weightsOf } from './store.ts';
import { words as assessmentWords } from './text.ts';
import { calibrate } from './views.ts';

const no = (call: Call, refusal: CalibrationRefusal): Reply => ({
  text: escapeMrkdwn(sayCalibrationNo(refusal, call.who.language)),
});

/** Somebody who may change the weights of the workspace; null for anybody else. */
async function calibrator(call: Call) {
  const { workspaceId, userId } = call.who;
  const by = await assessorOf(call.db, workspaceId, userId);
  return mayCalibrate(by) ? { ...by, workspaceId } : null;
}

type Calibrator = NonNullable<Awaited<ReturnType<typeof calibrator>>>;

async function formOf(call: Call, by: Calibrator, mark: number, put?: Weights) {
  const [saved, cases] = await Promise.all([weightsOf(call.db, by.workspaceId), readCases(call.db, by)]);
  const counts = { assessed: cases.assessed.length, entered: cases.entered.length };
  const reader = await readerOf(call, saved.saved ? [saved.saved.by] : []);
  return calibrateView(saved, put ?? saved.weights, mark, counts, reader);
}

async function openCalibration(call: Call): Promise<Reply | void> {
  const by = await calibrator(call);
  if (!by) return no(call, { code: 'may_not_calibrate' });
  await call.openModal(await formOf(call, by, 0));
}

/** How often other weights were put into the open form. */
const markOf = ({ form }: Press): number =>
  z.object({ mark: z.number() }).catch({ mark: 0 }).parse(form?.metadata).mark;

async function putStandard(call: Call, press: Press): Promise<Reply | void> {
  const by = await calibrator(call);
  if (!by) return no(call, { code: 'may_not_calibrate' });
  const view = await formOf(call, by, markOf(press) + 1, standardWeights);
  if (press.form) await call.updateModal(press.form.viewId, view);
  else await call.openModal(view);
}

async function showCases(call: Call): Promise<Reply | void> {
  if (!(await calibrator(call))) return no(call, { code: 'may_not_calibrate' });
  await call.openModal(caseList(await pastCasesOf(call.db, call.who.workspaceId), call.who.language));
}

async function takeOut(call: Call, caseId: string, { form }: Press): Promise<Reply | void> {
  const decision = await removeCase(call, caseId);
  if (!decision.ok) return no(call, decision.refusal);
  const view = caseList(await pastCasesOf(call.db, call.who.workspaceId), call.who.language);
  if (form) await call.updateModal(form.viewId, view);
}

/** `/crisis calibrate`: the weights of the workspace against its own past. */
export const calibration = {
  subcommands: [
    {
      name: 'calibrate',
      aliases: ['étalonner', 'etalonner', 'calibrer', 'étalonnage'],
      usage: inBoth(() => ''),
      summary: inBoth((l) => assessmentWords(l).help.calibrate),
      readsOnly: true,
      run: (call) => openCalibration(call),
    },
  ],
  actions: [
    calibrate.on((call) => openCalibration(call)),
    standardButton.on((call, _none, press) => putStandard(call, press)),
    addCaseButton.on(async (call, _none, press) => {
      if (!(await calibrator(call))) return no(call, { code: 'may_not_calibrate' });
      const parent = press.form ? { viewId: press.form.viewId, mark: markOf(press) } : null;
      await call.openModal(caseView(parent, call.who.language));
    }),
    casesButton.on((call) => showCases(call)),
    removeButton.on((call, { caseId }, press) => takeOut(call, caseId, press)),
  ],
  forms: [
    calibrateForm.on(async (call, { weight }, { mark }) => {
      const by = await calibrator(call);
      const weights = Object.fromEntries(dimensions.map((d) => [d, weight.get(d) ?? Number.NaN])) as Weights;
      const flaw = by ? weightsFlaw(weights) : ({ code: 'may_not_calibrate' } as const);
      const { language } = call.who;
      if (!by || flaw)
        return calibrateForm.error(
          weightBlock('harm', mark),
          sayCalibrationNo(flaw ?? { code: 'may_not_calibrate' }, language),
        );
      const [current, { assessed, entered }] = await Promise.all([
        weightsOf(call.db, by.workspaceId),
        readCases(call.db, by),
      ]);
      const compared = replay([...assessed, ...entered], current.weights, weights);
      return { push: comparisonView(compared, current, weights, language) };
    }),
    weightsForm.on(async (call, { reason }, { weights, basedOn }) => {
      const { language } = call.who;
      const decision = await saveWeights(call, { weights, basedOn, reason });
      if (!decision.ok) return weightsForm.error('reason', sayCalibrationNo(decision.refusal, language));
      const w = words(language);
      return { update: noticeForm(w.title, [section(w.saved(decision.value.version))], language) };
    }),
    caseForm.on(async (call, { title, level, ...answers }, { parent }) => {
      const decision = await addCase(call, { ...ratingIn(answers), title, level });
      if (!decision.ok) return caseForm.error('title', sayCalibrationNo(decision.refusal, call.who.language));
      const by = parent && (await calibrator(call));
      if (!by) return;
      // What was typed stays: the blocks keep their ids.
      const view = await formOf(call, by, parent.mark);
      await call.updateModal(parent.viewId, view).catch((error: unknown) => {
        if (!(error instanceof SlackFailure)) throw error;
      });
    }),
  ],
} satisfies Pick<Feature, 'subcommands' | 'actions' | 'forms'>;
