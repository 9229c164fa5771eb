import { canonicalJson, sha256 } from '../core/ids.ts';
import type { LegalReminder, Playbook } from './rules.ts';

export const listsOfPlaybook = ['mistakes', 'metrics', 'closing', 'afterActions'] as const;
export type ListOfPlaybook = (typeof listsOfPlaybook)[number];
const items = ['task', 'stakeholder', 'template'] as const;
export type ItemOfPlaybook = (typeof items)[number];

/** What one form edits. `id` is null for what does not exist yet; a reminder's is its place, from 1. */
export type Part =
  | { kind: 'basics' }
  | { kind: 'resources' }
  | { kind: 'list'; list: ListOfPlaybook }
  | { kind: 'reminder'; id: string | null }
  | { kind: ItemOfPlaybook; id: string | null };

const collections = { task: 'tasks', stakeholder: 'stakeholders', template: 'templates' } as const;
export const collectionOf = <K extends ItemOfPlaybook>(kind: K): (typeof collections)[K] => collections[kind];

/** `basics`, `list:mistakes`, `task:P1.1`, `task:` for a new one: as it stands in a list to choose from. */
export function partKey(part: Part): string {
  if (part.kind === 'list') return `list:${part.list}`;
  return 'id' in part ? `${part.kind}:${part.id ?? ''}` : part.kind;
}

export function readPart(key: string): Part | null {
  if (key === 'basics' || key === 'resources') return { kind: key };
  const [, kind = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(key) ?? [];
  const list = listsOfPlaybook.find((one) => one === rest);
  if (kind === 'list') return list ? { kind, list } : null;
  if (kind === 'reminder') return /^([1-9]\d?)?$/.test(rest) ? { kind, id: rest || null } : null;
  const item = items.find((one) => one === kind);
  return item ? { kind: item, id: rest || null } : null;
}

/** What stands in a playbook where a form edits; undefined where there is nothing (yet, or any more). */
function partOf(playbook: Playbook, part: Part): unknown {
  switch (part.kind) {
    case 'basics': {
      const { name, summary, cluster, tone, toneNote, roles } = playbook;
      return { name, summary, cluster, tone, toneNote, roles };
    }
    case 'resources':
      return playbook.resources;
    case 'list':
      return playbook[part.list];
    case 'reminder':
      return reminderAt(playbook, part.id);
    case 'task':
    case 'stakeholder':
    case 'template':
      return itemOf(playbook, part.kind, part.id);
  }
}

export const itemOf = <K extends ItemOfPlaybook>(
  playbook: Playbook,
  kind: K,
  id: string | null,
): Playbook[(typeof collections)[K]][number] | undefined =>
  (playbook[collectionOf(kind)] as { id: string }[]).find((one) => one.id === id) as
    | Playbook[(typeof collections)[K]][number]
    | undefined;

export const reminderAt = ({ reminders }: Playbook, id: string | null): LegalReminder | undefined =>
  id === null ? undefined : reminders[Number(id) - 1];

/** Of what a form was filled from: whoever saves something else over it meanwhile is noticed, whoever edits elsewhere is not in the way. */
export const shownHash = (playbook: Playbook, part: Part): string =>
  sha256(canonicalJson(partOf(playbook, part) ?? null));
