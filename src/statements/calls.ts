import { z } from 'zod';
import { readerOf } from '../crises/here.ts';
import type { CommonRefusal } from '../crises/refusals.ts';
import type { Call, Press, Reply } from '../slack/feature.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { openStatement } from './change.ts';
import { type Props, peopleIn } from './lines.ts';
import { sayNo } from './refusals.ts';
import type { Context, Statement, StatementRefusal } from './statement.ts';

type Refused = StatementRefusal | CommonRefusal;

/** Why not, as plain text: forms show their errors so. */
export const sayWhy = async (call: Call, refusal: Refused): Promise<string> =>
  sayNo(refusal, await readerOf(call, 'byId' in refusal ? [refusal.byId] : []));
export const refused = async (call: Call, refusal: Refused): Promise<Reply> => ({
  text: escapeMrkdwn(await sayWhy(call, refusal)),
});

const openForm = z.object({ channelId: z.string().nullish() });

/** A press in a form happens where the form was opened: its metadata says in which channel. */
export function inForm(call: Call, { form }: Press): Call {
  const channelId = call.channelId ?? openForm.safeParse(form?.metadata).data?.channelId ?? null;
  return { ...call, channelId };
}

/**
 * Does something with a statement that the caller may see, and with what rules need to know beside it. `problem`: what
 * stands against it, asked first.
 */
export async function withStatement(
  call: Call,
  statementId: string,
  run: (statement: Statement, context: Context) => Promise<Reply | void>,
  problem: (statement: Statement, context: Context) => StatementRefusal | null = () => null,
): Promise<Reply | void> {
  const opened = await openStatement(call, statementId);
  if (!opened) return refused(call, { code: 'not_in_room' });
  const no = problem(opened.statement, opened.context);
  return no ? refused(call, no) : run(opened.statement, opened.context);
}

/** What these statements are drawn from for the caller. `others`: whoever is named besides. */
export const propsFor = async (
  call: Call,
  { crisis, roster }: Pick<Context, 'crisis' | 'roster'>,
  statements: readonly Statement[],
  others: readonly string[] = [],
): Promise<Props> => ({
  crisis,
  roster,
  reader: await readerOf(call, [...peopleIn(statements, roster, crisis), ...others]),
});
