import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { look, type Parts, startHealth } from '../../src/health.ts';
import { quietLog, startCompany } from '../support/company.ts';

const asked = async (port: number | null, path: string) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, body: await response.json() };
};

test('an operator sees that the process lives from the first moment, and that it is ready once it is', async () => {
  const health = await startHealth(0, quietLog);
  expect(await asked(health.port, '/livez')).toMatchObject({ status: 200 });
  expect(await asked(health.port, '/readyz')).toEqual({
    status: 503,
    body: { ok: false, parts: { start: { ok: false } } },
  });
  const company = await startCompany();
  health.watch(company.app.health);
  await company.claire.command('/crisis help', '#general');
  const ready = await asked(health.port, '/readyz');
  expect(ready).toMatchObject({
    status: 200,
    body: {
      ok: true,
      parts: {
        database: { ok: true },
        slack: { ok: true, sockets: 2 },
        lastDelivery: { at: expect.stringMatching(/^20/) },
        waitingWork: { oldestSeconds: expect.any(Number) },
      },
    },
  });
  company.sandbox.goDown();
  await expect
    .poll(() => asked(health.port, '/readyz'), { timeout: 5_000 })
    .toMatchObject({
      status: 503,
      body: { ok: false, parts: { database: { ok: true }, slack: { ok: false, sockets: 0 } } },
    });
  expect(await asked(health.port, '/livez')).toMatchObject({ status: 200 });
  expect((await asked(health.port, '/elsewhere')).status).toBe(404);
  await company.close();
  health.stop();
});

test('what does not answer within two seconds is not well, and holds nothing up', async () => {
  const parts: Parts = { database: () => new Promise(() => {}), slack: async () => ({ ok: true }) };
  expect(await look(parts)).toEqual({ ok: false, parts: { database: { ok: false }, slack: { ok: true } } });
});

test('a port that is taken stops nothing', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, resolve));
  const health = await startHealth((other.address() as { port: number }).port, quietLog);
  expect(health.port).toBeNull();
  health.stop();
  other.close();
});
