import type { Outcome } from '../../page/wire.ts';
import { complain } from '../state/acts.ts';

/** Says why the page could not do it; what the app refused is said by Slack's own failure text. */
export function attemptFailed(outcome: Outcome): boolean {
  if (!outcome.ok) {
    complain(outcome.error);
    return true;
  }
  const result = outcome.result as { ok?: boolean } | null;
  return result?.ok === false;
}
