import { expect, test } from 'vitest';
import { SECOND } from '../../src/core/time.ts';
import { writeDecision } from '../support/acts.ts';
import { postgresServer } from './support/databases.ts';
import { openFleet } from './support/fleet.ts';
import { seedOfRun } from './support/random.ts';
import { storyOf } from './support/story.ts';

const server = await postgresServer();

test.skipIf(!server)(
  'an instance stands still while its post waits for its pace; another one posts it, and the first does not when it goes on',
  async () => {
    const fleet = await openFleet({ server: server as string, transport: 'http', seed: seedOfRun(), size: 1 });
    const [frozen] = fleet.instances();
    if (!frozen) throw new Error('no instance');
    try {
      const story = storyOf(fleet, 0);
      await story.acts.find((act) => act.what === 'declare')?.run();
      const [claire, room] = [fleet.sandbox.person('Claire'), story.room()];
      const sent = (title: string) =>
        fleet.sandbox.calls.filter((c) => c.method === 'chat.postMessage' && JSON.stringify(c.args).includes(title));
      const pace = (when: string) =>
        fleet.rows(`update channel_paces set next_post_at = clock_timestamp() ${when} where channel_id = '${room}'`);

      await writeDecision(claire, room, 'Hold the line');
      await pace(`+ interval '5 seconds'`);
      await claire.submit();
      await expect
        .poll(() => fleet.rows(`select state from effects where what like '%Hold the line%'`), { timeout: 10_000 })
        .toEqual([{ state: 'attempted' }]);
      frozen.freeze();
      expect(sent('Hold the line')).toEqual([]);

      const other = await fleet.start();
      await pace(`- interval '1 minute'`);
      await fleet.rows(`update pgboss.job set heartbeat_on = now() - interval '1 minute' where state = 'active'`);
      await fleet.rows('update pgboss.queue set monitor_on = null, monitor_claim_on = null');
      await other.ask('clock', fleet.now().getTime() - Date.now() + 16 * SECOND);
      await other.ask('supervise', null);
      await fleet.sandbox.waitFor(() => sent('Hold the line').length > 0, { timeoutMs: 30_000 });

      frozen.thaw();
      await fleet.stop(frozen);
      expect(sent('Hold the line')).toHaveLength(1);
    } finally {
      frozen.thaw();
      await fleet.close();
    }
  },
);
