import { Fault } from '../core/errors.ts';
import boycott from './data/boycott.json' with { type: 'json' };
import breach from './data/breach.json' with { type: 'json' };
import campaign from './data/campaign.json' with { type: 'json' };
import core from './data/core.json' with { type: 'json' };
import disinformation from './data/disinformation.json' with { type: 'json' };
import executive from './data/executive.json' with { type: 'json' };
import harassment from './data/harassment.json' with { type: 'json' };
import misconduct from './data/misconduct.json' with { type: 'json' };
import other from './data/other.json' with { type: 'json' };
import product from './data/product.json' with { type: 'json' };
import { coreKey, limitsOfPlaybooks, otherKey, type Playbook, playbookSchema } from './rules.ts';

/** Stricter than what workspaces wrote before: titles that a phone shows whole. */
const productSchema = playbookSchema.superRefine(({ tasks }, context) => {
  for (const [i, { title }] of tasks.entries())
    for (const [language, text] of Object.entries(title))
      if (text.length > limitsOfPlaybooks.taskTitle)
        context.addIssue({
          code: 'custom',
          path: ['tasks', i, 'title', language],
          message: `has ${text.length} characters, more than ${limitsOfPlaybooks.taskTitle}`,
        });
});

/**
 * One of the product's own playbooks, as it is read from its file. Throws a Fault that names the file and every place
 * in it that is wrong: with a broken playbook the product does not start.
 */
export function readPlaybook(key: string, data: unknown): Playbook {
  const file = `src/playbooks/data/${key}.json`;
  const read = productSchema.safeParse(data);
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`);
    throw new Fault(`${file} is not a playbook.\n  ${problems.join('\n  ')}`);
  }
  if (read.data.key !== key) throw new Fault(`${file} is not a playbook.\n  key: must be "${key}"`);
  return read.data;
}

/** `tasks[3].title.fr` */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '') || 'the whole file';

const files = { product, campaign, misconduct, harassment, breach, disinformation, executive, boycott, other };

/** The eight of discipline F in its order, then `other`. */
export const productPlaybooks: readonly Playbook[] = Object.entries(files).map(([key, data]) =>
  readPlaybook(key, data),
);
export const productCore: Playbook = readPlaybook(coreKey, core);

const byKey = new Map([...productPlaybooks, productCore].map((playbook) => [playbook.key, playbook]));

/** The product's own version of a playbook, if it has one under this key. */
export const productPlaybook = (key: string): Playbook | undefined => byKey.get(key);
export const productOther: Playbook = readPlaybook(otherKey, other);
