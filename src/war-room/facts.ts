import type { Executor } from '../../db/client.ts';
import type { Crisis } from '../crises/rules.ts';

/** What the live brief shows beside the crisis itself: ready lines, in mrkdwn and in the crisis's language. */
export type BriefFacts = { parts: { title: string; lines: string[] }[] };

export async function briefFacts(_db: Executor, _crisis: Crisis): Promise<BriefFacts> {
  return { parts: [] };
}
