import { bilingual } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { momentOf } from '../core/time.ts';
import { noWords, sayCommonNo } from '../crises/refusals.ts';
import { type FactRecord, type FactRefusal, factMax, reasonMax, sourceMax } from './rules.ts';
import { words as factWords } from './text.ts';

type Seen = { number: number; by: string; at: string; status: string };

const words = bilingual(
  {
    text_missing: () => 'Say what the fact is: one claim that can be checked.',
    source_missing: (wanted: 'confirmed' | 'false') =>
      wanted === 'confirmed'
        ? 'A confirmed fact needs its source: who says so, or which document. Without one, leave it as being checked.'
        : 'To say that it is false, say what shows it: a document, a person, a measurement. Without that, leave it as being checked.',
    source_of_other: () =>
      'Somebody else confirmed the words as they were, on this source. To confirm the new ones in your name, say what you have them from; otherwise choose “Being checked”.',
    reason_missing: () =>
      'Somebody confirmed this, or said that it is false: say why it changes. It goes into the timeline.',
    not_said_false: ({ number, by, at, status }: Seen) =>
      `Nothing waits for a second person any more: fact F${number} is “${status}” since ${by} changed it, ${at}.`,
    same_person: () =>
      'You are the one who said that it is false. Somebody else of the cell has to check it and confirm.',
    what: (number: number) => `fact F${number}`,
  },
  {
    text_missing: () => 'Dites quel est le fait : une seule affirmation, vérifiable.',
    source_missing: (wanted) =>
      wanted === 'confirmed'
        ? 'Un fait confirmé a besoin de sa source : qui le dit, ou quel document. Sans source, laissez-le en vérification.'
        : 'Pour dire qu’il est faux, indiquez ce qui le montre : un document, une personne, une mesure. Sans cela, laissez-le en vérification.',
    source_of_other: () =>
      'Quelqu’un d’autre a confirmé le texte précédent, sur la foi de cette source. Pour confirmer le nouveau en votre nom, dites d’où vous le tenez ; sinon, choisissez « En cours de vérification ».',
    reason_missing: () =>
      'Quelqu’un l’a confirmé, ou déclaré faux : dites pourquoi cela change. Le motif figure dans la main courante.',
    not_said_false: ({ number, by, at, status }) =>
      `Plus rien n’attend de seconde personne : le fait F${number} est « ${status} » depuis la modification de ${by}, ${at}.`,
    same_person: () =>
      'C’est vous qui avez dit qu’il est faux. Quelqu’un d’autre de la cellule doit le vérifier et le confirmer.',
    what: (number) => `le fait F${number}`,
  },
);

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: FactRefusal, reader: Reader): string {
  const [w, shared] = [words(reader.language), noWords(reader.language)];
  switch (refusal.code) {
    case 'text_too_long':
      return shared.tooLong(refusal.length, factMax);
    case 'source_too_long':
      return shared.tooLong(refusal.length, sourceMax);
    case 'reason_too_long':
      return shared.tooLong(refusal.length, reasonMax);
    case 'source_missing':
      return w.source_missing(refusal.status);
    case 'not_said_false':
      return w.not_said_false(seen(refusal.fact, reader));
    case 'stale': {
      const { number, by, at } = seen(refusal.fact, reader);
      return shared.stale(w.what(number), by, at);
    }
    case 'text_missing':
    case 'source_of_other':
    case 'reason_missing':
    case 'same_person':
      return w[refusal.code]();
    case 'not_in_room':
    case 'closed':
    case 'cannot_own':
    case 'nothing_changed':
      return sayCommonNo(refusal, reader.language);
  }
}

const seen = (fact: FactRecord, reader: Reader) => ({
  number: fact.number,
  by: reader.named(fact.changedBy),
  at: momentOf(fact.changedAt, reader),
  status: factWords(reader.language).status[fact.status],
});
