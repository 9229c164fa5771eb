import { pathToFileURL } from 'node:url';
import {
  type Database,
  DatabaseRefused,
  type Db,
  FolderInUse,
  FolderUnusable,
  openEmbedded,
  openPostgres,
} from '../../../db/client.ts';
import { workspaces } from '../../../db/schema/index.ts';
import { BadConfig, readConfig } from '../../config.ts';
import { eraseRemoved } from '../../workspaces/store.ts';
import { erase, type Planned, plan } from './change.ts';
import { isEmpty, readWish, type Wish } from './rules.ts';

const usage = `Erases words or a name from timelines and room messages, for administrators. What is erased cannot be brought back.

  npm run erase -- --crisis 12 --entries 4,7-9 --messages 3 --reason "…" --by "…"
  npm run erase -- --person U0123 --words --name --reason "…" --by "…" [--crisis 12]

--entries, --messages   numbers as the JSON file of an export has them
--person                a Slack id; --words: their messages and notes, --name: their name
--reason, --by          why, and on whose word: written into the timeline of each crisis
--workspace             which one, where there are several
--removed               alone: every workspace that removed the product and whose days of keeping are over
--yes                   does it; without it, only what would be erased is said

Exit code 0: done, or said. 1: refused, and why. 2: wrong usage.`;

export type Outcome = { code: 0 | 1 | 2; text: string };

/** Answers the exit code and what to say. `db` belongs to a role that owns the tables. */
export async function run(args: readonly string[], db: Db, now: Date): Promise<Outcome> {
  if (args.length === 1 && args[0] === '--removed') {
    const gone = await eraseRemoved(db, now);
    return { code: 0, text: gone.length > 0 ? `Erased: ${gone.join(', ')}` : 'No workspace is due to be erased.' };
  }
  const wish = readWish(args);
  if (!wish) return { code: 2, text: usage };
  const known = await db.select({ id: workspaces.id, name: workspaces.name }).from(workspaces);
  const workspace = wish.workspaceId ? known.find(({ id }) => id === wish.workspaceId) : known[0];
  if (!workspace || (known.length > 1 && !wish.workspaceId))
    return {
      code: 1,
      text:
        known.length === 0
          ? 'This database knows no workspace yet.'
          : `Say which workspace: ${known.map(({ id, name }) => `--workspace ${id} (${name})`).join(', ')}.`,
    };
  const planned = await (wish.isSure ? erase(db, workspace.id, wish, now) : plan(db, workspace.id, wish));
  return { code: 0, text: told(planned, wish).join('\n') };
}

function told(planned: readonly Planned[], wish: Wish): string[] {
  const lines = planned.flatMap(({ sign, plan: one }) => [
    ...(isEmpty(one)
      ? []
      : [
          `${sign}: ${one.words.length} entries, ${one.names.length} names, ${one.messages.length} records of messages`,
        ]),
    ...one.refused.map(({ seq, kind }) => `${sign}: entry ${seq} (${kind}) stays: the product works with its words.`),
  ]);
  if (lines.length === 0) return ['There is nothing of that to erase.'];
  if (!wish.isSure)
    return ['This would be erased:', ...lines, 'Nothing was erased. Add --yes to do it: it cannot be undone.'];
  return [
    'Erased:',
    ...lines,
    'Each timeline has an entry that says so. What stands in Slack, in files that were sent and in backups is not touched: delete it there.',
  ];
}

/* v8 ignore start: the process itself */
function open(): Promise<Database> {
  const config = readConfig(process.env);
  const url = config.databaseMigrationUrl ?? config.databaseUrl;
  return url ? openPostgres(url) : openEmbedded(config.dataDir);
}

async function main(): Promise<void> {
  const database = await open();
  try {
    const { code, text } = await run(process.argv.slice(2), database.db, new Date());
    (code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
    process.exitCode = code;
  } finally {
    await database.close();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error: unknown) => {
    if (
      !(
        error instanceof BadConfig ||
        error instanceof FolderInUse ||
        error instanceof FolderUnusable ||
        error instanceof DatabaseRefused
      )
    )
      throw error;
    process.stderr.write(`${error.message}${error instanceof FolderInUse ? ' Stop the bot first.' : ''}\n`);
    process.exitCode = 1;
  });
}
/* v8 ignore stop */
