import { PGlite } from '@electric-sql/pglite';
import '@slack/bolt';

/** The baseline of starting: the embedded database opened and Bolt imported, nothing else. */
const pglite = await PGlite.create({ dataDir: process.argv[2] ?? 'memory://' });
await pglite.query('select 1');
process.stdout.write('ready\n');
setInterval(() => {}, 60_000);
process.on('SIGTERM', () => void pglite.close().then(() => process.exit(0)));
