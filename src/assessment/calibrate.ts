import { z } from 'zod';
import { levels } from '../core/levels.ts';
import { inBoth } from '../core/locale.ts';
import { namer } from '../people/store.ts';
import { section } from '../slack/blocks.ts';
import { SlackFailure } from '../slack/failures.ts';
import {
  type Call,
  type Feature,
  type FormAnswer,
  onPress,
  onSubmit,
  type Press,
  type Reply,
} from '../slack/feature.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { type CalibrationRefusal, mayCalibrate, replay, weightsFlaw } from './calibration.ts';
import { calibrateForm, caseForm, caseList, comparisonForm, weightBlock, weightId } from './calibration-forms.ts';
import { refusalText, words } from './calibration-text.ts';
import { addCase, calibratorOf, readCases, removeCase, saveWeights } from './change.ts';
import { noticeForm } from './forms.ts';
import { dimensions, standardWeights, type Weights } from './score.ts';
import { situationIn, typed } from './situation.ts';
import { pastCasesOf, weightsOf } from './store.ts';
import { words as assessmentWords } from './text.ts';

const no = (call: Call, refusal: CalibrationRefusal): Reply => ({
  text: escapeMrkdwn(refusalText(refusal, call.who.language)),
});

/** Weights of the workspace, for somebody who may change them; null for anybody else. */
async function calibrator(call: Call) {
  const by = { ...(await calibratorOf(call.db, call.who)), workspaceId: call.who.workspaceId };
  return mayCalibrate(by) ? by : null;
}

type Calibrator = NonNullable<Awaited<ReturnType<typeof calibrator>>>;

/** `mark` moves when other weights than the typed ones are put in. */
async function formOf(call: Call, by: Calibrator, mark: number, put?: Weights) {
  const { workspaceId, language, timeZone } = call.who;
  const [saved, cases] = [await weightsOf(call.db, workspaceId), await readCases(call.db, by)];
  const named = await namer(call.db, workspaceId, saved.saved ? [saved.saved.by] : []);
  const counts = { assessed: cases.assessed.length, entered: cases.entered.length };
  return calibrateForm(saved, put ?? saved.weights, mark, counts, { language, timeZone, named });
}

async function openCalibration(call: Call): Promise<Reply | void> {
  const by = await calibrator(call);
  if (!by) return no(call, { code: 'may_not_calibrate' });
  await call.openModal(await formOf(call, by, 0));
}

const markOf = ({ form }: Press): number =>
  z.object({ mark: z.number() }).catch({ mark: 0 }).parse(form?.metadata).mark;

async function putStandard(call: Call, press: Press): Promise<Reply | void> {
  const by = await calibrator(call);
  if (!by) return no(call, { code: 'may_not_calibrate' });
  const view = await formOf(call, by, markOf(press) + 1, standardWeights);
  if (press.form) await call.updateModal(press.form.viewId, view);
  else await call.openModal(view);
}

const weight = z
  .string()
  .nullish()
  .transform((text) => (text ? Number(text) : Number.NaN));

async function compare(call: Call, given: Record<string, unknown>, { mark }: { mark: number }): Promise<FormAnswer> {
  const by = await calibrator(call);
  const weights = Object.fromEntries(dimensions.map((d) => [d, weight.parse(given[weightId(d)])])) as Weights;
  const flaw: CalibrationRefusal | null = by ? weightsFlaw(weights) : { code: 'may_not_calibrate' };
  const { language, workspaceId } = call.who;
  if (!by || flaw)
    return { errors: { [weightBlock('harm', mark)]: refusalText(flaw ?? { code: 'may_not_calibrate' }, language) } };
  const current = await weightsOf(call.db, workspaceId);
  const { assessed, entered } = await readCases(call.db, by);
  const compared = replay([...assessed, ...entered], current.weights, weights);
  return { push: comparisonForm(compared, current, weights, language) };
}

const weightsSchema = z
  .object(Object.fromEntries(dimensions.map((d) => [d, z.number()])))
  .transform((w) => w as Weights);
const saveMetadata = z.object({ weights: weightsSchema, basedOn: z.number() });

async function save(
  call: Call,
  given: Record<string, unknown>,
  { weights, basedOn }: z.infer<typeof saveMetadata>,
): Promise<FormAnswer> {
  const { language } = call.who;
  const wish = { weights, basedOn, reason: typed.parse(given['reason']) };
  const decision = await saveWeights(call, wish);
  if (!decision.ok) return { errors: { reason: refusalText(decision.refusal, language) } };
  const w = words(language);
  return { update: noticeForm(w.title, [section(w.saved(decision.value.version))], language) };
}

const parentSchema = z.object({ viewId: z.string(), mark: z.number() }).nullish().default(null);

async function keepCase(
  call: Call,
  given: Record<string, unknown>,
  { parent }: { parent: z.infer<typeof parentSchema> },
): Promise<FormAnswer> {
  const level = z.enum(levels).parse(given['level']);
  const decision = await addCase(call, {
    ...situationIn(given),
    title: typed.parse(given['title']),
    level,
  });
  if (!decision.ok) return { errors: { title: refusalText(decision.refusal, call.who.language) } };
  const by = parent && (await calibrator(call));
  if (!by) return;
  // What was typed stays: the blocks keep their ids.
  const view = await formOf(call, by, parent.mark);
  await call.updateModal(parent.viewId, view).catch((error: unknown) => {
    if (!(error instanceof SlackFailure)) throw error;
  });
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
export const calibration: Pick<Feature, 'subcommands' | 'actions' | 'forms'> = {
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
    onPress('assessment.calibrate', z.unknown(), (call) => openCalibration(call)),
    onPress('assessment.standard_weights', z.unknown(), (call, _none, press) => putStandard(call, press)),
    onPress('assessment.add_case', z.unknown(), async (call, _none, press) => {
      if (!(await calibrator(call))) return no(call, { code: 'may_not_calibrate' });
      const parent = press.form ? { viewId: press.form.viewId, mark: markOf(press) } : null;
      await call.openModal(caseForm(parent, call.who.language));
    }),
    onPress('assessment.cases', z.unknown(), (call) => showCases(call)),
    onPress('assessment.remove_case', z.object({ caseId: z.uuid() }), (call, { caseId }, press) =>
      takeOut(call, caseId, press),
    ),
  ],
  forms: [
    onSubmit('assessment.calibrate', z.object({ mark: z.number() }), compare),
    onSubmit('assessment.save_weights', saveMetadata, save),
    onSubmit('assessment.add_case', z.object({ parent: parentSchema }), keepCase),
  ],
};
