import { z } from 'zod';
import { inBoth } from '../../core/locale.ts';
import {
  type Call,
  type Feature,
  type FormAnswer,
  onPress,
  onSubmit,
  type Press,
  type Reply,
} from '../../slack/feature.ts';
import { answerCheck, askLegalAbout, openStatement, pairStatements } from '../change.ts';
import { checkView, inForm, refused, textOf } from '../listeners.ts';
import type { Seen } from '../rules.ts';
import { checkOf } from '../snapshot.ts';
import { words as statementWords } from '../text.ts';
import type { Reply as Said } from './answers.ts';
import { explainForm, type Occasion } from './forms.ts';
import { answersTo, findingKey } from './lint.ts';
import { words } from './text.ts';

const seen = { s: z.uuid(), v: z.number(), h: z.string() };
const answerSchema = z
  .object({ ...seen, key: z.string(), say: z.enum(['person', 'not_person', 'contact', 'not_said', 'legal_ok']) })
  .transform(({ s, v, h, key, say }) => ({
    statementId: s,
    seen: { version: v, hash: h },
    said: say === 'legal_ok' ? ({ say } as const) : ({ say, key } as const),
  }));

const explainMetadata = z.object({
  statementId: z.uuid(),
  version: z.number(),
  hash: z.string(),
  key: z.string(),
  channelId: z.string().nullish().default(null),
  viewId: z.string().nullish().default(null),
});

/** What people answer to the check of a text, and which text is its translation. */
export const statementChecks: Feature = {
  name: 'statement checks',
  title: inBoth((l) => statementWords(l).feature),
  actions: [
    onPress('statements.answer', answerSchema, (call, { statementId, seen: on, said }, press) =>
      answer(call, statementId, on, said, press),
    ),
    onPress(
      'statements.ask_legal',
      z.object(seen).transform(({ s, v, h }) => ({ statementId: s, seen: { version: v, hash: h } })),
      async (call, { statementId, seen: on }, press) => {
        const here = inForm(call, press);
        const decision = await askLegalAbout(here, statementId, on);
        if (!decision.ok) return refused(call, decision.refusal);
        return { text: words(call.who.language).askedLegal };
      },
    ),
    onPress('statements.explain', z.object({ ...seen, key: z.string() }), (call, { s, key }, press) =>
      openExplanation(inForm(call, press), s, key, press),
    ),
  ],
  forms: [
    onSubmit('statements.explain', explainMetadata, (call, values, metadata) => explain(call, values, metadata)),
    onSubmit(
      'statements.pair',
      z.object({ statementId: z.uuid(), channelId: z.string().nullish().default(null) }),
      async (call, values, { statementId, channelId }) => {
        const chosen = z
          .union([z.uuid(), z.literal('none')])
          .nullish()
          .catch(null)
          .parse(values['twin']);
        const decision = await pairStatements(
          { ...call, channelId },
          statementId,
          chosen === 'none' ? null : (chosen ?? null),
        );
        return decision.ok ? undefined : { errors: { twin: await textOf(call, decision.refusal) } };
      },
    ),
  ],
};

/** In a form the form is drawn again; in a message the person is told, and the message changes by itself. */
async function answer(call: Call, statementId: string, on: Seen, said: Said, press: Press): Promise<Reply | void> {
  const here = inForm(call, press);
  const decision = await answerCheck(here, statementId, on, said);
  if (!decision.ok) return refused(call, decision.refusal);
  if (!press.form) return { text: words(call.who.language).recorded };
  await redraw(here, statementId, press.form.viewId, said.say === 'person' ? 'legal_asked' : 'asked');
}

async function redraw(call: Call, statementId: string, viewId: string, occasion: Occasion = 'asked'): Promise<void> {
  const opened = await openStatement(call, statementId);
  if (!opened) return;
  const { statement, scene } = opened;
  await call.updateModal(viewId, await checkView(call, statement, scene, call.channelId, occasion));
}

async function openExplanation(call: Call, statementId: string, key: string, press: Press): Promise<Reply | void> {
  const opened = await openStatement(call, statementId);
  if (!opened) return refused(call, { code: 'not_in_room' });
  const { findings, material } = await checkOf(call.db, opened.scene.crisis, opened.statement);
  const finding = findings.find((one) => findingKey(one) === key);
  const isAsked = finding && answersTo(finding).some((one) => one === 'linked' || one === 'waived');
  if (!isAsked) return refused(call, { code: 'nothing_to_do' });
  const at = { channelId: call.channelId, viewId: press.form?.viewId ?? null };
  await call.openModal(explainForm(opened.statement, finding, material, at, call.who.language));
}

const explanation = z.object({
  targets: z.array(z.string()).nullish().catch([]),
  reason: z.string().nullish().catch(''),
});
const target = /^(task|measure):(.+)$/;

async function explain(
  call: Call,
  values: Record<string, unknown>,
  { statementId, version, hash, key, channelId, viewId }: z.infer<typeof explainMetadata>,
): Promise<FormAnswer> {
  const read = explanation.parse(values);
  const here = { ...call, channelId };
  const opened = await openStatement(here, statementId);
  if (!opened) return { errors: { reason: await textOf(call, { code: 'not_in_room' }) } };
  const { material } = await checkOf(call.db, opened.scene.crisis, opened.statement);
  const targets = (read.targets ?? []).flatMap((value) => {
    const [, kind, id] = target.exec(value) ?? [];
    const known =
      kind === 'task' ? material.doneTasks.find((t) => t.id === id) : material.measures.find((m) => m.id === id);
    return known
      ? [{ kind: kind === 'task' ? ('task' as const) : ('measure' as const), id: known.id, number: known.number }]
      : [];
  });
  const reason = read.reason ?? '';
  const said: Said = key.startsWith('slot_missing:')
    ? { say: 'waived', key, reason }
    : { say: 'deed', key, targets, reason };
  const decision = await answerCheck(here, statementId, { version, hash }, said);
  if (!decision.ok) return { errors: { reason: await textOf(call, decision.refusal) } };
  if (viewId) await redraw(here, statementId, viewId);
  return undefined;
}
