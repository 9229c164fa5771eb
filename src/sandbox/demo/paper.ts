import { bilingual, plural } from '../../core/locale.ts';
import { explain, type Verdict } from '../../timeline/verify.ts';
import type { SandboxChannel } from '../server/index.ts';
import { type Tally, toldTally } from './budget.ts';
import { saidIn } from './player.ts';
import type { Act, Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';
import type { Scene } from './witness.ts';
import { clockTime } from './words.ts';

const words = bilingual(
  {
    starting: 'Starting the workspace, the database and the bot in memory …',
    ready: (seconds: string) => `Ready after ${seconds} s. Nothing leaves this machine; what follows is the real bot.`,
    passes: (minutes: number) => `⏩ ${plural('en', minutes, 'one minute passes', `${minutes} minutes pass`)}`,
    dm: (name: string) => `direct message to ${name}`,
    alone: (name: string) => `only ${name} sees`,
    failure: (name: string) => `Slack tells ${name}`,
    room: 'war room',
    thread: 'in a thread',
    changed: 'edited in place',
    brief: 'the live brief is up to date',
    transcript: (room: string) => `The war room as it stands at the end: #${room}`,
    exported: 'The exported timeline begins so',
    lines: (n: number) => `… and ${n} more lines`,
    verified: 'Check of the exported timeline',
    intact: (entries: number, hash: string) =>
      `Intact: ${entries} entries, each chained to the one before, fingerprint ${hash}`,
    over: (seconds: string) => `Played in ${seconds} s. To live it yourself in a browser: npm start`,
    interrupted: 'Stopping …',
  },
  {
    starting: 'Démarrage de l’espace, de la base et du bot en mémoire…',
    ready: (seconds) => `Prêt après ${seconds} s. Rien ne quitte cette machine ; ce qui suit est le vrai bot.`,
    passes: (minutes) => `⏩ ${plural('fr', minutes, 'une minute passe', `${minutes} minutes passent`)}`,
    dm: (name) => `message direct à ${name}`,
    alone: (name) => `${name} seulement voit`,
    failure: (name) => `Slack répond à ${name}`,
    room: 'cellule de crise',
    thread: 'dans un fil',
    changed: 'mis à jour sur place',
    brief: 'le tableau de bord est à jour',
    transcript: (room) => `La cellule telle qu’elle est à la fin : #${room}`,
    exported: 'La main courante exportée commence ainsi',
    lines: (n) => `… et ${n} autres lignes`,
    verified: 'Vérification de la main courante exportée',
    intact: (entries, hash) => `Intacte : ${entries} entrées, chacune chaînée à la précédente, empreinte ${hash}`,
    over: (seconds) => `Joué en ${seconds} s. Pour le vivre vous-même dans un navigateur : npm start`,
    interrupted: 'Arrêt…',
  },
);

const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;
type Style = keyof typeof styles;

/** Longer messages that were merely edited again are told by their first line. */
const briefEdit = 4;
const longLine = 60;
const headLines = 24;

/** Prints a story as it is lived. Colours only on a terminal that wants them (https://no-color.org). */
export function createPaper(out: NodeJS.WriteStream, scenario: Scenario) {
  const w = words(scenario.language);
  const colours = out.isTTY && !process.env['NO_COLOR'];
  const set = (style: Style, text: string) => (colours ? `\u001B[${styles[style]}m${text}\u001B[0m` : text);
  const say = (line = '') => out.write(`${line}\n`);
  let printed = new Set<string>();
  const indented = (text: string, indent = '      ') => text.replaceAll(/^/gm, indent);

  function scene({ where, change, isBrief, text }: Scene, stage: Stage, room: SandboxChannel | undefined): void {
    const lines = text.split('\n');
    const isEdit = change === 'changed';
    if (isBrief && isEdit) return void say(set('dim', `    ${placeName(where, stage, room)} · ${w.brief}`));
    const shown = isEdit && lines.length > briefEdit ? [`${lines.slice(0, 2).join(' ')} …`] : withoutRepeats(lines);
    const place = placeName(where, stage, room);
    say(set('dim', `    ${place}${isEdit ? ` · ${w.changed}` : ''}`));
    const body = indented(shown.join('\n'));
    say(where.kind === 'failure' ? set('red', body) : isEdit ? set('dim', body) : body);
  }

  /** The same long text goes to several people at once: it is printed once. */
  function withoutRepeats(lines: string[]): string[] {
    const told = lines.map((line, i) => (i > 0 && line.length > longLine && printed.has(line) ? '  (…)' : line));
    for (const line of lines) printed.add(line);
    return told.filter((line, i) => line !== '  (…)' || told[i - 1] !== line);
  }

  function placeName(where: Scene['where'], { sandbox }: Stage, room: SandboxChannel | undefined): string {
    if (where.kind === 'channel') {
      const channel = sandbox.channel(where.channel);
      const name = channel?.id === room?.id ? w.room : `#${channel?.name ?? where.channel}`;
      return `▌${name}${where.thread ? ` · ${w.thread}` : ''}`;
    }
    const name = sandbox.person(where.user).name.split(' ')[0] ?? '';
    return `▌${where.kind === 'dm' ? w.dm(name) : where.kind === 'failure' ? w.failure(name) : w.alone(name)}`;
  }

  const title = (text: string) => say(`\n${set('bold', `━━ ${text} ━━`)}\n`);

  return {
    opening() {
      say(`\n${set('bold', scenario.title)}\n\n${scenario.intro}\n`);
      say(set('dim', w.starting));
    },
    ready: (seconds: number) => say(set('dim', `${w.ready(seconds.toFixed(1))}\n`)),
    act(act: Act, n: number, of: number, stage: Stage) {
      const at = set('cyan', clockTime(stage.now()));
      const who = act.as === 'time' ? '' : ` ${set('yellow', act.as)}`;
      say(`\n${at}${who} ${set('dim', `${n}/${of}`)}  ${act.tell}`);
      const doing = saidIn(stage, scenario, actWords(act, w));
      if (doing) say(`    ${set('magenta', doing)}`);
    },
    scenes(scenes: Scene[], stage: Stage, room: SandboxChannel | undefined) {
      printed = new Set();
      for (const one of scenes) scene(one, stage, room);
    },
    transcript(room: string, text: string) {
      title(w.transcript(room));
      say(text);
    },
    exported(markdown: string) {
      title(w.exported);
      const lines = markdown.trimEnd().split('\n');
      say(lines.slice(0, headLines).join('\n'));
      if (lines.length > headLines) say(set('dim', w.lines(lines.length - headLines)));
    },
    verified(verdict: Verdict) {
      title(w.verified);
      say(verdict.ok ? set('green', w.intact(verdict.entries, verdict.hash)) : set('red', explain(verdict)));
    },
    counted(tally: Tally) {
      const told = toldTally(tally, scenario.language);
      title(told.title);
      for (const { holds, text } of told.lines) say(set(holds ? 'green' : 'red', `${holds ? '✓' : '✗'} ${text}`));
      say(`  ${told.asking}`);
    },
    over: (seconds: number) => say(`\n${set('dim', w.over(seconds.toFixed(1)))}`),
    interrupted: () => say(`\n${w.interrupted}`),
  };
}

/** What a person types or presses, in one line. */
function actWords({ does }: Act, w: ReturnType<typeof words>): string {
  if ('command' in does) return `> ${does.command}`;
  if ('press' in does) return `[${does.press}]${does.hesitates ? ' …' : ''}`;
  if ('confirm' in does) return `[${does.confirm}]`;
  if ('react' in does) return `:${does.react}:`;
  if ('shortcut' in does) return `⚡ ${does.shortcut}`;
  if ('wait' in does) return w.passes(does.wait);
  if ('fill' in does) return written(does.fill);
  return '';
}

/** What was typed into a form, by its first lines; what was picked from lists is seen in what appears. */
const written = (fields: Record<string, string | string[]>): string =>
  Object.values(fields)
    .filter((value): value is string => typeof value === 'string' && /[\s/]/.test(value))
    .map((value) => (value.includes('\n') ? `${value.slice(0, value.indexOf('\n'))} …` : value))
    .join(' · ');
