import { type Language, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { StatementKind } from '../core/statement-kinds.ts';
import { departmentName } from '../people/text.ts';
import { leadSeat } from './policy.ts';
import type { Status } from './statement.ts';

const kindHints: Record<Language, Partial<Record<StatementKind, string>>> = {
  en: {
    holding: 'First words, while the facts are being established',
    reply_from_bank: 'Taken from the bank of cleared replies',
    sensitive: 'Apology, compensation, recall, named person, market-sensitive',
  },
  fr: {
    holding: 'Première prise de parole, le temps d’établir les faits',
    reply_from_bank: 'Tirée de la banque de réponses',
    sensitive: 'Excuses, indemnisation, rappel, personne citée, effet sur le cours',
  },
};

const statusNames = {
  en: {
    draft: 'Draft',
    in_review: 'In review',
    changes_requested: 'Changes requested',
    approved: 'Approved',
    rejected: 'Rejected',
    published: 'Published',
    withdrawn: 'Withdrawn',
  },
  fr: {
    draft: 'Projet',
    in_review: 'En validation',
    changes_requested: 'Modifications demandées',
    approved: 'Validé',
    rejected: 'Refusé',
    published: 'Publié',
    withdrawn: 'Retiré',
  },
} satisfies Record<Language, Record<Status, string>>;
const statusMarks: Record<Status, string> = {
  draft: '📝',
  in_review: '⏳',
  changes_requested: '✏️',
  approved: '✅',
  rejected: '⛔',
  published: '📣',
  withdrawn: '🗑️',
};

export const kindHint = (kind: StatementKind, language: Language): string | undefined => kindHints[language][kind];
export const statusName = (status: Status, language: Language): string => statusNames[language][status];
/** The mark never stands without the word. */
export const statusLabel = (status: Status, language: Language): string =>
  `${statusMarks[status]} ${statusName(status, language)}`;
/** The language a statement is written in, said in the reader's. */
export const languageName = (of: Language, language: Language): string =>
  ({ en: { en: 'English', fr: 'French' }, fr: { en: 'anglais', fr: 'français' } })[language][of];

/** Who names seats: somebody who reads, or the timeline. */
export type SeatNames = Pick<Reader, 'language' | 'department'>;

/** What is stored has the product's own names. */
export const storedNames = (language: Language): SeatNames => ({
  language,
  department: (key) => departmentName(key, null, language),
});

const lead: Record<Language, string> = { en: 'Crisis lead', fr: 'Pilote de crise' };

export const seatName = (seat: string, { language, department }: SeatNames): string =>
  seat === leadSeat ? lead[language] : department(seat);
export const seatList = (seats: readonly string[], names: SeatNames): string =>
  list(
    names.language,
    seats.map((seat) => seatName(seat, names)),
  );
