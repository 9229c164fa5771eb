import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';

let compiled: ValidateFunction | undefined;

/** Whether blocks are what Slack's published types say. Compiled at the first use: starting must stay quick. */
export function structureProblems(blocks: readonly unknown[], pointer: string): string[] {
  const validate = (compiled ??= compile());
  return blocks.flatMap((block, index) => {
    if (validate(block)) return [];
    return readable(validate.errors ?? []).map(
      (error) => `[ERROR] ${words(error)} [json-pointer:${pointer}/${index}${error.instancePath}]`,
    );
  });
}

function compile(): ValidateFunction {
  const load = createRequire(import.meta.url);
  const { Ajv } = load('ajv') as typeof import('ajv');
  const schema = JSON.parse(readFileSync(new URL('block-kit.schema.json', import.meta.url), 'utf8')) as object;
  // These options halve the time to compile twice over; each schema is checked once per message, so speed is not missed.
  const quick = { inlineRefs: false, validateSchema: false, code: { optimize: false } };
  return new Ajv({ allErrors: true, strict: false, ...quick }).compile(schema);
}

/** Only the errors that say what is wrong, not those that say something under them is. */
function readable(errors: readonly ErrorObject[]): ErrorObject[] {
  const telling = errors.filter((error) => error.keyword !== 'if' && error.keyword !== 'anyOf');
  return telling.length > 0 ? telling : [...errors];
}

function words(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') return `unexpected field "${String(params.additionalProperty)}"`;
  if (error.keyword === 'required') return `missing required field: ${String(params.missingProperty)}`;
  if (error.keyword === 'enum') return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
  if (error.keyword === 'const') return `must be ${String(params.allowedValue)}`;
  return error.message ?? error.keyword;
}
