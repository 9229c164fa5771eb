import { mimeOf } from '../methods/files.ts';
import { nextId, seconds } from '../state.ts';
import type { SandboxFile, SandboxUser } from '../types.ts';
import type { World } from '../world.ts';

export type Upload = { name: string; content: Buffer | string };

export function keepFile(world: World, user: SandboxUser, upload: Upload): SandboxFile {
  const content = Buffer.from(upload.content);
  const file: SandboxFile = {
    id: nextId(world.state, 'F'),
    team_id: user.team_id,
    name: upload.name,
    title: upload.name,
    size: content.length,
    mimetype: mimeOf(upload.name),
    user: user.id,
    created: seconds(world.clock.now()),
    content: content.toString('base64'),
    state: 'complete',
    channels: [],
  };
  world.state.files[file.id] = file;
  return file;
}
