import type { ChannelSight, CommandHint, GroupSight, PersonSight } from '../../page/wire.ts';
import { emojiLike } from '../text/emoji.ts';

/** One thing that may complete what is being typed. */
type Suggestion = { key: string; title: string; detail: string; insert: string };

type Known = {
  commands: readonly CommandHint[];
  people: readonly PersonSight[];
  groups: readonly GroupSight[];
  channels: readonly ChannelSight[];
};

type Kind = 'commands' | 'people' | 'channels' | 'emoji';

export type Completion = { kind: Kind; from: number; suggestions: Suggestion[] };

/** What fits the word before the caret: a command, one of its subcommands, a person, a channel or an emoji. */
export function completionOf(text: string, caret: number, known: Known): Completion | null {
  const before = text.slice(0, caret);
  if (before.startsWith('/')) return commandCompletion(before, known) ?? wordCompletion(before, known);
  return wordCompletion(before, known);
}

function commandCompletion(before: string, { commands }: Known): Completion | null {
  const [, name = '', rest] = /^(\/\S*)(?:\s+(\S*))?$/.exec(before) ?? [];
  if (name === '') return null;
  if (rest === undefined) {
    const suggestions = commands
      .filter((one) => one.command.startsWith(name) && one.command !== before)
      .map((one) => ({
        key: one.command,
        title: one.command,
        detail: one.description,
        insert: `${one.command} `,
      }));
    return some('commands', 0, suggestions);
  }
  const command = commands.find((one) => one.command === name);
  const suggestions = wordsOf(command?.usage_hint ?? '')
    .filter((word) => word.startsWith(rest.toLowerCase()) && word !== rest)
    .map((word) => ({ key: word, title: `${name} ${word}`, detail: '', insert: `${word} ` }));
  return some('commands', before.length - rest.length, suggestions);
}

/** `[declare | status | list]` */
const wordsOf = (hint: string): string[] =>
  hint
    .replaceAll(/[[\]<>]/g, '')
    .split('|')
    .map((word) => word.trim())
    .filter((word) => word !== '' && !/\s/.test(word) && word !== '…' && word !== '...');

function wordCompletion(before: string, known: Known): Completion | null {
  const [, sign = '', word = ''] = /(?:^|\s)([@#:])([\p{L}\p{N}._-]*)$/u.exec(before) ?? [];
  if (sign === '' || (sign === ':' && word.length < 2)) return null;
  const from = before.length - word.length - 1;
  const wanted = word.toLowerCase();
  if (sign === '@') return some('people', from, peopleLike(wanted, known));
  if (sign === '#') {
    const found = known.channels.filter((one) => one.kind === 'channel' && one.name.includes(wanted));
    return some(
      'channels',
      from,
      found.map((one) => ({ key: one.id, title: `#${one.name}`, detail: one.topic.value, insert: `#${one.name} ` })),
    );
  }
  return some(
    'emoji',
    from,
    emojiLike(wanted, 8).map(({ name, emoji }) => ({
      key: name,
      title: `${emoji} :${name}:`,
      detail: '',
      insert: `:${name}: `,
    })),
  );
}

function peopleLike(wanted: string, { people, groups }: Known): Suggestion[] {
  const persons = people
    .filter((one) => !one.deleted && `${one.name} ${one.real_name}`.toLowerCase().includes(wanted))
    .map((one) => ({ key: one.id, title: one.real_name, detail: one.title, insert: `@${one.name} ` }));
  const teams = groups
    .filter((one) => one.handle.includes(wanted))
    .map((one) => ({ key: one.id, title: `@${one.handle}`, detail: one.name, insert: `@${one.handle} ` }));
  return [...persons, ...teams];
}

const MOST = 20;
const some = (kind: Kind, from: number, suggestions: Suggestion[]): Completion | null =>
  suggestions.length > 0 ? { kind, from, suggestions: suggestions.slice(0, MOST) } : null;
