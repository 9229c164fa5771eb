import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { explain, type Verdict, verifyExport } from './verify.ts';

const usage = `Checks an exported timeline offline: no database, no Slack, no network.

  npm run verify-timeline -- <export.json> [--head <hash posted in the war room>]

Exit code 0: nothing was altered. 1: something was, and where. 2: the file cannot be checked.`;

/** Answers the exit code and what to say. */
export function run(args: readonly string[]): { code: 0 | 1 | 2; text: string } {
  const headAt = args.indexOf('--head');
  const head = headAt < 0 ? undefined : args[headAt + 1];
  const files = headAt < 0 ? args : args.filter((_, i) => i !== headAt && i !== headAt + 1);
  const [file] = files;
  if (file === undefined || files.length > 1 || (headAt >= 0 && !head)) return { code: 2, text: usage };
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return {
      code: 2,
      text: `${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const verdict = verifyExport(raw, head);
  return { code: exitCode(verdict), text: explain(verdict) };
}

const exitCode = (verdict: Verdict) => (verdict.ok ? 0 : verdict.code === 'not_an_export' ? 2 : 1);

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { code, text } = run(process.argv.slice(2));
  (code === 0 ? console.log : console.error)(text);
  process.exitCode = code;
}
