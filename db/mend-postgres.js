// Runs after `npm install`. postgres 3.4.9 writes to a connection that has closed under an open transaction: an exception
// that nobody can catch ends the process (porsager/postgres issues 1154 and 1208), or the connection hangs for ever. Until
// a release mends it: such a write fails its query, as any other failed connection does.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const version = '3.4.9';
const folder = fileURLToPath(new URL('../node_modules/postgres', import.meta.url));

const broken = `    const x = socket.write(chunk, fn)
    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    return x
`;
const mended = `    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    nextWriteTimer = null
    const waiting = chunk
    chunk = null
    if (!socket)
      return error(Errors.connection('CONNECTION_CLOSED', options)), false
    return socket.write(waiting, fn)
`;
const forgetful = '    clearImmediate(nextWriteTimer)\n';
const thorough = '    clearImmediate(nextWriteTimer), chunk = nextWriteTimer = null\n';

const installed = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).version;
if (installed !== version) throw new Error(`postgres ${installed}: check whether it still needs db/mend-postgres.js.`);
for (const file of ['src', 'cjs/src', 'cf/src'].map((source) => `${folder}/${source}/connection.js`)) {
  if (!existsSync(file)) continue;
  const text = readFileSync(file, 'utf8');
  if (text.includes(mended)) continue;
  if (!text.includes(broken) || !text.includes(forgetful)) throw new Error(`${file} is not what was expected.`);
  writeFileSync(file, text.replace(broken, mended).replaceAll(forgetful, thorough));
}
