import { z } from 'zod';
import type { Reader } from '../../core/reader.ts';
import { actions, type Message, message, sections } from '../../slack/blocks.ts';
import { button } from '../../slack/contract.ts';
import { channelLink, escapeMrkdwn } from '../../slack/mrkdwn.ts';
import type { Crisis } from '../rules.ts';
import { nameOf } from '../text.ts';
import { words } from './text.ts';

/** `leadId`: the lead whom it replaces. */
export const takeTheLead = button('crises.take_lead', z.object({ crisisId: z.uuid(), leadId: z.string() }));

/** The lead, offered as long as nobody else has it and the one who has cannot act. */
export function offerMessage(crisis: Crisis, leadId: string, isGone: boolean, { named, language }: Reader): Message {
  const w = words(language);
  const title = escapeMrkdwn(nameOf(crisis));
  if (crisis.status === 'closed') return message(w.settledText, sections(w.over(title)));
  const lead = escapeMrkdwn(named(crisis.leadId));
  if (crisis.leadId !== leadId || !isGone) return message(w.settledText, sections(w.settled(lead, title)));
  const room = crisis.channelId ? channelLink(crisis.channelId) : title;
  return message(w.text(nameOf(crisis)), [
    ...sections(w.offer(lead, title, room)),
    actions(takeTheLead.draw(w.take, { crisisId: crisis.id, leadId }, { style: 'primary' })),
  ]);
}
