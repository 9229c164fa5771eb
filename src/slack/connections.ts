import type { JobData } from '../core/jobs.ts';
import type { Gateway } from './gateway.ts';

/** A workspace's Slack, and who the product is in it. */
export type Connection = { slack: Gateway; botId: string; botUserId: string };
export type SlackOf = (workspaceId: string) => Promise<Gateway>;

/** The way to the Slack of each workspace. Throws NotInstalled where the product is not, or no longer. */
export type Connections = {
  of(workspaceId: string): Promise<Connection>;
  ofJob(data: JobData): Promise<Connection>;
};

/** The one workspace whose token was given at the start. */
export const onlyConnection = (connection: Connection): Connections => ({
  of: async () => connection,
  ofJob: async () => connection,
});
