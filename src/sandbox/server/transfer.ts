import type { RawAnswer } from './server.ts';
import type { SandboxFile } from './types.ts';
import type { World } from './world.ts';

export async function takeUpload(world: World, id: string, type: string, body: Buffer): Promise<RawAnswer> {
  const file = world.state.files[id];
  if (!file || file.state !== 'awaiting_upload') return { status: 404, headers: {}, body: 'no such upload' };
  const content = await contentOf(type, body);
  if (content.length !== file.size) return { status: 400, headers: {}, body: 'length mismatch' };
  file.content = content.toString('base64');
  file.state = 'uploaded';
  return { status: 200, headers: {}, body: `OK - ${content.length}` };
}

async function contentOf(type: string, body: Buffer): Promise<Buffer> {
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  for (const value of form.values()) {
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  }
  return body;
}

export function serveFile(world: World, id: string, token: string): RawAnswer {
  const file = world.state.files[id];
  const install = Object.values(world.state.installs).find((entry) => entry.botToken === token);
  if (!file || file.state === 'deleted') return { status: 404, headers: {}, body: 'not found' };
  if (!install || install.teamId !== file.team_id) return { status: 403, headers: {}, body: 'not allowed' };
  if (!install.scopes.includes('files:read')) return { status: 403, headers: {}, body: 'missing_scope: files:read' };
  if (!reaches(world, file, install.botUserId)) return { status: 404, headers: {}, body: 'not found' };
  return { status: 200, headers: { 'content-type': file.mimetype }, body: Buffer.from(file.content, 'base64') };
}

/** A file is seen by whoever made it and by the members of the channels it was shared in. */
export function reaches(world: World, file: SandboxFile, user: string): boolean {
  if (file.user === user || file.channels.length === 0) return true;
  return file.channels.some((id) => {
    const channel = world.state.channels[id];
    return channel !== undefined && (channel.members.includes(user) || !channel.is_private);
  });
}
