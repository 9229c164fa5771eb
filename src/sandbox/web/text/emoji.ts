import { gemoji } from 'gemoji';

/** Slack's names where they differ from the ones of the data. */
const SLACK_NAMES: Record<string, string> = {
  scales: '⚖️',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  large_orange_circle: '🟠',
  large_purple_circle: '🟣',
  large_brown_circle: '🟤',
  large_green_square: '🟩',
  large_yellow_square: '🟨',
  large_red_square: '🟥',
  large_orange_square: '🟧',
  large_blue_square: '🟦',
  thumbsup_all: '👍',
  'flag-fr': '🇫🇷',
  'flag-gb': '🇬🇧',
  'flag-us': '🇺🇸',
  slightly_smiling_face: '🙂',
  simple_smile: '🙂',
  spiral_note_pad: '🗒️',
  spiral_calendar_pad: '🗓️',
  lower_left_ballpoint_pen: '🖊️',
};

const byName = new Map<string, string>(
  gemoji.flatMap(({ names, emoji }) => names.map((name): [string, string] => [name, emoji])),
);
for (const [name, emoji] of Object.entries(SLACK_NAMES)) byName.set(name, emoji);

export const emojiNamed = (name: string): string | undefined => byName.get(name.replace(/::skin-tone-\d$/, ''));

export type Emoji = { name: string; emoji: string };

const USUAL = [
  'white_check_mark',
  'eyes',
  'raised_hands',
  '+1',
  'warning',
  'rotating_light',
  'hourglass_flowing_sand',
  'pushpin',
  'memo',
  'question',
  'pray',
  'tada',
];

const all: (Emoji & { words: string })[] = gemoji.map(({ names, emoji, tags, description }) => ({
  name: names[0] ?? '',
  emoji,
  words: [...names, ...tags, description].join(' ').toLowerCase(),
}));

export function emojiLike(text: string, most = 48): Emoji[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return USUAL.map((name) => ({ name, emoji: emojiNamed(name) ?? '' }));
  return all.filter((one) => one.words.includes(wanted)).slice(0, most);
}

export const withEmoji = (text: string): string =>
  text.replaceAll(/:([a-z0-9_+-]+):/gi, (whole, name: string) => emojiNamed(name.toLowerCase()) ?? whole);
