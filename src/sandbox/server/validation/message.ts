import { isObject } from '../blocks.ts';
import type { World } from '../world.ts';
import { COUNTS, SIZES } from './limits.ts';
import { strayIn } from './mrkdwn.ts';
import { refusePayload } from './refuse.ts';
import { blockProblems, problem, textLength } from './rules.ts';

type MessageContent = {
  text: string;
  blocks?: unknown[] | undefined;
  attachments?: unknown[] | undefined;
  metadata?: unknown;
};

export function checkMessage(world: World, where: string, content: MessageContent, limits: { maxText: number }): void {
  const refuse = (error: string, ...messages: string[]): never => refusePayload(world, where, content, error, messages);
  // Slack only warns here, but without a text neither notifications nor screen readers have anything to say.
  if (content.text.trim() === '') refuse('no_text', problem('a message needs a top-level text', '/text'));
  if (content.text.length > limits.maxText) {
    refuse('msg_too_long', problem(`must be less than ${limits.maxText + 1} characters`, '/text'));
  }
  const stray = strayIn(content.text);
  if (stray) refuse('invalid_arguments', problem(`must escape <, > and & ( ${stray} )`, '/text'));
  checkBlocks(content.blocks ?? [], world.settings.messageBlocksText, refuse);
  const attachments = content.attachments ?? [];
  if (attachments.length > COUNTS.attachments)
    refuse('too_many_attachments', problem('no more than 100 items allowed', '/attachments'));
  const wrong = attachments.flatMap((one, i) => attachmentProblems(one, `/attachments/${i}`));
  if (wrong.length > 0) refuse('invalid_attachments', ...wrong);
  checkMetadata(content.metadata, refuse);
}

type Refuse = (error: string, ...messages: string[]) => never;

function checkBlocks(blocks: unknown[], mostText: number, refuse: Refuse): void {
  if (blocks.length > COUNTS.messageBlocks) {
    refuse('invalid_blocks', problem(`no more than ${COUNTS.messageBlocks} items allowed`, '/blocks'));
  }
  const wrong = blockProblems(blocks, 'message', '/blocks');
  if (wrong.length > 0) refuse('invalid_blocks', ...wrong);
  const total = textLength(blocks);
  if (total > mostText) {
    refuse(
      'msg_blocks_too_long',
      problem(`the blocks' texts together have ${total} characters, more than ${mostText}`, '/blocks'),
    );
  }
  const ofType = (type: string): unknown[] => blocks.filter((block) => isObject(block) && block.type === type);
  if (ofType('table').length > 1) refuse('invalid_blocks', problem('only one table allowed in a message', '/blocks'));
  if (textLength(ofType('table')) > SIZES.table) refuse('invalid_blocks', problem('the table is too long', '/blocks'));
  if (textLength(ofType('markdown')) > SIZES.markdown)
    refuse('invalid_blocks', problem('the markdown is too long', '/blocks'));
}

function attachmentProblems(attachment: unknown, at: string): string[] {
  if (!isObject(attachment)) return [problem('must be an object', at)];
  return Array.isArray(attachment.blocks) ? blockProblems(attachment.blocks, 'message', `${at}/blocks`) : [];
}

function checkMetadata(metadata: unknown, refuse: Refuse): void {
  if (metadata === undefined) return;
  const isEvent = isObject(metadata) && typeof metadata.event_type === 'string' && isObject(metadata.event_payload);
  const isEntities = isObject(metadata) && Array.isArray(metadata.entities);
  if (!isEvent && !isEntities) {
    refuse('invalid_metadata_format', problem('needs event_type and event_payload, or entities', '/metadata'));
  }
  if (JSON.stringify(metadata).length > SIZES.metadata) {
    refuse('metadata_too_large', problem(`must be less than ${SIZES.metadata + 1} characters`, '/metadata'));
  }
}
