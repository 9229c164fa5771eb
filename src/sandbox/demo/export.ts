import type { Person, Sandbox, SandboxChannel } from '../server/index.ts';

/** The timeline's files that were posted in the room when the crisis was closed, as somebody of the room downloads them. */
export function exportOf(sandbox: Sandbox, room: SandboxChannel, reader: Person): { markdown: string; json: string } {
  const posted = room.messages.flatMap((message) => message.files ?? []);
  const read = (ending: string) => {
    const id = posted.findLast((one) => sandbox.file(one)?.name.endsWith(ending));
    if (!id) throw new Error(`No ${ending} file of the timeline was posted in the room.`);
    return reader.downloadFile(id).toString('utf8');
  };
  return { markdown: read('.md'), json: read('.json') };
}
