import { isObject, withIds } from '../blocks.ts';
import { post } from '../operations.ts';
import { fileShape } from '../shapes.ts';
import { nextId, seconds } from '../state.ts';
import type { Json, SandboxFile } from '../types.ts';
import { checkMessage } from '../validation/message.ts';
import {
  type Caller,
  invalid,
  type Method,
  messageAt,
  ownChannel,
  Refusal,
  required,
  structured,
  text,
} from './method.ts';

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': { scopes: ['files:write'], tier: 4, run: getUploadUrl },
  'files.completeUploadExternal': { scopes: ['files:write'], tier: 4, run: complete },
  'files.info': { scopes: ['files:read'], tier: 4, run: info },
  'files.delete': { scopes: ['files:write'], tier: 3, run: deleteFile },
};

const MIME: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
  html: 'text/html',
  md: 'text/markdown',
};

export function mimeOf(filename: string): string {
  return MIME[filename.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

function getUploadUrl(caller: Caller): Json {
  const { world, args, install } = caller;
  const name = required(args, 'filename');
  const size = Number(required(args, 'length'));
  if (!Number.isInteger(size) || size <= 0) throw invalid('[ERROR] length must be more than 0 [json-pointer:/length]');
  const file: SandboxFile = {
    id: nextId(world.state, 'F'),
    team_id: install.teamId,
    name,
    title: name,
    size,
    mimetype: mimeOf(name),
    user: install.botUserId,
    created: seconds(world.clock.now()),
    content: '',
    state: 'awaiting_upload',
    channels: [],
  };
  world.state.files[file.id] = file;
  return { upload_url: `${world.baseUrl()}/upload/v1/${file.id}`, file_id: file.id };
}

function complete(caller: Caller): Json {
  const { world, args } = caller;
  const wanted = structured(args, 'files');
  if (!Array.isArray(wanted) || wanted.length === 0) throw invalid('[ERROR] missing required field: files');
  const files = wanted.map((entry) => uploadedFile(caller, entry));
  const where = text(args, 'channel_id') ?? text(args, 'channels');
  if (where) share(caller, where, files);
  for (const file of files) {
    file.state = 'complete';
    world.emit({ type: 'file', file: file.id });
  }
  return { files: files.map((file) => fileShape(world, file)) };
}

function uploadedFile(caller: Caller, entry: unknown): SandboxFile {
  if (!isObject(entry)) throw invalid('[ERROR] must be an object [json-pointer:/files/0]');
  const file = caller.world.state.files[String(entry.id)];
  if (!file || file.team_id !== caller.install.teamId) throw new Refusal('file_not_found');
  if (file.state !== 'uploaded') throw new Refusal('file_update_failed');
  if (typeof entry.title === 'string' && entry.title !== '') file.title = entry.title;
  return file;
}

function share(caller: Caller, where: string, files: SandboxFile[]): void {
  const { world, args, install } = caller;
  const channel = ownChannel({ ...caller, args: { channel: where } });
  const thread = text(args, 'thread_ts');
  if (thread) messageAt(channel, thread, 'thread_not_found');
  const said = text(args, 'initial_comment') ?? '';
  const blocks = structured(args, 'blocks');
  const list = Array.isArray(blocks) ? blocks.filter(isObject) : undefined;
  checkMessage(world, caller.method, { text: said || 'a file', blocks: list }, { maxText: 4000 });
  post(world, channel, {
    user: install.botUserId,
    bot_id: install.botId,
    app_id: world.state.appId,
    text: said,
    subtype: 'file_share',
    files: files.map((file) => file.id),
    ...(list ? { blocks: withIds(world.state, list) } : {}),
    ...(thread ? { thread_ts: thread } : {}),
  });
}

function fileNamed(caller: Caller): SandboxFile {
  const file = caller.world.state.files[required(caller.args, 'file', 'file_not_found')];
  if (!file || file.team_id !== caller.install.teamId) throw new Refusal('file_not_found');
  if (file.state === 'deleted') throw new Refusal('file_deleted');
  return file;
}

function info(caller: Caller): Json {
  return { file: fileShape(caller.world, fileNamed(caller)), comments: [], response_metadata: { next_cursor: '' } };
}

function deleteFile(caller: Caller): Json {
  const file = fileNamed(caller);
  if (file.user !== caller.install.botUserId) throw new Refusal('cant_delete_file');
  file.state = 'deleted';
  file.content = '';
  caller.world.emit({ type: 'file', file: file.id });
  return {};
}
