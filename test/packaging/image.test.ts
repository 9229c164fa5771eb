import { readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the Dockerfile has nothing that its linter minds', () => {
  expect(validate(read('.docker/Dockerfile'))).toEqual([]);
});

test('the secrets of the compose file are such as the product reads from files', () => {
  const named = [...read('.docker/compose.yaml').matchAll(/^ {6}(\w+_FILE): \/run\/secrets\/(\w+)$/gm)];
  const ours = named.filter(([, variable]) => !variable?.startsWith('POSTGRES_'));
  expect(ours).toHaveLength(3);
  for (const [, , secret] of named)
    expect(read('.docker/compose.yaml')).toContain(`\n  ${secret}: { file: secrets/${secret} }`);
  for (const [, variable = ''] of ours)
    expect(() => readConfig({ [variable]: '/nowhere' })).toThrow(`${variable} is not usable: the file cannot be read`);
});

test('everything that the image copies is let through to it', () => {
  const copied = [...read('.docker/Dockerfile').matchAll(/^COPY (?!--)(.*) \S+$/gm)].flatMap(([, paths = '']) =>
    paths.split(' '),
  );
  expect(copied.toSorted()).toEqual(
    read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
      .toSorted(),
  );
});
