import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';

/** The log writes to the process's own output, so a process of its own writes here. */
const program = `
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { Fault } from './src/core/errors.ts';
import { createLog } from './src/logger.ts';
const log = createLog('info');
const cause = Object.assign(new Error('duplicate key value violates unique constraint "crises_pkey"'), { code: '23505', detail: 'Key (title)=(SECRET-detail)' });
const query = new DrizzleQueryError('insert into crises (title) values ($1)', ['SECRET-title\\n    at SECRET-frame (x.ts:1:1)'], cause);
log.error({ err: query, reference: 'ABCD1234' }, 'query');
log.error({ err: new Fault('a bug', { cause: query }) }, 'fault');
log.error({ err: Object.assign(new Error('odd'), { code: { text: 'SECRET-code' } }) }, 'odd');
log.error({ err: 'SECRET-thrown' }, 'thrown');
log.error({ err: { text: 'SECRET-object' } }, 'object');
log.error({ err: new Error('refused xoxb-111-SECRET and xapp-1-SECRET and https://hooks.slack.com/actions/SECRET/1') }, 'token');
log.warn({ url: 'https://hooks.slack.com/commands/SECRET', token: 'xoxp-SECRET' }, 'told xoxe.xoxb-1-SECRET');
log.info({ crisis: 'C1' }, 'plain');
log.debug('SECRET-debug');
`;
let lines: Record<string, unknown>[];
let output: string;
beforeAll(() => {
  const runner = ['--import', 'tsx', '--input-type=module', '-e', program];
  output = execFileSync(process.execPath, runner, { encoding: 'utf8' });
  lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
});
const line = (message: string) => lines.find((l) => l['msg'] === message);

describe('the log', () => {
  test('holds no token, and nothing of what people wrote', () => {
    expect(output).not.toContain('SECRET');
  });

  test('says what went wrong all the same: name, statement, code, reference, cause, place', () => {
    expect(line('query')).toMatchObject({
      reference: 'ABCD1234',
      err: {
        message: expect.stringContaining('insert into crises (title) values ($1)'),
        cause: { code: '23505', message: expect.stringContaining('crises_pkey') },
      },
    });
    expect(line('fault')).toMatchObject({
      err: {
        type: 'Error',
        message: 'a bug',
        reference: expect.stringMatching(/^[0-9A-F]{8}$/),
        stack: expect.any(Array),
      },
    });
    expect(line('odd')).toMatchObject({ err: { code: 'object' } });
    expect(line('token')).toMatchObject({ err: { message: 'refused [secret] and [secret] and [secret]' } });
  });

  test('is one JSON object a line, without the name of the machine', () => {
    expect(lines).toHaveLength(8);
    expect(line('plain')).toMatchObject({ level: 30, crisis: 'C1' });
    expect(line('plain')).not.toHaveProperty('hostname');
  });
});
