import { numberText } from '../../core/locale.ts';
import { nameOf } from '../../crises/text.ts';
import type { Call } from '../../slack/feature.ts';
import { channelLink, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { openStatement } from '../change.ts';
import { checkView } from '../check/listeners.ts';
import { noticeForm } from '../forms.ts';
import type { Statement } from '../statement.ts';
import { words } from '../text.ts';

/** A draft has no card: its author is shown what stands against it, and submits it from there. */
export async function saved(call: Call, { id, status }: Statement, wasToSubmit: boolean) {
  const opened = await openStatement(call, id);
  if (!opened) return undefined;
  const { statement, context } = opened;
  if (status === 'draft')
    return { update: await checkView(call, statement, context, wasToSubmit ? 'refused' : 'saved') };
  const { crisis } = context;
  if (crisis.channelId === call.channelId) return undefined;
  const { language } = call.who;
  const w = words(language).form;
  const room = crisis.channelId ? channelLink(crisis.channelId) : escapeMrkdwn(nameOf(crisis));
  const { number, current } = statement;
  const length = numberText(current.body.length, language);
  return { update: noticeForm(w.savedTitle, w.saved(number, current.number, length, room), language) };
}
