import type { ModalView } from '../../slack/blocks.ts';
import type { Action, Call, Form, Press, Reply } from '../../slack/feature.ts';
import { inForm, propsFor, refused, sayWhy, withStatement } from '../calls.ts';
import { answerCheck, askLegalAbout, openStatement, pairStatements } from '../change.ts';
import { type Check, checkOf } from '../snapshot.ts';
import type { Context, Statement } from '../statement.ts';
import type { Reply as Said } from './answers.ts';
import { answer, askLegal, checkForm, explain, explainForm, explanation, type Occasion, translation } from './forms.ts';
import { peopleOfCheck } from './lines.ts';
import { answersTo, findingKey, type Material, type Target } from './lint.ts';
import { words } from './text.ts';

/** What the check says of a statement, with the answers that the caller may give. `known`: what was read already. */
export async function checkView(
  call: Call,
  statement: Statement,
  context: Pick<Context, 'crisis' | 'roster'>,
  occasion: Occasion = 'asked',
  known?: Check,
): Promise<ModalView> {
  const check = known ?? (await checkOf(call.db, context.crisis, statement));
  const props = await propsFor(call, context, [statement], peopleOfCheck(statement, check));
  return checkForm(statement, check, props, { userId: call.who.userId, channelId: call.channelId }, occasion);
}

async function redraw(call: Call, statementId: string, viewId: string, occasion?: Occasion): Promise<void> {
  const opened = await openStatement(call, statementId);
  if (opened) await call.updateModal(viewId, await checkView(call, opened.statement, opened.context, occasion));
}

const openExplanation = (call: Call, statementId: string, key: string, { form }: Press): Promise<Reply | void> =>
  withStatement(call, statementId, async (statement, { crisis }) => {
    const { findings, material } = await checkOf(call.db, crisis, statement);
    const finding = findings.find((one) => findingKey(one) === key);
    const isAsked = finding && answersTo(finding).some((one) => one === 'linked' || one === 'waived');
    if (!isAsked) return refused(call, { code: 'nothing_to_do' });
    const at = { channelId: call.channelId, viewId: form?.viewId ?? null };
    await call.openModal(explainForm(statement, finding, material, at, call.who.language));
  });

/** The tasks and measures that were picked (`task:<id>`), of those that there are. */
function targetsOf(picked: readonly string[], { doneTasks, measures }: Material): Target[] {
  const known = [
    ...doneTasks.map(({ id, number }) => ({ kind: 'task' as const, id, number })),
    ...measures.map(({ id, number }) => ({ kind: 'measure' as const, id, number })),
  ];
  return known.filter(({ kind, id }) => picked.includes(`${kind}:${id}`));
}

/** What people answer to the check of a text, and which text is its translation. */
export const checks: { actions: Action[]; forms: Form[] } = {
  actions: [
    /** In a form the form is drawn again; in a message the person is told, and the message changes by itself. */
    answer.on(async (call, { statementId, seen, said }, press) => {
      const here = inForm(call, press);
      const decision = await answerCheck(here, statementId, seen, said);
      if (!decision.ok) return refused(call, decision.refusal);
      if (!press.form) return { text: words(call.who.language).recorded };
      await redraw(here, statementId, press.form.viewId, said.say === 'person' ? 'legal_asked' : 'asked');
    }),
    askLegal.on(async (call, { statementId, seen }, press) => {
      const decision = await askLegalAbout(inForm(call, press), statementId, seen);
      return decision.ok ? { text: words(call.who.language).askedLegal } : refused(call, decision.refusal);
    }),
    explain.on((call, { s, key }, press) => openExplanation(inForm(call, press), s, key, press)),
  ],
  forms: [
    explanation.on(async (call, { targets, reason }, { statementId, version, hash, key, channelId, viewId }) => {
      const here = { ...call, channelId };
      const opened = await openStatement(here, statementId);
      if (!opened) return explanation.error('reason', await sayWhy(call, { code: 'not_in_room' }));
      const { material } = await checkOf(call.db, opened.context.crisis, opened.statement);
      const said: Said = key.startsWith('slot_missing:')
        ? { say: 'waived', key, reason }
        : { say: 'deed', key, targets: targetsOf(targets, material), reason };
      const decision = await answerCheck(here, statementId, { version, hash }, said);
      if (!decision.ok) return explanation.error('reason', await sayWhy(call, decision.refusal));
      if (viewId) await redraw(here, statementId, viewId);
    }),
    translation.on(async (call, { twin }, { statementId, channelId }) => {
      const decision = await pairStatements({ ...call, channelId }, statementId, twin);
      return decision.ok ? undefined : translation.error('twin', await sayWhy(call, decision.refusal));
    }),
  ],
};
