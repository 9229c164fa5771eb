import type { Language } from '../../core/locale.ts';

/** Something that we say we have done. */
export type Deed = { start: number; end: number };

/** Verbs of learning and feeling: whoever has heard of something has done nothing about it yet. */
const notDeeds = {
  en: 'seen|heard|learned|learnt|read|noticed|noted|received|listened|understood|known|been|had|become|experienced|suffered|discovered|detected|found|identified|established|confirmed|observed|failed|missed|fallen|hurt|caused|offended|disappointed|worked|grown|lived|served|always|decided|agreed|needed|wanted|hoped|feared|recognised|recognized|realised|realized|concerned|committed|indeed|hundred|red',
  fr: 'vu|vus|vue|vues|lu|lus|appris|entendu|entendue|entendus|entendues|écouté|reçu|reçus|reçue|reçues|constaté|constatée|noté|compris|comprise|su|eu|été|identifié|identifiée|détecté|détectée|découvert|découverte|subi|connu|décidé|confirmé|confirmée|établi|établie|observé|relevé|failli|manqué|blessé|causé|déçu|choqué|travaillé|grandi|toujours|voulu|souhaité|pu|dû|reconnu|plus|tous|tout|ici|aussi|ainsi|depuis|parmi|lundi|mardi|jeudi|vendredi|samedi|midi|jusqu|nous|vous|pas|les|mis en cause',
} as const;

const irregular =
  'withdrawn|taken|made|begun|started|brought|built|cut|done|given|gone|held|kept|left|let|paid|put|set|sent|shut|spoken|told|written|met|sought|hired|frozen|broken|chosen|drawn|laid|led|run|spent|stood|stuck|sworn|undertaken|got|gotten|sold|bought';

/** What companies say they did, in the tenses of a finished act. */
const pastEn =
  'withdrew|suspended|stopped|recalled|removed|closed|opened|informed|notified|alerted|contacted|reported|launched|started|began|hired|appointed|dismissed|fired|refunded|reimbursed|compensated|corrected|fixed|secured|deleted|blocked|isolated|filed|sent|called|met|replaced|cancelled|canceled|halted|paused|evacuated|quarantined|tested|inspected|published|shut|took|handed|entrusted|commissioned|set up|reset|disabled|changed|strengthened|froze|asked|warned|pulled|activated|mobilised|mobilized';
const beenEn =
  'informed|notified|alerted|withdrawn|recalled|removed|suspended|stopped|closed|entrusted|dismissed|fired|refunded|reimbursed|compensated|secured|fixed|corrected|opened|launched|contacted|blocked|isolated|preserved|deleted|replaced|cancelled|canceled|halted|paused|quarantined|filed|frozen|appointed|disabled|reset|reported to(?! (?:us|me)\\b)';
const doneFr =
  'informée?s?|prévenue?s?|alertée?s?|notifiée?s?|avertie?s?|retirée?s?|rappelée?s?|suspendue?s?|arrêtée?s?|stoppée?s?|fermée?s?|ouverte?s?|lancée?s?|confiée?s?|licenciée?s?|remboursée?s?|indemnisée?s?|sécurisée?s?|corrigée?s?|bloquée?s?|isolée?s?|supprimée?s?|contactée?s?|déposée?s?|remplacée?s?|annulée?s?|gelée?s?|désactivée?s?|nommée?s?|saisie?s?|conservée?s?|mise?s? en place|mise?s? à pied|prises? en charge|signalée?s? (?:à|aux|au)(?! nous)';

const gap = '[\\s]{1,3}';
const advEn = `(?:(?:already|also|now|just|since|today|immediately|therefore|then|both|at once|\\p{L}{3,12}ly)${gap}){0,2}`;
const advFr = `(?:(?:déjà|aussi|également|aussitôt|ainsi|donc|dès|bien|désormais|d['’]abord|en outre|tout de suite|sans délai|\\p{L}{3,12}ment)${gap}){0,2}`;
const endsWord = '(?![\\p{L}\\p{N}])';
const startsWord = '(?<![\\p{L}\\p{N}])';
const aside = '(?:,[^,.;\\n]{1,40},)?';
const weEn = `(?:we|i|the company|our (?:teams?|services?|company|management|board|ceo|stores|plant))${aside}`;
const weFr =
  "(?:on|l['’]entreprise|la société|la direction|notre (?:équipe|direction|entreprise|société|usine)|nos (?:équipes|services|magasins))";

