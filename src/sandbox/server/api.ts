import { setTimeout as wait } from 'node:timers/promises';
import { realTime } from './clock.ts';
import type { Fault } from './faults.ts';
import { authMethods } from './methods/auth.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { directoryMethods } from './methods/directory.ts';
import { fileMethods } from './methods/files.ts';
import { markMethods } from './methods/marks.ts';
import { type Method, Refusal } from './methods/method.ts';
import { viewMethods } from './methods/views.ts';
import { isKnownRefusal } from './refusals.ts';
import type { RawAnswer } from './server.ts';
import type { ApiCall, Install, Json } from './types.ts';
import type { World } from './world.ts';

export type Answer = { status: number; headers: Record<string, string>; body: Json | string; reset?: boolean };
export type Api = (request: { method: string; args: Json; token: string }) => Promise<Answer>;

export function createApi(world: World, socketUrl: () => string): Api {
  const methods: Record<string, Method> = {
    ...authMethods(socketUrl),
    ...chatMethods,
    ...conversationMethods,
    ...directoryMethods,
    ...markMethods,
    ...viewMethods,
    ...fileMethods,
  };
  const limiter = createLimiter(world);

  return ({ method, args, token }) =>
    recorded(world, { method, args, token }, (call) => perform(world, methods[method], call, limiter));
}

/** Whatever the app asks of Slack is written down, takes its time and may be made to fail. */
export async function recorded<A extends RawAnswer>(
  world: World,
  from: Pick<ApiCall, 'method' | 'args' | 'token'>,
  run: (call: ApiCall) => Promise<A>,
): Promise<A | Answer> {
  const done = world.activity.begin();
  const call: ApiCall = { id: world.calls.length + 1, ...from, startedAt: realTime() };
  world.calls.push(call);
  try {
    if (world.settings.latencyMs > 0) await wait(world.settings.latencyMs);
    const answer = await withFaults(world, call, () => run(call));
    finish(world, call, answer);
    return answer;
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const broken: Answer = { status: 500, headers: {}, body: `the sandbox itself failed: ${text}` };
    finish(world, call, broken);
    return broken;
  } finally {
    done();
  }
}

function finish(world: World, call: ApiCall, answer: RawAnswer): void {
  call.finishedAt = realTime();
  call.status = answer.reset ? 0 : answer.status;
  if (call.fault === 'body') {
    call.ok = false;
  } else if (Buffer.isBuffer(answer.body) || (typeof answer.body === 'string' && answer.status === 200)) {
    call.ok = true;
  } else if (typeof answer.body === 'object') {
    call.response = answer.body;
    call.ok = answer.status === 200 && answer.body.ok === true;
    if (typeof answer.body.error === 'string') call.error = answer.body.error;
  } else {
    call.ok = false;
  }
  world.emit({ type: 'call', call });
}

async function withFaults<A extends RawAnswer>(
  world: World,
  call: ApiCall,
  run: () => Promise<A>,
): Promise<A | Answer> {
  const fault = world.faults.take(call.method, call.args);
  if (!fault) return run();
  call.fault = fault.kind;
  if (fault.kind === 'slow') {
    if (fault.when === 'before') return run().then((answer) => wait(fault.ms, answer));
    return wait(fault.ms).then(run);
  }
  if (fault.kind !== 'rate_limited' && fault.when === 'after') await run();
  if (fault.kind !== 'rate_limited' && fault.when === 'late') world.late.push(run);
  return faultAnswer(fault);
}

function faultAnswer(fault: Exclude<Fault, { kind: 'slow' }>): Answer {
  if (fault.kind === 'http') return { status: fault.status, headers: {}, body: 'the sandbox was told to fail' };
  if (fault.kind === 'body') return { status: fault.status ?? 200, headers: {}, body: fault.body };
  if (fault.kind === 'reset') return { status: 0, headers: {}, body: '', reset: true };
  if (fault.kind === 'rate_limited') return rateLimited(fault.retryAfter);
  const { kind: _kind, when: _when, ...body } = fault;
  return { status: 200, headers: {}, body: { ok: false, ...body } };
}

function rateLimited(retryAfter: number): Answer {
  return { status: 429, headers: { 'retry-after': String(retryAfter) }, body: { ok: false, error: 'ratelimited' } };
}

