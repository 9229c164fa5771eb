import { isObject } from '../blocks.ts';
import type { Json } from '../types.ts';
import type { World } from '../world.ts';
import { SIZES, VIEW } from './limits.ts';
import { refusePayload } from './refuse.ts';
import { blockProblems, limitProblems, problem } from './rules.ts';

const COMMON_FIELDS = ['type', 'blocks', 'private_metadata', 'callback_id', 'external_id'];
const MODAL_FIELDS = [...COMMON_FIELDS, 'title', 'submit', 'close', 'clear_on_close', 'notify_on_close'];

export function checkView(world: World, where: string, view: Json, type: 'modal' | 'home'): void {
  const size = Buffer.byteLength(JSON.stringify(view));
  if (size > SIZES.viewBytes) {
    refusePayload(world, where, view, 'view_too_large', [
      problem(`${size} bytes, more than ${SIZES.viewBytes}`, '/view'),
    ]);
  }
  const wrong = viewProblems(view, type);
  if (wrong.length > 0) refusePayload(world, where, view, 'invalid_arguments', wrong);
}

function viewProblems(view: Json, type: 'modal' | 'home'): string[] {
  if (view.type !== type) return [problem(`must be ${type}`, '/view/type')];
  if (!Array.isArray(view.blocks)) return [problem('missing required field: blocks', '/view')];
  const fields = type === 'modal' ? MODAL_FIELDS : COMMON_FIELDS;
  return [
    ...Object.keys(view)
      .filter((key) => !fields.includes(key))
      .map((key) => problem(`unexpected field "${key}"`, '/view')),
    ...VIEW.flatMap((limit) => limitProblems(view, limit, '/view')),
    ...(type === 'modal' ? modalProblems(view, view.blocks) : []),
    ...blockProblems(view.blocks, type, '/view/blocks'),
  ];
}

function modalProblems(view: Json, blocks: readonly unknown[]): string[] {
  const found: string[] = [];
  if (view.title === undefined) found.push(problem('missing required field: title', '/view'));
  for (const key of ['title', 'submit', 'close']) {
    const label = view[key];
    if (label === undefined || label === null) continue;
    if (!isObject(label) || label.type !== 'plain_text') found.push(problem('must be a plain_text', `/view/${key}`));
  }
  const hasInput = blocks.some((block) => isObject(block) && block.type === 'input');
  if (hasInput && !view.submit) found.push(problem('submit is required when there is an input', '/view'));
  return found;
}
