import { z } from 'zod';
import { NotJson, readJson } from './json-lines.ts';
import { isBeat, isReserved, isTimeZone, limitsOfSettings } from './rules.ts';
import { beatLevels, completed, type Settings, worthKeeping } from './settings.ts';

const format = 'crisis-war-room/settings';
const fileVersion = 1;
const largestFile = 200_000;

/** What may be wrong with one place of a settings file; each has words in both languages. */
export type FileProblemCode =
  | 'not_json'
  | 'too_large'
  | 'format'
  | 'version'
  | 'language'
  | 'time_zone'
  | 'yes_or_no'
  | 'people'
  | 'groups'
  | 'declarers'
  | 'minutes'
  | 'days'
  | 'departments'
  | 'department'
  | 'key'
  | 'name'
  | 'twice'
  | 'unknown_field';
export type FileProblem = { line: number; where: string; code: FileProblemCode };

const is = (code: FileProblemCode) => ({ error: code });
const people = z.array(z.string(is('people')).regex(/^[UW][A-Z0-9]{2,}$/, is('people')), is('people'));
const groups = z.array(z.string(is('groups')).regex(/^S[A-Z0-9]{2,}$/, is('groups')), is('groups'));
const minutes = z.number(is('minutes')).refine(isBeat, is('minutes'));

const department = z.strictObject(
  {
    key: z
      .string(is('key'))
      .regex(/^[a-z0-9][a-z0-9-]{0,29}$/, is('key'))
      .refine((key) => !isReserved(key), is('key')),
    name: z.string(is('name')).min(1, is('name')).max(limitsOfSettings.departmentName, is('name')).nullish(),
    people: people.default([]),
    deputies: people.default([]),
    groups: groups.default([]),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? 'unknown_field' : 'department') },
);

const schema = z.strictObject(
  {
    format: z.literal(format, is('format')),
    version: z.literal(fileVersion, is('version')),
    language: z.enum(['en', 'fr'], is('language')),
    timeZone: z.string(is('time_zone')).refine(isTimeZone, is('time_zone')),
    private: z.boolean(is('yes_or_no')),
    declarers: z.union([z.null(), people], is('declarers')),
    digestMinutes: z.strictObject(
      Object.fromEntries(beatLevels.map((level) => [level, minutes.optional()])) as Record<
        (typeof beatLevels)[number],
        z.ZodOptional<typeof minutes>
      >,
      { error: (issue) => (issue.code === 'unrecognized_keys' ? 'unknown_field' : 'minutes') },
    ),
    keepDaysAfterRemoval: z.number(is('days')).int(is('days')).min(1, is('days')).max(36_500, is('days')).nullish(),
    departments: z
      .array(department, is('departments'))
      .max(limitsOfSettings.departments, is('departments'))
      .superRefine((all, context) => {
        for (const [i, { key }] of all.entries())
          if (all.findIndex((d) => d.key === key) !== i)
            context.addIssue({ code: 'custom', path: [i, 'key'], message: 'twice' });
      }),
    /** For people who read the file; ignored. */
    names: z.unknown().optional(),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? 'unknown_field' : 'format') },
);

/**
 * The settings as a file that a repository can keep: the same settings give the same text. `names` says who the ids
 * are, for people who read it; it is ignored when the file comes back.
 */
export function toFile(settings: Settings, nameOf: (id: string) => string): string {
  const departments = worthKeeping(completed(settings.departments));
  const ids = departments.flatMap((d) => [...d.people, ...d.deputies, ...d.groups]);
  const named = [...new Set([...ids, ...(settings.declarers ?? [])])].toSorted();
  const content = {
    format,
    version: fileVersion,
    language: settings.language,
    timeZone: settings.timeZone,
    private: settings.private,
    declarers: settings.declarers,
    digestMinutes: Object.fromEntries(
      beatLevels.flatMap((level) => {
        const every = settings.digestMinutes[level];
        return every === undefined ? [] : [[level, every]];
      }),
    ),
    ...(settings.keepDaysAfterRemoval === null ? {} : { keepDaysAfterRemoval: settings.keepDaysAfterRemoval }),
    departments: departments.map(({ key, name, people: called, deputies, groups: chosen }) => ({
      key,
      ...(name === null ? {} : { name }),
      people: called,
      deputies,
      groups: chosen,
    })),
    names: Object.fromEntries(named.map((id) => [id, nameOf(id)])),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Reads such a file, or says line by line what is wrong with it. */
export function readSettingsFile(
  text: string,
): { ok: true; settings: Settings } | { ok: false; problems: FileProblem[] } {
  if (text.length > largestFile) return { ok: false, problems: [{ line: 1, where: '', code: 'too_large' }] };
  try {
    return check(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { ok: false, problems: [{ line: error.line, where: '', code: 'not_json' }] };
  }
}

function check(text: string): { ok: true; settings: Settings } | { ok: false; problems: FileProblem[] } {
  const { value, line } = readJson(text);
  const read = schema.safeParse(value);
  if (!read.success) return { ok: false, problems: problemsOf(read.error.issues, line) };
  const { format: _format, version: _version, names: _names, ...content } = read.data;
  const departments = content.departments.map((d) => ({ ...d, name: d.name ?? null }));
  const digestMinutes = Object.fromEntries(Object.entries(content.digestMinutes).filter(([, m]) => m !== undefined));
  const keepDaysAfterRemoval = content.keepDaysAfterRemoval ?? null;
  return {
    ok: true,
    settings: { ...content, keepDaysAfterRemoval, digestMinutes, departments: completed(departments) },
  };
}

function problemsOf(issues: z.core.$ZodIssue[], line: (...path: PropertyKey[]) => number): FileProblem[] {
  const all = issues.flatMap((issue): FileProblem[] => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({
      line: line(...path),
      where: path.map(String).join(' › '),
      code: issue.message as FileProblemCode,
    }));
  });
  return all.toSorted((a, b) => a.line - b.line);
}
