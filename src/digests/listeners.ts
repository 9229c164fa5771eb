import { atOnce, once } from '../core/jobs.ts';
import { inBoth } from '../core/locale.ts';
import { duration, MINUTE } from '../core/time.ts';
import { crisisHere } from '../crises/here.ts';
import type { Call, Feature, Reply } from '../slack/feature.ts';
import { slackTime } from '../slack/mrkdwn.ts';
import { changeRhythm, digestNow } from './change.ts';
import { kinds } from './entry-kinds.ts';
import { jobs } from './jobs.ts';
import { says } from './overview.ts';
import { sayNo } from './refusals.ts';
import { type DigestWish, readWish } from './rules.ts';
import { words } from './text.ts';

async function digestCommand(call: Call, text: string): Promise<Reply> {
  const found = await crisisHere(call);
  if ('reply' in found) return found.reply;
  const wish = readWish(text);
  if (!wish) return { text: words(call.who.language).usage };
  return wish.do === 'now' ? giveNow(call, found.crisis.id) : setTo(call, found.crisis.id, wish);
}

async function giveNow(call: Call, crisisId: string): Promise<Reply> {
  const { language } = call.who;
  const decision = await digestNow(call, crisisId);
  if (!decision.ok) return { text: sayNo(decision.refusal, language) };
  return { text: words(language).coming(decision.value.crisis.digestNumber) };
}

async function setTo(call: Call, crisisId: string, wish: Exclude<DigestWish, { do: 'now' }>): Promise<Reply> {
  const { language, timeZone } = call.who;
  const w = words(language);
  const minutes = wish.do === 'every' ? wish.minutes : wish.do === 'off' ? 0 : null;
  const decision = await changeRhythm(call, crisisId, minutes);
  if (!decision.ok) return { text: sayNo(decision.refusal, language) };
  const { nextDigestAt } = decision.value;
  if (!nextDigestAt) return { text: w.rhythmOff };
  const next = slackTime(nextDigestAt, timeZone, language);
  return { text: minutes ? w.rhythmSet(duration(minutes * MINUTE, language), next) : w.rhythmAuto(next) };
}

export const digests: Feature = {
  name: 'digests',
  title: inBoth((l) => words(l).feature),
  says,
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
  jobs,
};
