import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BadConfig, readConfig } from '../../src/config.ts';

const bot = { SLACK_BOT_TOKEN: 'xoxb-1' };
const socket = { ...bot, SLACK_APP_TOKEN: 'xapp-1' };
const key = (of: string) => Buffer.alloc(32, of).toString('base64');
const oauth = {
  SLACK_CLIENT_ID: '111.222',
  SLACK_CLIENT_SECRET: 'c'.repeat(32),
  SLACK_SIGNING_SECRET: 'a'.repeat(32),
  TOKEN_KEYS: key('k'),
};
const without = (name: keyof typeof oauth) => ({ ...oauth, [name]: '' });
const http = { ...bot, SLACK_SIGNING_SECRET: 'a'.repeat(32) };

describe('the settings', () => {
  test.each<[string, Record<string, string>, string, RegExp]>([
    ['a bot token of another kind', { SLACK_BOT_TOKEN: 'xoxp-1' }, 'SLACK_BOT_TOKEN', /starts with "xoxb-"/],
    ['an app token of another kind', { ...bot, SLACK_APP_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN', /starts with "xapp-"/],
    ['a short signing secret', { ...bot, SLACK_SIGNING_SECRET: 'abc' }, 'SLACK_SIGNING_SECRET', /32 characters/],
    ['an app token without a bot token', { SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN', /missing.*OAuth/],
    ['a secret without a bot token', { SLACK_SIGNING_SECRET: 'a'.repeat(32) }, 'SLACK_BOT_TOKEN', /missing/],
    ['a bot token alone', bot, 'SLACK_APP_TOKEN', /missing.*connections:write.*SLACK_SIGNING_SECRET/],
    ['OAuth without a client ID', without('SLACK_CLIENT_ID'), 'SLACK_CLIENT_ID', /missing.*Basic Information/],
    ['OAuth without a secret', without('SLACK_CLIENT_SECRET'), 'SLACK_CLIENT_SECRET', /missing.*Basic Information/],
    ['OAuth without signatures', without('SLACK_SIGNING_SECRET'), 'SLACK_SIGNING_SECRET', /missing.*Basic Information/],
    ['OAuth without a key', without('TOKEN_KEYS'), 'TOKEN_KEYS', /missing.*npm run token-key/],
    ['OAuth with a list of no keys', { ...oauth, TOKEN_KEYS: ' , ' }, 'TOKEN_KEYS', /missing.*npm run token-key/],
    ['a key too short', { ...oauth, TOKEN_KEYS: `${key('k')},c2hvcnQ=` }, 'TOKEN_KEYS', /key 2 .*npm run token-key/],
    ['a key in hexadecimal', { ...oauth, TOKEN_KEYS: '0f'.repeat(32) }, 'TOKEN_KEYS', /key 1 .*32 bytes in base64/],
    ['OAuth over sockets', { ...oauth, SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_APP_TOKEN', /served by HTTP/],
    ['a client ID that is none', { ...oauth, SLACK_CLIENT_ID: 'A0WARROOM' }, 'SLACK_CLIENT_ID', /two numbers/],
    ['a public address without TLS', { ...oauth, PUBLIC_URL: 'http://a.example' }, 'PUBLIC_URL', /https:/],
    ['an API address that is none', { ...socket, SLACK_API_URL: 'slack' }, 'SLACK_API_URL', /https:\/\/slack\.com/],
    ['a database that is no address', { DATABASE_URL: 'crisis' }, 'DATABASE_URL', /postgres:\/\//],
    ['a database without its protocol', { DATABASE_URL: 'localhost:5432/x' }, 'DATABASE_URL', /postgres:\/\//],
    ['a database of another kind', { DATABASE_URL: 'mysql://user@host/x' }, 'DATABASE_URL', /postgres:\/\//],
    ['a database address without a host', { DATABASE_URL: 'postgres:crisis' }, 'DATABASE_URL', /postgres:\/\//],
    ['a port in words', { PORT: 'http' }, 'PORT', /not usable/],
    ['a port too high', { PORT: '70000' }, 'PORT', /65535/],
    ['a port below zero', { PORT: '-1' }, 'PORT', /0/],
    ['half a port', { PORT: '80.5' }, 'PORT', /int/],
    ['a sandbox port in words', { SANDBOX_PORT: 'x' }, 'SANDBOX_PORT', /not usable/],
    ['a log level that does not exist', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL', /"debug"/],
  ])('%s is refused by its name, with what to do', (_, environment, variable, advice) => {
    const read = () => readConfig(environment);
    expect(read).toThrow(BadConfig);
    expect(read).toThrow(new RegExp(`^${variable} is (missing|not usable): .*\\.$`, 's'));
    expect(read).toThrow(advice);
  });

  test('a secret may lie in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'war-room-secrets-'));
    const inFile = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    try {
      const read = (environment: Record<string, string>) => readConfig(environment);
      const files = { SLACK_BOT_TOKEN_FILE: inFile('bot', 'xoxb-1\n'), SLACK_APP_TOKEN_FILE: inFile('app', 'xapp-1') };
      expect(read(files)).toEqual(read(socket));
      const gone = { ...socket, DATABASE_URL_FILE: join(folder, 'gone') };
      expect(() => read(gone)).toThrow('DATABASE_URL_FILE is not usable: the file cannot be read (ENOENT).');
      expect(() => read({ ...bot, ...files })).toThrow('SLACK_BOT_TOKEN is set as well');
      expect(() => read({ SLACK_BOT_TOKEN_FILE: inFile('empty', '\n') })).toThrow('the file is empty');
      expect(() => read({ SLACK_BOT_TOKEN_FILE: inFile('wrong', 'hunter22') })).toThrow(/^(?!.*hunter).*$/s);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a value that is refused is not repeated: it may be a secret', () => {
    for (const environment of [
      { SLACK_BOT_TOKEN: 'hunter22' },
      { ...bot, SLACK_SIGNING_SECRET: 'hunter2' },
      { ...oauth, SLACK_CLIENT_SECRET: 'hunter2' },
      { ...oauth, TOKEN_KEYS: `${key('k')},hunter22` },
    ])
      expect(() => readConfig(environment)).toThrow(/^(?!.*hunter).*$/s);
  });

  test.each<[string, Record<string, string | undefined>]>([
    ['nothing', {}],
    ['empty values', { SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '  ', PORT: '', LOG_LEVEL: '', DATABASE_URL: '\n' }],
    ['undefined values', { SLACK_BOT_TOKEN: undefined, PORT: undefined }],
    ['variables of others', { PATH: '/bin', HOME: '/root' }],
  ])('%s: the sandbox, with every default', (_, environment) => {
    expect(readConfig(environment)).toEqual({
      mode: 'sandbox',
      slack: null,
      apiUrl: undefined,
      databaseUrl: undefined,
      databaseMigrationUrl: undefined,
      dataDir: '.data',
      healthPort: 3001,
      sandboxPort: 4010,
      logLevel: 'info',
    });
  });

  test.each<[string, Record<string, string>, unknown]>([
    ['an app token: sockets', socket, { kind: 'socket', appToken: 'xapp-1' }],
    ['a signing secret: HTTP', { ...http, PORT: '8080' }, { kind: 'http', signingSecret: 'a'.repeat(32), port: 8080 }],
    ['both: sockets', { ...socket, ...http }, { kind: 'socket', appToken: 'xapp-1' }],
    ['an app token left empty: HTTP', { ...http, SLACK_APP_TOKEN: '' }, { kind: 'http', port: 3000 }],
  ])('%s', (_, environment, transport) => {
    expect(readConfig(environment)).toMatchObject({ mode: 'slack', slack: { botToken: 'xoxb-1', transport } });
  });

  test.each(['postgres://user@host/crisis', 'postgresql://user:secret@host:5432/crisis?sslmode=require'])(
    'a database of PostgreSQL: %s',
    (DATABASE_URL) => {
      expect(readConfig({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
    },
  );
  test('a client ID and its secret: every workspace that installs, by HTTP', () => {
    const environment = {
      ...oauth,
      TOKEN_KEYS: ` ${key('n')}, ${key('o')},`,
      PUBLIC_URL: 'https://a.example/',
      PORT: '80',
    };
    expect(readConfig(environment)).toMatchObject({
      mode: 'slack',
      slack: {
        kind: 'oauth',
        oauth: {
          clientId: '111.222',
          clientSecret: 'c'.repeat(32),
          keys: [{ secret: Buffer.alloc(32, 'n') }, { secret: Buffer.alloc(32, 'o') }],
          publicUrl: 'https://a.example',
        },
        door: { signingSecret: 'a'.repeat(32), port: 80 },
      },
    });
  });

  test('a bot token serves its one workspace, whatever else is set', () => {
    for (const one of [socket, http])
      expect(readConfig({ ...oauth, ...one }).slack).toMatchObject({ kind: 'one_workspace', botToken: 'xoxb-1' });
  });

  test('with any Slack credential at all, the sandbox is out of reach', () => {
    const credentials = { ...oauth, ...socket, TOKEN_KEYS: '' };
    for (const [name, value] of Object.entries(credentials)) {
      if (name === 'TOKEN_KEYS') continue;
      const mode = () => readConfig({ [name]: value }).mode;
      expect(mode, name).toThrow(BadConfig);
    }
    for (const whole of [socket, http, oauth]) expect(readConfig(whole).mode).toBe('slack');
  });

  test.each(['https://slack.example/api', 'https://slack.example/api/', 'https://slack.example/api//'])(
    'the API address ends with one slash: %s',
    (SLACK_API_URL) => {
      expect(readConfig({ ...socket, SLACK_API_URL }).apiUrl).toBe('https://slack.example/api/');
    },
  );
});
