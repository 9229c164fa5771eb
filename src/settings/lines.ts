import type { Level } from '../core/levels.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { levelName } from '../crises/text.ts';
import { departmentName } from '../people/text.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import type { Gap } from './rules.ts';
import type { Difference } from './settings.ts';
import { words } from './text.ts';

/** `*Legal*: add Helen Park; remove Tom Becker`. `safe` makes names fit for where they are shown. */
export function differenceText(
  found: Difference,
  { language, named }: Pick<Reader, 'language' | 'named'>,
  safe: (text: string) => string = (text) => text,
): string {
  const w = words(language).change;
  const list = (ids: readonly string[]) => ids.map((id) => safe(named(id))).join(', ');
  const nameOf = (d: { key: string; name: string | null }) => safe(departmentName(d.key, d.name, language));
  switch (found.what) {
    case 'people':
    case 'deputies':
    case 'groups': {
      const parts = [
        ...(found.added.length > 0 ? [w.added(list(found.added))] : []),
        ...(found.removed.length > 0 ? [w.removed(list(found.removed))] : []),
      ];
      return w[found.what](nameOf(found.department), parts.join(language === 'fr' ? ' ; ' : '; '));
    }
    case 'department_added':
    case 'department_removed':
      return w[found.what](nameOf(found.department));
    case 'declarers':
      return w.declarers(found.to ? list(found.to) : w.everybody);
    case 'private':
      return found.to ? w.private : w.public;
    case 'language':
      return w.language(words(language).languages[found.to]);
    case 'time_zone':
      return w.timeZone(safe(found.to));
    case 'keep_days':
      return w.keepDays(found.to);
    case 'digest':
      return digestText(found.level, found.to, language);
  }
}

function digestText(level: Level, minutes: number | null, language: Language): string {
  const w = words(language).change;
  if (minutes === 0) return w.digestNone(levelName(level, language));
  return minutes === null
    ? w.digestStandard(levelName(level, language))
    : w.digest(levelName(level, language), minutes);
}

/** mrkdwn. The departments are those of the settings as they are saved. */
export function gapLine(gap: Gap, reader: Reader): string {
  const w = words(reader.language).gap;
  const department = escapeMrkdwn(reader.department(gap.department));
  return gap.kind === 'unavailable' ? w.unavailable(department, escapeMrkdwn(gap.name)) : w[gap.kind](department);
}
