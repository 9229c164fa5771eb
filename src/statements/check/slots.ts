import type { Language } from '../../core/locale.ts';
import { facetsOf } from './figures.ts';
import { sentencesOf, wordCount } from './tokens.ts';

/** What first words hold, in this order; empathy comes first when anybody is harmed (discipline C8). */
export const slots = ['fact', 'empathy', 'action', 'instruction', 'unknown', 'next', 'contact'] as const;
export type Slot = (typeof slots)[number];

/** Discipline C8. */
const longestHolding = 90;

const placeholders: Record<Slot, readonly string[]> = {
  fact: ['fact', 'true_fact', 'medium', 'campaign', 'claim', 'system'],
  empathy: [],
  action: ['action1', 'action2', 'measure'],
  instruction: ['instruction'],
  unknown: [],
  next: ['next_update'],
  contact: ['contact', 'url'],
};

/** Turns by which each slot is known. They are hints: whether a sentence does what its slot asks, a person reads. */
const cues: Record<Language, Record<Exclude<Slot, 'next'>, RegExp>> = {
  en: {
    fact: /\b(?:aware of|have been told|learned of|have seen|report(?:ed|s)|detected|found|confirmed|identified|published|withdrew|happened|since|circulat\w+|were hurt|was hurt|have listened|are reading your)\b/i,
    empathy:
      /\b(?:thoughts?|sorry|apologi[sz]\w*|sympath\w+|condolences|understand your|your concern|people affected|those affected|full support|respect for|priority is the safety|in touch with (?:the|both|all) famil\w+|hurt or offended|have listened|safety of)\b/i,
    action:
      /\bwe (?:\w+ )?(?:have|are|will|withdrew|suspended|stopped|opened|informed|launched)\b|\bwe['’]ve\b|\b(?:our teams|checking|acting|investigat\w+|inquiry|review\w+|measures|reported to|evidence)\b/i,
    instruction:
      /\b(?:please|do not (?:eat|use|drink|share|open|click|reply|touch|throw)|for your safety|stop (?:using|eating)|bring (?:it|them|the)|return (?:it|them|the)|keep the|check (?:the|your|whether)|if you have|call (?:us|your|a|the)|we ask (?:you|of you)|offer to meet|may do so|can do so|what to do)\b/i,
    unknown:
      /\b(?:(?:do|does) not (?:yet )?know|not yet|yet (?:known|clear|established)|still (?:establishing|checking|looking|trying|being|investigating|verifying)|not speculate|will not (?:guess|comment)|are checking|being (?:checked|verified)|verifying|to understand|at this stage|while we understand)\b/i,
    contact: /\b(?:contact|call us|write to us|reach us|e-?mail us|press office|information(?: and \w+)?:|hotline)\b/i,
  },
  fr: {
    fact: /(?:avons connaissance|pris connaissance|avons vu|avons constaté|constaté|avons appris|signal|détecté|confirmé|établi|publié|retiré|depuis|circule|ont été blessé|lisons vos réactions|avons entendu|l['’]avons entendu)/i,
    empathy:
      /(?:pensons|pensées|désolé|excus|compassion|condoléances|comprenons|inquiétude|personnes? (?:concernée|touchée|affectée|blessée)|soutien|respect pour|priorité est la sécurité|sécurité de (?:nos|chacun|tous)|auprès des (?:familles|victimes)|blessé ou choqué|avons entendu|en contact avec (?:les|leurs) familles)/i,
    action:
      /(?:nous (?:l['’])?avons|nos équipes|nous (?:vérifi|agiss|travaill|revoy|enquêt|mett|pren|suspend|retir|échange|men)|enquête|mesures|vérifient|sont signalés|preuves)/i,
    instruction:
      /(?:merci de|veuillez|nous vous demandons|par sécurité|ne (?:l|le|la|les|pas) ?(?:consomm|utilis|ouvr|jet|relay|diffus|mang|cliqu|répond)|n['’]utilisez|ne (?:consommez|mangez|jetez|cliquez|répondez|relayez|diffusez)|rapportez|conservez|cessez|vérifiez|appelez|si vous (?:avez|détenez|possédez)|que faire|proposons d['’]échanger|peuvent le faire)/i,
    unknown:
      /(?:ne (?:savons|connaissons) pas|ne le savons pas|pas encore|cherchons encore|encore (?:à|en|la)|reste(?:nt)? à|en cours de (?:vérification|clarification)|vérifions|vérifient|à ce stade|ne commenterons pas|le temps de comprendre|pour comprendre|établir)/i,
    contact:
      /(?:contact|appelez|écrivez|nous écrire|joindre|service de presse|informations?(?: et \w+)? ?:|numéro vert|consultez|suivi ?:)/i,
  },
};

const announces: Record<Language, RegExp> = {
  en: /\b(?:next (?:update|information|message|point|statement)|update(?:d)? (?:at|on|by)|we will (?:\w+ ){0,6}(?:say|tell|speak|give|update|publish|come back|report|answer|inform)|will be published|we speak (?:again|next))\b/i,
  fr: /(?:prochain(?:e)?s? (?:point|information|mise à jour|message|communiqué|rendez-vous)|mise à jour (?:à|le|prévue)|nous (?:vous )?(?:dirons|parlerons|informerons|publierons|ferons|reviendrons|donnerons|communiquerons)|nous nous exprimerons)/i,
};

/** Which slots a text seems to fill. `next` needs an hour, a day or the placeholder beside what announces it. */
function slotsIn(text: string, language: Language): Record<Slot, boolean> {
  const facets = facetsOf(text, language);
  const keys = new Set(facets.filter(({ kind }) => kind === 'placeholder').map(({ key }) => key));
  const sentences = sentencesOf(text);
  const isDated = ({ start, end }: { start: number; end: number }) =>
    facets.some(
      (f) =>
        f.start >= start &&
        f.end <= end &&
        (f.kind === 'time' || f.kind === 'date' || (f.kind === 'placeholder' && f.key === 'next_update')),
    );
  const byCue = (slot: Exclude<Slot, 'next'>) =>
    cues[language][slot].test(text) || placeholders[slot].some((key) => keys.has(key));
  return {
    fact: byCue('fact'),
    empathy: byCue('empathy'),
    action: byCue('action'),
    instruction: byCue('instruction'),
    unknown: byCue('unknown'),
    next: sentences.some((s) => announces[language].test(s.text) && isDated(s)) || keys.has('next_update'),
    contact: byCue('contact') || facets.some((f) => f.kind === 'address' || f.key.startsWith('tel:')),
  };
}

export type HoldingCheck = { missing: Slot[]; words: number; isLong: boolean };

export function checkHolding(text: string, language: Language): HoldingCheck {
  const present = slotsIn(text, language);
  const words = wordCount(text);
  return { missing: slots.filter((slot) => !present[slot]), words, isLong: words > longestHolding };
}