const patterns: Record<Language, readonly RegExp[]> = {
  en: [
    new RegExp(
      `${startsWord}${weEn}(?:${gap}(?:have|has)|['’]ve)${gap}${advEn}(?!(?:${notDeeds.en})${endsWord})(?:\\p{L}{2,14}ed|${irregular})${endsWord}(?! (?:a |some )?(?:mistakes?|errors?))`,
      'giu',
    ),
    new RegExp(`${startsWord}${weEn}${gap}${advEn}(?:${pastEn})${endsWord}`, 'giu'),
    new RegExp(`${startsWord}(?:has|have|was|were)${gap}${advEn}been${gap}${advEn}(?:${beenEn})${endsWord}`, 'giu'),
    new RegExp(
      `${startsWord}(?<!we${gap})(?:was|were)${gap}${advEn}(?:informed|notified|alerted|withdrawn|recalled|removed|suspended|refunded|isolated|halted|quarantined)${endsWord}(?! (?:by|of|that))`,
      'giu',
    ),
    new RegExp(
      `${startsWord}(?:is|are)${gap}(?:now${gap}|already${gap}|currently${gap})?(?:withdrawn|suspended|halted|recalled)${endsWord}`,
      'giu',
    ),
    new RegExp(`${startsWord}measures?${gap}(?:is|are)${gap}${advEn}in place${endsWord}`, 'giu'),
  ],
  fr: [
    new RegExp(
      `${startsWord}(?:nous${gap}(?:l['’]|les${gap}|leur${gap}|vous${gap}|y${gap}|en${gap})?avons|j['’](?:l['’])?ai)${aside}${gap}${advFr}(?!(?:${notDeeds.fr})${endsWord}|pris (?:connaissance|conscience|acte|note))\\p{L}{1,14}(?:é|ée|és|ées|i|is|ie|ies|it|ite|ites|its|u|ue|us|ues|ert|erte|erts|ertes|aint)${endsWord}`,
      'giu',
    ),
    new RegExp(
      `${startsWord}${weFr}${gap}(?:l['’]|les${gap}|y${gap})?(?:a|ont)${gap}${advFr}(?!(?:${notDeeds.fr})${endsWord}|pris (?:connaissance|conscience|acte|note))\\p{L}{1,14}(?:é|ée|és|ées|i|is|it|u|ert)${endsWord}`,
      'giu',
    ),
    new RegExp(
      `${startsWord}(?:(?:a|ont)${gap}(?:(?:tous|toutes|déjà|bien|aussi|également)${gap})?été|(?:vient|viennent)${gap}d['’]être)${gap}${advFr}(?:${doneFr})${endsWord}`,
      'giu',
    ),
    new RegExp(
      `${startsWord}(?:est|sont)${gap}${advFr}(?:retirée?s?|suspendue?s?|rappelée?s?|arrêtée?s?|interrompue?s?)${endsWord}`,
      'giu',
    ),
    new RegExp(
      `${startsWord}nous${gap}venons${gap}d(?:e${gap}|['’])(?:l['’]|les${gap})?(?!(?:apprendre|recevoir|voir|prendre|découvrir|constater|être|vivre)${endsWord})\\p{L}{2,14}(?:er|ir|re)${endsWord}`,
      'giu',
    ),
    new RegExp(
      `${startsWord}(?:est|sont)${gap}${advFr}(?:(?:confiée?s?|signalée?s?)${gap}(?:à|aux|au)(?! nous))${endsWord}`,
      'giu',
    ),
    new RegExp(
      `${startsWord}mesures?${gap}(?:\\p{L}{4,14}${gap})?(?:est|sont)${gap}${advFr}(?:prises?|mises? en place|en place)${endsWord}`,
      'giu',
    ),
    new RegExp(`${startsWord}nous${gap}sommes${gap}${advFr}(?:intervenus?|rendus?|allés?)${endsWord}`, 'giu'),
  ],
};

const escaped = (name: string): string =>
  name
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/['’]/g, "['’]")
    .replace(/\s+/g, '\\s+');

