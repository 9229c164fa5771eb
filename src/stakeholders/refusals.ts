import { bilingual } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { momentOf } from '../core/time.ts';
import { noWords, sayCommonNo } from '../crises/refusals.ts';
import { theProduct } from '../people/rules.ts';
import { channelMax, nameMax, reasonMax, type StakeholderRefusal } from './rules.ts';

const words = bilingual(
  {
    name_missing: 'Say who must hear.',
    listed_already: (number: number) => `They are on the list already, as no. ${number}. Change that line instead.`,
    told_in_future: 'That moment is still to come. Mark them as told once they are.',
    reason_missing: 'Say why: later somebody will ask who was left out, and on what ground.',
    already_told: (name: string, who: string, at: string) => `“${name}”: told already by ${who}, ${at}.`,
    first_already: 'They hear first already.',
    last_already: 'They hear last already.',
    what: (name: string) => `“${name}”`,
  },
  {
    name_missing: 'Dites qui doit être informé.',
    listed_already: (number) => `Déjà sur la liste, au n° ${number}. Modifiez plutôt cette ligne.`,
    told_in_future: 'Ce moment est à venir. Marquez-les comme informés une fois que c’est fait.',
    reason_missing: 'Dites pourquoi : on demandera plus tard qui n’a pas été informé, et pour quel motif.',
    already_told: (name, who, at) => `« ${name} » : déjà informé par ${who}, ${at}.`,
    first_already: 'C’est déjà le premier de la liste.',
    last_already: 'C’est déjà le dernier de la liste.',
    what: (name) => `« ${name} »`,
  },
);

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: StakeholderRefusal, reader: Reader): string {
  const [w, shared] = [words(reader.language), noWords(reader.language)];
  switch (refusal.code) {
    case 'name_too_long':
      return shared.tooLong(refusal.length, nameMax);
    case 'channel_too_long':
      return shared.tooLong(refusal.length, channelMax);
    case 'reason_too_long':
      return shared.tooLong(refusal.length, reasonMax);
    case 'listed_already':
      return w.listed_already(refusal.number);
    case 'already_told': {
      const { name, toldBy, toldAt, changedAt } = refusal.stakeholder;
      return w.already_told(name, reader.named(toldBy ?? theProduct), momentOf(toldAt ?? changedAt, reader));
    }
    case 'stale': {
      const { name, changedBy, changedAt } = refusal.stakeholder;
      return shared.stale(w.what(name), reader.named(changedBy ?? theProduct), momentOf(changedAt, reader));
    }
    case 'name_missing':
    case 'told_in_future':
    case 'reason_missing':
    case 'first_already':
    case 'last_already':
      return w[refusal.code];
    case 'not_in_room':
    case 'closed':
    case 'cannot_own':
    case 'nothing_changed':
      return sayCommonNo(refusal, reader.language);
  }
}
