import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

// Run by hand after an update of @slack/types:  npx tsx src/sandbox/server/validation/generate.ts

type Schema = { [key: string]: unknown };
type Definitions = Record<string, Schema>;

const types = fileURLToPath(import.meta.resolve('@slack/types')).replace(/\.js$/, '.d.ts');
const target = fileURLToPath(new URL('block-kit.schema.json', import.meta.url));

const generated = createGenerator({
  path: types,
  type: 'KnownBlock',
  skipTypeCheck: true,
  additionalProperties: false,
  encodeRefs: false,
  jsDoc: 'none',
}).createSchema('KnownBlock') as { definitions: Definitions };

const definitions = generated.definitions;
const schema = {
  $comment: 'Generated from the types Slack publishes; do not edit. See generate.ts.',
  $ref: '#/definitions/KnownBlock',
  definitions: Object.fromEntries(Object.entries(definitions).map(([name, one]) => [name, discriminated(one)])),
};
writeFileSync(target, `${JSON.stringify(schema)}\n`);

/** Unions that differ by `type` say so, so that a mistake is told about the member that was meant. */
function discriminated(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(discriminated);
  if (typeof node !== 'object' || node === null) return node;
  const schema = node as Schema;
  const members = Array.isArray(schema.anyOf) ? flatten(schema) : [];
  const groups = byType(members);
  if (members.length < 2 || groups.has(undefined)) {
    return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, discriminated(value)]));
  }
  return conditional(groups);
}

/** Each type leads to the few members that bear it. */
function conditional(groups: Map<string | undefined, Schema[]>): Schema {
  return {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: [...groups.keys()] } },
    allOf: [...groups].map(([type, members]) => when(type, members)),
  };
}

function when(type: string | undefined, members: Schema[]): Schema {
  const meant = members.length === 1 ? discriminated(members[0]) : { anyOf: members.map(discriminated) };
  // oxlint-disable-next-line unicorn/no-thenable -- the word is JSON Schema's
  return { if: { properties: { type: { const: type } } }, then: meant };
}

function byType(members: Schema[]): Map<string | undefined, Schema[]> {
  const groups = new Map<string | undefined, Schema[]>();
  for (const member of members) {
    const type = typeOf(resolve(member));
    groups.set(type, [...(groups.get(type) ?? []), member]);
  }
  return groups;
}

function flatten(schema: Schema): Schema[] {
  const inner = resolve(schema);
  if (!Array.isArray(inner.anyOf)) return [schema];
  return (inner.anyOf as Schema[]).flatMap(flatten);
}

function resolve(schema: Schema): Schema {
  if (typeof schema.$ref !== 'string') return schema;
  return definitions[schema.$ref.replace('#/definitions/', '')] ?? {};
}

function typeOf(schema: Schema): string | undefined {
  const properties = schema.properties as Record<string, Schema> | undefined;
  const constant = properties?.type?.const;
  return typeof constant === 'string' ? constant : undefined;
}
