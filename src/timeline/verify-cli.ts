import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { exportMarkdown } from './export.ts';
import { words } from './text.ts';
import { type Broken, compareExports, explain, readExport, type Verdict, verifyEvidence } from './verify.ts';

const usage = `Checks an exported timeline offline: no database, no Slack, no network.

  npm run verify-timeline -- <export.json> [--head <fingerprint>] [--earlier <export.json>]
  npm run verify-timeline -- <export.md>   (its .json, under the same name, must lie beside it)

--head      the fingerprint that was posted in the war room, or that somebody kept
--earlier   an export of the same crisis that was kept since: tells from where on it was rewritten

Exit code 0: nothing was altered. 1: something was, and where. 2: the file cannot be checked.`;

type Answer = { code: 0 | 1 | 2; text: string };

/** Answers the exit code and what to say. */
export function run(args: readonly string[]): Answer {
  const wish = readWish(args);
  if (!wish) return { code: 2, text: usage };
  try {
    return answer(check(wish));
  } catch (error) {
    if (error instanceof Unreadable) return { code: 2, text: error.message };
    throw error;
  }
}

type Wish = { file: string; head: string | undefined; earlier: string | undefined };

function readWish(args: readonly string[]): Wish | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { head: { type: 'string' }, earlier: { type: 'string' } },
    });
    const [file] = positionals;
    return file === undefined || positionals.length > 1 || values.head === ''
      ? null
      : { file, head: values.head, earlier: values.earlier };
  } catch {
    return null;
  }
}

function check({ file, head, earlier }: Wish): Verdict {
  const isMarkdown = file.toLowerCase().endsWith('.md');
  const { text, verdict, timeline } = verified(isMarkdown ? file.replace(/\.md$/i, '.json') : file, head);
  if (!timeline || !verdict.ok) return verdict;
  // Two values under one name, of which the hash sees the last: what people read must be what was checked.
  if (text !== `${JSON.stringify(JSON.parse(text), null, 2)}\n`) return { ok: false, code: 'not_as_written' };
  if (isMarkdown) {
    const hint = `- ${words(timeline.crisis.language).file.check}`;
    const line = firstOtherLine(read(file), exportMarkdown(timeline), hint);
    if (line !== null) return { ok: false, code: 'other_text', line };
  }
  if (earlier === undefined) return verdict;
  const before = verified(earlier, undefined);
  if (!before.timeline || !before.verdict.ok) throw new Unreadable(`${earlier}: ${explain(before.verdict)}`);
  const broken: Broken | null = compareExports(before.timeline, timeline);
  return broken ? { ok: false, ...broken } : verdict;
}

function verified(path: string, head: string | undefined) {
  const text = read(path).replaceAll('\r\n', '\n');
  const found = readExport(parsed(path, text));
  if (!found.ok) return { text, verdict: found, timeline: null };
  const { timeline } = found;
  return { text, verdict: verifyEvidence({ ...timeline, crisisId: timeline.crisis.id }, head), timeline };
}

/** `hint`: a line that the file may have besides. */
function firstOtherLine(found: string, expected: string, hint: string): number | null {
  const lines = found.replaceAll('\r\n', '\n').split('\n');
  const wanted = expected.split('\n');
  const at = lines.indexOf(hint);
  if (at >= 0) wanted.splice(at, 0, hint);
  for (let i = 0; i < Math.max(lines.length, wanted.length); i += 1) if (lines[i] !== wanted[i]) return i + 1;
  return null;
}

class Unreadable extends Error {}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Unreadable(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unreadable(`${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const answer = (verdict: Verdict): Answer => ({
  code: verdict.ok ? 0 : verdict.code === 'not_an_export' ? 2 : 1,
  text: explain(verdict),
});

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { code, text } = run(process.argv.slice(2));
  (code === 0 ? console.log : console.error)(text);
  process.exitCode = code;
}
