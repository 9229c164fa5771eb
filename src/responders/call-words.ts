export type CallWish = { userIds: string[]; department: string | null; reason: string };
export type KnownDepartment = { key: string; names: readonly string[] };

/**
 * Reads `@helen @tom the reason`, `legal the reason` and `legal @helen the reason`. A department is known by any of its
 * names, accents and case aside, the longest first.
 */
export function readCall(text: string, departments: readonly KnownDepartment[]): CallWish {
  const found = departmentAtStart(text.trim(), departments);
  const rest = found ? found.rest : text.trim();
  const { userIds, after } = leadingMentions(rest);
  if (userIds.length > 0) return { userIds, department: found?.key ?? null, reason: after };
  if (found) return { userIds: [], department: found.key, reason: rest };
  const anywhere = mentionsIn(rest);
  return { userIds: anywhere, department: null, reason: anywhere.length > 0 ? rest : '' };
}

const mentionsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/<@([UW][A-Z0-9]+)>/g)].map((m) => m[1] as string)),
];

/** `<@U1>, <@U2> et <@U3> …`: those who are called come first; people named later belong to the reason. */
function leadingMentions(text: string): { userIds: string[]; after: string } {
  const [run = ''] = /^(?:<@[UW][A-Z0-9]+>[\s,;]*(?:(?:and|et|&)\s+(?=<@))?)+/i.exec(text) ?? [];
  return {
    userIds: mentionsIn(run),
    after: text
      .slice(run.length)
      .replace(/^[:,;–-]\s*/, '')
      .trim(),
  };
}

function departmentAtStart(text: string, departments: readonly KnownDepartment[]) {
  const parts = text.replace(/^@/, '').split(/(\s+)/);
  for (let count = Math.min(5, Math.ceil(parts.length / 2)); count > 0; count -= 1) {
    const head = parts.slice(0, count * 2 - 1).join('');
    const key = departments.find((d) => d.names.some((name) => folded(name) === folded(head)))?.key;
    if (key)
      return {
        key,
        rest: parts
          .slice(count * 2 - 1)
          .join('')
          .replace(/^[\s:,;–-]+/, '')
          .trim(),
      };
  }
  return null;
}

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s]+/g, ' ')
    .replace(/[:,;]$/, '')
    .toLowerCase();
