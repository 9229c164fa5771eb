import { expect, test } from 'vitest';
import { startCompany } from '../support/company.ts';

test('sockets that hang in their handshake are given up, the log says that Slack is not heard, and both come back', async () => {
  const said: string[] = [];
  const say = (_: object, text: string) => void said.push(text);
  const company = await startCompany({ timeoutMs: 500, log: { info: say, warn: say, error: say } });
  const { sandbox, helen, app } = company;
  const room = await company.declare('Soup recall');
  sandbox.hangSockets(true);
  sandbox.dropSocket(1);
  sandbox.dropSocket(0);
  await expect
    .poll(() => said.some((text) => text.includes('hangs in its handshake')), { timeout: 20_000, interval: 50 })
    .toBe(true);
  expect(said).toContain('Slack is not heard: no socket is open');
  expect(sandbox.sockets()).toBe(0);
  sandbox.hangSockets(false);
  await sandbox.waitFor(() => sandbox.sockets() === 2, { timeoutMs: 20_000, what: 'two sockets' });
  expect(said).toContain('Slack is heard again');
  await helen.command('/crisis log Heard again', room);
  await company.settled();
  expect(await app.health['slack']?.()).toMatchObject({ ok: true, sockets: 2 });
  expect(sandbox.problems).toEqual([]);
  await company.close();
}, 60_000);
