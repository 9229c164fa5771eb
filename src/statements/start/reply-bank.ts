import type { Bilingual } from '../../core/locale.ts';

/** Whether what somebody writes about us is true: asked before anything else (discipline C10, whose model asks too late). */
export const truths = ['true', 'partly', 'false', 'unknown'] as const;
export type ReplyTruth = (typeof truths)[number];

export const replyCategories = [
  'unhappy',
  'misguided',
  'crisis',
  'positive',
  'vulnerable',
  'threat',
  'journalist',
  'employee',
  'rager',
  'troll',
] as const;
export type ReplyCategory = (typeof replyCategories)[number];

export type BankReply = { id: string; body: Bilingual };

/** Texts to start from, per category; none where nothing is answered in public (discipline C10). */
const bank: Partial<Record<ReplyCategory, readonly BankReply[]>> = {
  unhappy: [
    {
      id: 'unhappy',
      body: {
        en: 'Hello {first_name}, that is not the experience we want for you. Please message us with {ref}; we will come back to you before {time}.',
        fr: 'Bonjour {prenom}, ce n’est pas l’expérience que nous voulons vous offrir. Pouvez-vous nous écrire en privé avec {reference} ? Nous revenons vers vous avant {heure}.',
      },
    },
  ],
  misguided: [
    {
      id: 'misguided',
      body: {
        en: 'Hello, one point is not accurate: {fact}. Source and updates: {url}.',
        fr: 'Bonjour, un élément est inexact : {fait}. Source et suivi : {adresse}.',
      },
    },
  ],
  crisis: [
    {
      id: 'crisis',
      body: {
        en: 'We have seen your message. Verified information is here: {url}; next update at {time}.',
        fr: 'Nous avons vu votre message. Les informations vérifiées sont ici : {adresse}, prochaine mise à jour à {heure}.',
      },
    },
  ],
};

export const repliesOf = (category: ReplyCategory): readonly BankReply[] => bank[category] ?? [];

const forOthers: readonly ReplyCategory[] = ['threat', 'journalist', 'employee', 'vulnerable'];

export type Advice = 'reply' | 'reply_after_check' | 'correct_is_wrong' | 'no_reply' | 'hand_over';

/**
 * What to do with a comment. Nothing true is corrected, and what is not known to be false is checked first; trolls and
 * rants are watched, not answered; threats, journalists, colleagues and people in distress are for somebody else.
 */
export function adviceFor(category: ReplyCategory, truth: ReplyTruth): Advice {
  if (category === 'troll' || category === 'rager') return 'no_reply';
  if (forOthers.includes(category)) return 'hand_over';
  if (category !== 'misguided') return 'reply';
  if (truth === 'true' || truth === 'partly') return 'correct_is_wrong';
  return truth === 'unknown' ? 'reply_after_check' : 'reply';
}
