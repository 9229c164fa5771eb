import { openPostgres } from '../db/client.ts';
import { BadConfig, databaseProblem, readConfig } from './config.ts';

/** `npm run migrate`: brings the tables up to date as their owner, so that the bot never holds the owner's password. */
async function main(): Promise<void> {
  const { databaseUrl, databaseMigrationUrl } = readConfig(process.env);
  if (!databaseUrl || !databaseMigrationUrl)
    throw new BadConfig(
      'DATABASE_URL (the role that the bot works as) and DATABASE_MIGRATION_URL (the role that owns the tables) are both needed.',
    );
  const database = await openPostgres(databaseUrl, databaseMigrationUrl).catch(databaseProblem);
  await database.close();
  process.stdout.write('The tables are up to date, and the role of DATABASE_URL has what it needs.\n');
}

main().catch((error: unknown) => {
  if (!(error instanceof BadConfig)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
