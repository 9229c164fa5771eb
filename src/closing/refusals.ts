import { bilingual } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { sayCommonNo } from '../crises/refusals.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import type { ClosingRefusal } from './rules.ts';

const words = bilingual(
  {
    closed: (by: string, time: string) =>
      `This crisis is closed already, by ${by}, ${time}. \`/crisis reopen [reason]\` opens it again.`,
    note_missing: 'Something is still open: say what was decided about it.',
    tasks_left: 'Tasks are still open: say what becomes of them.',
    not_closed: 'This crisis is open: there is nothing to reopen.',
    reason_missing: 'Say why it starts again: it is written into the timeline.',
  },
  {
    closed: (by, time) => `Cette crise est déjà close, par ${by}, ${time}. \`/crise rouvrir [motif]\` la rouvre.`,
    note_missing: 'Il reste des points en suspens : dites ce qui a été décidé à leur sujet.',
    tasks_left: 'Des tâches sont encore ouvertes : dites ce qu’elles deviennent.',
    not_closed: 'Cette crise est ouverte : il n’y a rien à rouvrir.',
    reason_missing: 'Dites pourquoi elle reprend : ce sera consigné dans la main courante.',
  },
);

/** Why not, and what to do next, as mrkdwn. */
export function sayNo(refusal: ClosingRefusal, { language, timeZone, named }: Reader): string {
  const w = words(language);
  switch (refusal.code) {
    case 'closed': {
      const by = refusal.by === null ? '–' : escapeMrkdwn(named(refusal.by));
      return w.closed(by, refusal.at ? slackTime(refusal.at, timeZone, language) : '–');
    }
    case 'not_in_room':
      return sayCommonNo(refusal, language);
    case 'note_missing':
    case 'tasks_left':
    case 'not_closed':
    case 'reason_missing':
      return w[refusal.code];
  }
}