async function perform(world: World, method: Method | undefined, call: ApiCall, limiter: Limiter): Promise<Answer> {
  let install: Install | undefined;
  try {
    if (!method) throw new Refusal('unknown_method', { req_method: call.method });
    install = authenticate(world, method, call.token);
    const retryAfter = limiter(call, method, install?.teamId ?? '');
    if (retryAfter > 0) return rateLimited(retryAfter);
    if (install) checkScopes(method, install);
    // Methods that need no bot never look at the installation.
    const caller = { world, args: call.args, install: install as Install, method: call.method };
    return ok({ ok: true, ...(await method.run(caller)) }, install);
  } catch (error) {
    if (error instanceof Refusal && isKnownRefusal(call.method, error.error))
      return ok({ ok: false, error: error.error, ...error.extra }, install);
    throw error;
  }
}

function ok(body: Json, install: Install | undefined): Answer {
  return { status: 200, headers: install ? { 'x-oauth-scopes': install.scopes.join(',') } : {}, body };
}

function authenticate(world: World, method: Method, token: string): Install | undefined {
  if (method.token === 'none') return undefined;
  if (token === '') throw new Refusal('not_authed');
  if (method.token === 'app') {
    if (token === world.state.appToken) return undefined;
    throw new Refusal(token.startsWith('xoxb-') ? 'not_allowed_token_type' : 'invalid_auth');
  }
  if (token === world.state.appToken) throw new Refusal('not_allowed_token_type');
  const install = Object.values(world.state.installs).find((entry) => entry.botToken === token);
  if (!install) throw new Refusal('invalid_auth');
  return install;
}

function checkScopes(method: Method, install: Install): void {
  for (const scope of method.scopes) {
    const anyOf = Array.isArray(scope) ? scope : [scope];
    if (anyOf.some((name) => install.scopes.includes(name))) continue;
    throw new Refusal('missing_scope', { needed: anyOf.join(','), provided: install.scopes.join(',') });
  }
}

/** Seconds to wait before this call may be made; 0 when it may be made now. */
type Limiter = (call: ApiCall, method: Method, teamId: string) => number;

const PER_MINUTE = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600 } as const;
const RATIONED: ReadonlySet<string> = new Set(['conversations.history', 'conversations.replies']);
const MINUTE_MS = 60_000;
const PACE_WINDOW_SECONDS = 5;
const PACE_BURST = 3;

/** Minutes are those of the workspace's clock, so that a story in which hours pass is not told in one of them. */
function createLimiter(world: World): Limiter {
  const recent = new Map<string, number[]>();
  return (call, method, teamId) => {
    const now = call.method === 'chat.update' ? world.settings.editsNow() : world.clock.now().getTime();
    const key = `${teamId}:${call.method}`;
    const calls = (recent.get(key) ?? []).filter((at) => now - at < MINUTE_MS);
    recent.set(key, calls);
    const isRationed = world.settings.rationHistory && RATIONED.has(call.method);
    const most = isRationed ? 1 : PER_MINUTE[method.tier];
    const isOver = world.settings.enforceRateTiers && calls.length >= most;
    if (isOver) return Math.max(1, Math.ceil((MINUTE_MS - (now - (calls[0] ?? now))) / 1000));
    const paced = call.method === 'chat.postMessage' ? paceOf(world, String(call.args.channel)) : 0;
    if (paced === 0) calls.push(now);
    return paced;
  };
}

/** Slack lets short bursts through and then refuses: what counts is more than one a second for some seconds. */
function paceOf(world: World, channel: string): number {
  const { paceSecondMs, enforceRateTiers } = world.settings;
  const at = world.settings.paceNow(channel);
  const windowMs = PACE_WINDOW_SECONDS * paceSecondMs;
  const posts = (world.pace.posts.get(channel) ?? []).filter((t) => at - t < windowMs);
  world.pace.posts.set(channel, posts);
  const isOver = posts.length >= PACE_WINDOW_SECONDS + PACE_BURST;
  if (isOver) world.pace.violations.push({ channel, count: posts.length + 1, windowMs, at });
  if (isOver && enforceRateTiers) return 1;
  posts.push(at);
  return 0;
}
