import slackWebApi from '@slack/web-api';
import { HOUR, MINUTE, SECOND } from '../core/time.ts';

/**
 * What a failed call means for whoever asked:
 * - `permanent`: the same call will fail again; a person must be told.
 * - `transient`: it had no effect and may work later.
 * - `ambiguous`: it may have had its effect; look before repeating.
 */
export class SlackFailure extends Error {
  readonly method: string;
  readonly kind: 'permanent' | 'transient' | 'ambiguous';
  /** Slack's error name, or our own for what never reached Slack: `rate_limited`, `http_500`, `timeout`. */
  readonly code: string;
  readonly retryAfterMs: number;
  /** Slack's answer beside the error, as in the per-person errors of an invite. */
  readonly details: Record<string, unknown>;

  constructor(
    method: string,
    kind: SlackFailure['kind'],
    code: string,
    retryAfterMs = 0,
    details: Record<string, unknown> = {},
  ) {
    super(`${method}: ${code}`);
    this.method = method;
    this.kind = kind;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.details = details;
  }
}

/** What Slack says of a token once the product was removed from the workspace; now and then, in an outage, of a good one. */
const tokenRefusals: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
]);
export const isTokenRefused = (failure: SlackFailure): boolean => tokenRefusals.has(failure.code);

/** The product is not installed in the workspace, or Slack says so: what is owed to it waits, and is tried again after `ms`. */
export class NotInstalled extends SlackFailure {
  constructor(workspaceId: string, code = 'not_installed', ms = HOUR) {
    super(`workspace ${workspaceId}`, 'transient', code, ms);
  }
}

/** Platform errors after which the same call may succeed and which surely had no effect. */
const passing = new Set([
  'ratelimited',
  'rate_limited',
  'too_many_requests',
  'service_unavailable',
  'team_added_to_org',
]);
/** Platform errors that say nothing about the effect. */
const unsure = new Set(['internal_error', 'fatal_error', 'request_timeout']);

/** Something in front of Slack answered, or Slack's answer did not come whole. What it said goes nowhere. */
export class ForeignAnswer extends Error {}

/** What Slack's error codes look like. Anything else may be a page of somebody else's. */
const isCode = (error: unknown): error is string => typeof error === 'string' && /^[a-z][a-z0-9_]{1,79}$/.test(error);

/** Slack asks for seconds. A time that a broken proxy made up must not mute a channel for days. */
const longestRefrain = 10 * MINUTE;

export const rateLimited = (method: string, seconds: number): SlackFailure =>
  new SlackFailure(method, 'transient', 'rate_limited', Math.min(Math.max(0, seconds * SECOND), longestRefrain));

export function asSlackFailure(method: string, error: unknown): SlackFailure {
  if (error instanceof SlackFailure) return error;
  if (error instanceof slackWebApi.WebAPIRateLimitedError) return rateLimited(method, error.retryAfter);
  if (error instanceof slackWebApi.WebAPIPlatformError) {
    const { error: code, ...details } = error.data;
    if (!isCode(code)) return new SlackFailure(method, 'ambiguous', 'foreign_answer');
    const kind =
      passing.has(code) || tokenRefusals.has(code) ? 'transient' : unsure.has(code) ? 'ambiguous' : 'permanent';
    return new SlackFailure(method, kind, code, 0, details);
  }
  // Slack itself answers 200 or 429: who answers otherwise does not know what Slack did.
  if (error instanceof slackWebApi.WebAPIHTTPError)
    return new SlackFailure(method, 'ambiguous', `http_${error.statusCode}`);
  if (error instanceof slackWebApi.WebAPIRequestError && error.original instanceof ForeignAnswer)
    return new SlackFailure(method, 'ambiguous', 'foreign_answer');
  // A 429 without Retry-After has no class of its own in the SDK: Slack did nothing, and did not say for how long.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain a valid timeout'))
    return rateLimited(method, 1);
  if (refusedConnection(error)) return new SlackFailure(method, 'transient', 'unreachable');
  return new SlackFailure(method, 'ambiguous', timedOut(error) ? 'timeout' : 'no_answer');
}

/** The press is too old, or was used already: Slack opens no form for it any more. */
export const isSpentTrigger = (error: unknown): boolean =>
  error instanceof SlackFailure &&
  /^(expired|exchanged|invalid)_trigger(_id)?$|^trigger_(expired|exchanged)$/.test(error.code);

/** We stopped listening; Slack may still be working on it. */
function timedOut(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (cause.name === 'TimeoutError') return true;
  return false;
}

/** Nothing listened: the call cannot have had an effect. */
function refusedConnection(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: string };
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') return true;
    if (cause instanceof AggregateError && cause.errors.length > 0 && cause.errors.every(refusedConnection))
      return true;
    const original = (cause as { original?: unknown }).original;
    if (original instanceof Error && original !== cause && refusedConnection(original)) return true;
  }
  return false;
}