/** A press release speaks of the company by its name. */
function ownPatterns(language: Language, names: readonly string[]): RegExp[] {
  const own = names.filter((name) => name.trim() !== '').map((name) => escaped(name.trim()));
  if (own.length === 0) return [];
  const who = `${startsWord}(?:${own.join('|')})${gap}`;
  return language === 'en'
    ? [
        new RegExp(
          `${who}(?:has|have)${gap}${advEn}(?!(?:${notDeeds.en})${endsWord})(?:\\p{L}{2,14}ed|${irregular})${endsWord}`,
          'giu',
        ),
        new RegExp(`${who}${advEn}(?:${pastEn})${endsWord}`, 'giu'),
      ]
    : [
        new RegExp(
          `${who}(?:l['’]|les${gap}|y${gap})?(?:a|ont)${gap}${advFr}(?!(?:${notDeeds.fr})${endsWord}|pris (?:connaissance|conscience|acte|note))\\p{L}{1,14}(?:é|ée|és|ées|i|is|it|u|ert)${endsWord}`,
          'giu',
        ),
      ];
}

/** `We were informed`, `l’entreprise a été alertée`: whoever has been told something has done nothing yet. */
const hearing = /(?:inform|alert|pr[ée]ven|avert|notif|saisi)\p{L}*$/iu;
const isPassive = /^(?:a|ont|has|have|was|were)\s/i;

function isOurHearing(deed: string, before: string, names: readonly string[]): boolean {
  if (!isPassive.test(deed) || !hearing.test(deed)) return false;
  const said = before.trimEnd().toLowerCase();
  return [...names, 'l’entreprise', "l'entreprise", 'la société', 'the company', 'we'].some(
    (name) => name !== '' && said.endsWith(name.toLowerCase()),
  );
}

/** Once, when, until we have …: said of what is still to come. */
const notYet = {
  en: /(?:once|when|as soon as|after|until|unless|before|if|that)[\s]{1,3}$/i,
  fr: /(?:une fois que|quand|lorsque|dès que|après que|avant que|tant que|si)[\s]{1,3}$/i,
};

/** Where a breath begins, whatever the first verb: who has heard of something may go on to what they did about it. */
const heads: Record<Language, RegExp> = {
  en: new RegExp(`${startsWord}${weEn}(?:${gap}(?:have|has)|['’]ve)${gap}`, 'giu'),
  fr: new RegExp(`${startsWord}(?:nous${gap}(?:l['’]|les${gap})?avons|${weFr}${gap}(?:a|ont))${gap}`, 'giu'),
};
/** Words that look like a finished act after `and`, and describe somebody. */
const describing = 'interested|affected|related|associated|limited|united|worried|injured|concerned|unharmed|trusted';

/** We have stopped the sale *and informed* the shops: a second act in the same breath. */
const further: Record<Language, RegExp> = {
  en: new RegExp(
    `${startsWord}and${gap}${advEn}(?!(?:${notDeeds.en}|${describing})${endsWord})(?:\\p{L}{2,14}ed|${irregular}|${pastEn})${endsWord}`,
    'giu',
  ),
  fr: new RegExp(
    `${startsWord}et${gap}${advFr}(?!(?:${notDeeds.fr})${endsWord}|pris (?:connaissance|conscience|acte|note))\\p{L}{2,14}(?:é|ée|és|ées|ert|erte)${endsWord}`,
    'giu',
  ),
};

/**
 * Where the text tells an act as done, by its grammar alone, in order of place. Finished acts of others may be among
 * them: people say whose they are. `names`: the company's own.
 */
export function deedsIn(text: string, language: Language, names: readonly string[] = []): Deed[] {
  const found: Deed[] = [];
  for (const pattern of [...patterns[language], ...ownPatterns(language, names)]) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const before = text.slice(Math.max(0, start - 16), start);
      if (isOurHearing(match[0], text.slice(Math.max(0, start - 80), start), names)) continue;
      if (notYet[language].test(before) || found.some((deed) => deed.start < end && start < deed.end)) continue;
      found.push({ start, end });
    }
  }
  return [...found, ...furtherIn(text, found, language)].sort((a, b) => a.start - b.start);
}

/** How far a breath goes, in characters. */
const breath = 160;

function furtherIn(text: string, first: readonly Deed[], language: Language): Deed[] {
  const found: Deed[] = [];
  for (const head of text.matchAll(heads[language])) {
    const from = head.index + head[0].length;
    const [rest = ''] = /^[^.!?;\n]*/.exec(text.slice(from, from + breath)) ?? [];
    for (const match of rest.matchAll(further[language])) {
      const one = { start: from + match.index, end: from + match.index + match[0].length };
      if (![...first, ...found].some((deed) => deed.start < one.end && one.start < deed.end)) found.push(one);
    }
  }
  return found;
}
