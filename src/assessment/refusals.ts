import { bilingual, type Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { noWords, sayCommonNo } from '../crises/refusals.ts';
import type { CalibrationRefusal } from './calibration.ts';
import type { AssessmentRefusal } from './rules.ts';
import { words as assessmentWords } from './text.ts';

const words = bilingual(
  {
    same_level: 'That is already the level: there is nothing to change.',
    may_not_assess:
      'Your workspace reserves declaring, and assessing with it, to a few people. Tell one of them what you saw.',
    not_seen: 'I know of no such assessment that you may see. `/crisis assess list` shows yours.',
    title_missing: 'Give it a title: a few words that everybody will recognise.',
    concerns_assessor: 'You cannot assess what concerns you: ask a colleague whom it does not concern.',
    nothing_known: 'Answer at least one question: from nothing no level follows.',
    stale: (who: string, what: string) =>
      `${who} changed this meanwhile (${what}). Open it again with \`/crisis assess list\`.`,
    already_declared: 'A crisis was declared from it. Assess it in its war room.',
    not_watched: 'It is not watched any more: there is nothing to end.',
    superseded: 'It was assessed again since. Decide on the newest assessment.',
    reason_missing: 'Say why in a sentence: it stands beside the computed level.',
    time_missing: 'Choose when to look again.',
    time_past: 'That time is over. Choose one to come.',
    time_too_far: 'Choose a time within 31 days.',
    may_not_calibrate:
      'Weights are for communication, management, those trusted to declare, and Slack administrators. Ask one of them.',
    weights_sum: (sum: number) =>
      sum > 100 ? `They add up to ${sum}: take ${sum - 100} away.` : `They add up to ${sum}: ${100 - sum} are missing.`,
    weights_range: 'Each weight is a whole number from 0 to 100.',
    weights_same: 'These are the weights in force: there is nothing to save.',
    weights_stale: 'Somebody saved other weights meanwhile. Compare again.',
    weights_reason: 'Say why, in at most 500 characters.',
    case_title: 'Give the case a title of at most 100 characters.',
    case_gone: 'That case was removed already.',
  },
  {
    same_level: 'C’est déjà le niveau en vigueur : il n’y a rien à changer.',
    may_not_assess:
      'Votre espace réserve le déclenchement, et donc l’évaluation, à quelques personnes. Dites à l’une d’elles ce que vous avez vu.',
    not_seen:
      'Je ne connais aucune évaluation de ce genre que vous puissiez voir. `/crise évaluer liste` montre les vôtres.',
    title_missing: 'Donnez un titre : quelques mots que chacun reconnaîtra.',
    concerns_assessor:
      'Vous ne pouvez pas évaluer ce qui vous concerne : demandez-le à un collègue que cela ne concerne pas.',
    nothing_known: 'Répondez à une question au moins : de rien ne découle aucun niveau.',
    stale: (who, what) => `${who} a modifié ce sujet entre-temps (${what}). Rouvrez-le avec \`/crise évaluer liste\`.`,
    already_declared: 'Une crise a été déclenchée à partir de là. Évaluez-la dans sa cellule.',
    not_watched: 'Ce sujet n’est plus en veille : il n’y a rien à terminer.',
    superseded: 'Une évaluation plus récente a été faite. Décidez à partir de celle-là.',
    reason_missing: 'Dites pourquoi en une phrase : elle figure à côté du niveau calculé.',
    time_missing: 'Choisissez quand revoir ce sujet.',
    time_past: 'Cette heure est passée. Choisissez-en une à venir.',
    time_too_far: 'Choisissez une date dans les 31 jours.',
    may_not_calibrate:
      'Les poids relèvent de la communication, de la direction, des personnes autorisées à déclencher et des administrateurs Slack. Demandez à l’un d’eux.',
    weights_sum: (sum) =>
      sum > 100 ? `La somme est ${sum} : retirez ${sum - 100}.` : `La somme est ${sum} : il manque ${100 - sum}.`,
    weights_range: 'Chaque poids est un nombre entier de 0 à 100.',
    weights_same: 'Ce sont les poids en vigueur : il n’y a rien à enregistrer.',
    weights_stale: 'Quelqu’un a enregistré d’autres poids entre-temps. Comparez de nouveau.',
    weights_reason: 'Dites pourquoi, en 500 caractères au plus.',
    case_title: 'Donnez au cas un titre de 100 caractères au plus.',
    case_gone: 'Ce cas a déjà été retiré.',
  },
);

/** Plain text: why not, and what to do next. `named` is asked for the person who was faster. */
export function sayNo(refusal: AssessmentRefusal, { language, named }: Reader): string {
  const w = words(language);
  if (refusal.code === 'not_in_room' || refusal.code === 'closed') return sayCommonNo(refusal, language);
  if (refusal.code === 'too_long') return noWords(language).tooLong(refusal.length, refusal.most);
  if (refusal.code === 'stale')
    return w.stale(named(refusal.matter.changedBy), assessmentWords(language).status[refusal.matter.status]);
  return w[refusal.code];
}

/** The same for what concerns the weights and the cases they are compared with. */
export function sayCalibrationNo(refusal: CalibrationRefusal, language: Language): string {
  const w = words(language);
  return refusal.code === 'weights_sum' ? w.weights_sum(refusal.sum) : w[refusal.code];
}
