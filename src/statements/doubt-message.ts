import { list } from '../core/locale.ts';
import { type Message, message, section } from '../slack/blocks.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, mention } from '../slack/mrkdwn.ts';
import type { Doubt } from './check/doubts.ts';
import type { Props } from './lines.ts';
import { statusName } from './names.ts';
import { authorsToTell, publishersOf, type Statement } from './statement.ts';
import { words } from './text.ts';

/** What does not stand any more, and what those who wrote and who publish are to do now. */
export function doubtMessage(statement: Statement, doubt: Doubt, { crisis, roster, reader }: Props): Message {
  const { language } = reader;
  const w = words(language).doubt;
  const { number, current, status, publishedBy } = statement;
  const publishers = publishedBy ? [publishedBy] : publishersOf(statement, roster, crisis);
  const people = [...new Set([...authorsToTell(statement), ...publishers])].filter(
    (id) => !crisis.excludedIds.includes(id),
  );
  const what = doubt.is === 'cause' ? w.cause(doubt.number) : w.fact[doubt.is](doubt.number);
  const next = w.next[status === 'published' ? 'published' : 'approved'](list(language, people.map(mention)));
  const said = escapeMrkdwn(clip(doubt.said, 160));
  const line = w.line(what, said, number, escapeMrkdwn(clip(current.title, 60)), statusName(status, language));
  return message(w.text(number), [section(`${line}\n${next}`)]);
}
