import { z } from 'zod';
import { atOnce, once } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import type { Crisis } from '../crises/rules.ts';
import { findCrisisOfChannel } from '../crises/store.ts';
import { type Call, type Feature, onPress, type Reply } from '../slack/feature.ts';
import { slackTime } from '../slack/mrkdwn.ts';
import { changeRhythm, digestNow } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { type DigestWish, readWish } from './rules.ts';
import { minutesName, words } from './text.ts';

async function digestCommand(call: Call, text: string): Promise<Reply> {
  const w = words(call.who.language);
  const crisis = call.channelId
    ? await findCrisisOfChannel(call.db, call.who.workspaceId, call.channelId, call.who.userId)
    : undefined;
  if (!crisis) return { text: w.refused.not_in_room };
  const wish = readWish(text);
  if (!wish) return { text: w.usage };
  return wish.do === 'now' ? giveNow(call, crisis.id) : setTo(call, crisis, wish);
}

async function giveNow(call: Call, crisisId: string): Promise<Reply> {
  const w = words(call.who.language);
  const decision = await digestNow(call, crisisId);
  return { text: decision.ok ? w.coming(decision.value.crisis.digestNumber) : w.refused[decision.refusal.code] };
}

async function setTo(call: Call, crisis: Crisis, wish: Exclude<DigestWish, { do: 'now' }>): Promise<Reply> {
  const { language, timeZone } = call.who;
  const w = words(language);
  const minutes = wish.do === 'every' ? wish.minutes : wish.do === 'off' ? 0 : null;
  const decision = await changeRhythm(call, crisis.id, minutes);
  if (!decision.ok) return { text: w.refused[decision.refusal.code] };
  const { nextDigestAt } = decision.value;
  if (!nextDigestAt) return { text: w.rhythmOff };
  const next = slackTime(nextDigestAt, timeZone, language);
  return { text: minutes ? w.rhythmSet(minutesName(minutes), next) : w.rhythmAuto(next) };
}

export const digests: Feature = {
  name: 'digests',
  title: inBoth((l) => words(l).feature),
  entryKinds: kinds,
  follows: {
    room_ready: (crisisId) => [once('digests.start', crisisId)],
    level_changed: (crisisId) => [atOnce('digests.level_changed', { crisisId })],
    crisis_reopened: (crisisId) => [atOnce('digests.start', { crisisId })],
  },
  subcommands: [
    {
      name: 'digest',
      aliases: ['point'],
      usage: inBoth((l) => words(l).helpUsage),
      summary: inBoth((l) => words(l).help),
      run: digestCommand,
    },
  ],
  actions: [onPress('digests.now', z.object({ crisisId: z.uuid() }), (call, { crisisId }) => giveNow(call, crisisId))],
  jobs,
};
