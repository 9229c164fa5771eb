import { type Answer, recorded } from './api.ts';
import { isObject } from './blocks.ts';
import { realTime } from './clock.ts';
import { contentFromBody, showEphemeral } from './methods/chat.ts';
import { Refusal } from './methods/method.ts';
import { edit, post, remove } from './operations.ts';
import type { RawAnswer } from './server.ts';
import { secret } from './state.ts';
import type { EphemeralMessage, Json, ResponseUrl, SandboxChannel } from './types.ts';
import type { World } from './world.ts';

const USES = 5;
const LIFE_MS = 30 * 60_000;

export function newResponseUrl(world: World, from: Omit<ResponseUrl, 'id' | 'bornAt' | 'uses'>): string {
  const id = secret(12);
  world.state.responseUrls[id] = { id, bornAt: realTime(), uses: 0, ...from };
  return `${world.baseUrl()}/response/${id}`;
}

export async function handleResponseUrl(world: World, id: string, text: string): Promise<RawAnswer> {
  const body = parsed(text);
  return recorded(world, { method: 'response_url', args: body ?? {}, token: '' }, async () => {
    const target = world.state.responseUrls[id];
    if (!target) return failure(404, 'invalid_url');
    if (realTime() - target.bornAt > LIFE_MS) return failure(404, 'expired_url');
    if (target.uses >= USES) return failure(404, 'used_url');
    target.uses += 1;
    if (!body) return failure(400, 'invalid_payload');
    return answerWith(world, target, body);
  });
}

function answerWith(world: World, target: ResponseUrl, body: Json): Answer {
  try {
    respond(world, target, body);
    return { status: 200, headers: {}, body: { ok: true } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 400, headers: {}, body: { ok: false, error: error.error, ...error.extra } };
  }
}

function parsed(text: string): Json | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function failure(status: number, error: string): Answer {
  return { status, headers: {}, body: { ok: false, error } };
}

/** The same words mean the same in the body of an acknowledgement and in a post to a response_url. */
export function respond(world: World, target: ResponseUrl, body: Json): EphemeralMessage | undefined {
  const channel = world.state.channels[target.channel];
  if (!channel) throw new Refusal('channel_not_found');
  if (body.delete_original === true) {
    removeSource(world, channel, target);
    return undefined;
  }
  const content = contentFromBody(world, 'response_url', body);
  if (body.replace_original === true && replaceSource(world, channel, target, content)) return undefined;
  const thread = typeof body.thread_ts === 'string' ? body.thread_ts : target.thread_ts;
  const placed = thread ? { ...content, thread_ts: thread } : content;
  if (body.response_type !== 'in_channel') return showEphemeral(world, channel, target.user, placed);
  if (channel.is_archived) throw new Refusal('is_archived');
  const install = world.state.installs[target.teamId];
  post(world, channel, {
    user: install?.botUserId ?? '',
    bot_id: install?.botId ?? '',
    app_id: world.state.appId,
    ...placed,
  });
  return undefined;
}

function replaceSource(
  world: World,
  channel: SandboxChannel,
  target: ResponseUrl,
  content: ReturnType<typeof contentFromBody>,
): boolean {
  const { source } = target;
  if (!source) return false;
  if (source.ephemeral) {
    const shown = world.state.ephemerals.find((m) => m.ts === source.ts);
    if (!shown) return false;
    delete shown.blocks;
    delete shown.attachments;
    Object.assign(shown, content);
    world.emit({ type: 'ephemeral', change: 'changed', channel: channel.id, message: shown });
    return true;
  }
  const message = channel.messages.find((m) => m.ts === source.ts);
  if (!message) return false;
  edit(world, channel, message, message.user, { blocks: [], attachments: [], ...content });
  return true;
}

function removeSource(world: World, channel: SandboxChannel, target: ResponseUrl): void {
  const ts = target.source?.ts;
  const shown = world.state.ephemerals.find((m) => m.ts === ts);
  if (shown) {
    world.state.ephemerals = world.state.ephemerals.filter((m) => m !== shown);
    world.emit({ type: 'ephemeral', change: 'deleted', channel: channel.id, message: shown });
    return;
  }
  const message = channel.messages.find((m) => m.ts === ts);
  if (message) remove(world, channel, message);
}
