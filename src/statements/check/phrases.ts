import type { Language } from '../../core/locale.ts';

/** Turns of phrase that are warned of wherever they stand (discipline C8; which words count is our judgement). */
const phraseCodes = [
  'speculation',
  'absolute',
  'no_comment',
  'non_apology',
  'inconvenience',
  'isolated',
  'blame',
  'threat',
  'humour',
  'self_praise',
] as const;
export type PhraseCode = (typeof phraseCodes)[number];

type Lists = Record<PhraseCode, readonly string[]>;

/** A blank stands for any blanks, `'` for either apostrophe; the rest is read as a regular expression. */
const phrases: Record<Language, Lists> = {
  en: {
    speculation: [
      'probably|possibly|perhaps|presumably|apparently|supposedly|likely|allegedly',
      'it (?:seems|appears|would seem)',
      'we (?:believe|think|suspect|assume|presume|guess)(?! of)',
      '(?:may|might|could) (?:be due to|have been caused|be caused|be explained|come from)',
      'must have been',
    ],
    absolute: [
      'never|impossible|absolutely|certainly|undoubtedly|guaranteed?|guarantees',
      '(?:no|zero|without(?: any)?) (?:risk|danger)s?',
      '(?:completely|perfectly|totally|entirely|absolutely|100 ?%) safe',
      'under no circumstances|in no way|nothing to worry about|no cause for concern',
      'no evidence (?:of|that)',
    ],
    no_comment: [
      'no comments?(?! (?:before|until))',
      '(?:decline|declined|declines|refuse|refused|refuses) to comment',
      "(?:cannot|can not|do not|will not|won't) (?:wish to )?(?:make any comment|be commenting)",
    ],
    non_apology: [
      '(?:sorry|apologies|apologi[sz]e|regret)(?: to you)? if',
      '(?:sorry|apologies|apologi[sz]e) (?:for any|to any(?:one|body)|if any|that (?:some|you|certain|people) (?:people )?(?:feel|felt|have felt|were|may))',
      'sorry you feel',
      'if (?:any(?:one|body)|some people|we|you) (?:was|were|has been|have been|have|felt|feel) (?:offended|hurt|upset|shocked|caused)',
      'may have (?:been )?(?:offended|hurt|upset|shocked)',
      'mistakes were made',
    ],
    inconvenience: ['inconveniences?|inconvenienced'],
    isolated: [
      'isolated (?:incidents?|cases?|events?|acts?|occurrences?)|one-off|(?:a )?single isolated',
      'an isolated',
    ],
    blame: [
      '(?:user|customer|operator|consumer|human) error',
      'misus(?:e|ed|ing)|improper use',
      '(?:failed|neglected|refused) to (?:follow|read|respect)',
      "(?:did not|didn't) (?:follow|read|respect) (?:the|our)",
      'should have (?:read|known|checked|followed)',
      'disgruntled|rogue (?:employee|agent)|bad apples?',
      '(?:former|ex-?) ?(?:employee|colleague|staff member|worker)s?',
      '(?:an|our|the) intern',
      '(?:the fault of|blame) (?:our|the|an?) (?:agency|supplier|contractor|provider|customers?)',
      'misunderstood|misinterpreted|taken out of (?:its )?context|oversensitive|over-?react(?:ed|ion|ing)?',
    ],
    threat: [
      'legal (?:action|proceedings)|court action|(?:we|they) will sue|sue (?:for|anyone|any|them|you)|lawsuits?',
      'prosecut(?:e|ed|ion)|press charges|our lawyers|our (?:legal )?counsel will',
      'reserve (?:the|our|all)(?: our)? rights?',
      'defamat(?:ion|ory)|libel(?:lous)?|slander(?:ous)?|cease and desist',
    ],
    humour: ['haha|lol|oops|whoops|just kidding|no pun intended|joking aside'],
    self_praise: [
      'world-class|best-in-class|industry-leading|award-winning|renowned|exemplary|impeccable|unparalleled',
      '(?:a|the|world|market|industry) leader(?:s)?(?! of| in charge)|leading (?:company|brand|provider|player|group)',
      '(?:proud|committed) (?:of|to) (?:our|excellence|quality|the highest)|excellence',
      '(?:the )?high(?:est)? (?:quality )?standards?',
      '(?:trusted|responsible|transparent) (?:brand|company|partner|name|employer)',
      'takes? (?:your |the |our |customer )?(?:security|privacy|safety|quality|data protection)(?: of [^.,;]{1,30})? (?:very |extremely )?seriously',
      '(?:at the heart of|part of) (?:everything we do|our values|our dna)',
    ],
  },
  fr: {
    speculation: [
      'probablement|vraisemblablement|apparemment|sans doute|peut-être|a priori|semble-t-il',
      "il (?:semble|semblerait|se peut|se pourrait|est possible|est probable)(?: que| qu'|,)?",
      "nous (?:pensons|croyons|supposons|présumons|soupçonnons) (?:que|qu'|une|un)|on peut (?:supposer|penser)",
      '(?:serait|seraient|pourrait être|pourraient être|semble|semblerait) (?:dû|dus|due?s?|lié(?:e|s|es)?) (?:à|au|aux)',
      "pourrait s'expliquer|tout (?:porte|laisse) à (?:croire|penser)|tout laisse (?:croire|penser)",
    ],
    absolute: [
      'jamais|absolument|impossible|certainement|assurément|indubitablement|garanti(?:e|s|es)?|nous garantissons',
      '(?:aucun|zéro|sans(?: aucun)?|pas de) (?:risque|danger)|risque (?:zéro|nul)',
      '(?:totalement|parfaitement|entièrement|absolument) (?:sûr|sûre|sûrs|sûres|sans danger)|100 ?% sûrs?',
      'en aucun cas|en aucune (?:façon|manière)|nullement|rien à craindre|aucune inquiétude à avoir|cent pour cent',
      "(?:aucune|pas de) preuve (?:de|que|d')",
    ],
    no_comment: [
      '(?:pas de|aucun|sans|no|nul) (?:commentaires?|comment)',
      '(?:ne souhait(?:ons|e) pas|refus(?:ons|e) de|ne désir(?:ons|e) pas) (?:commenter|faire de commentaires?)',
      'ne (?:ferons|fera) (?:pas de|aucun) commentaires?',
    ],
    non_apology: [
      "(?:désolée?s?|navrée?s?|excuses|excusons|regrettons|regrette)(?:,)? (?:si|s'il|s'ils)",
      "si (?:certains?|certaines|certaines personnes|quelques(?:-uns| personnes)|cela|ceci|ce message|nous|vous|des personnes) (?:ont|a|avons|avez|aurai(?:en)?t|se sont|s'est) (?:pu |été |sentie?s? )?(?:être |se sentir )?(?:heurt|choqu|bless|offens|déçu|froiss)\\p{L}*",
      '(?:ont|a|aurai(?:en)?t) pu (?:être |se sentir |vous )?(?:heurt|choqu|bless|offens|froiss)\\p{L}*',
      'des erreurs ont (?:pu être|été) commises|pour ceux qui (?:ont|auraient|se sont)',
    ],
    inconvenience: [
      "désagréments?|gêne (?:occasionnée|éventuelle|causée)|(?:tout|pour l')inconvénient|ces inconvénients",
    ],
    isolated: ['(?:cas|incident|fait|acte|événement|évènement|phénomène)s? isolés?|dérive individuelle|une exception'],
    blame: [
      "erreurs? (?:d'utilisation|de l'utilisateur|de manipulation|du client|de la cliente|humaine)",
      'mauvais(?:e)? (?:utilisation|usage|manipulation)|mésusage',
      "(?:n'ont|n'a|n'avaient|n'avait) pas (?:respecté|lu|suivi)|aurai(?:en)?t dû (?:lire|vérifier|suivre|savoir)",
      'ancien(?:ne)?s? (?:salarié|employé|collaborateur|collaboratrice)\\p{L}*|ex-(?:salarié|employé|collaborateur)\\p{L}*',
      '(?:salarié|employé|collaborateur)e?s? (?:mécontent|indélicat|malveillant|aigri)e?s?|brebis galeuse',
      "(?:un|une|notre|la|le) stagiaire|la faute (?:de|à) (?:notre|l'|un|une|nos)(?: )?(?:agence|prestataire|fournisseur|clients?)",
      'mal (?:interprété|compris)e?s?|sortie?s? de (?:son|leur) contexte|polémique (?:stérile|inutile)|suscepti(?:bles|bilités)',
    ],
    threat: [
      'poursuites|poursuiv(?:re|rons|ra|ront) (?:en justice|en diffamation|les auteurs)|actions? en justice|actions? judiciaires?|suites judiciaires',
      '(?:port(?:ons|er|erons|é)|dépos(?:er|erons|ons|é)|engag(?:er|erons|ons)) (?:une |des )?(?:plaintes?|poursuites)|plainte pour',
      'nos avocats|(?:nous )?réserv(?:ons|e|er) (?:le droit|tous nos droits|la possibilité)',
      'diffam(?:ation|atoires?|ant\\p{L}*)|mise en demeure|dénigrement',
    ],
    humour: ['haha|mdr|lol|oups|ptdr|sans mauvais jeu de mots|blague à part'],
    self_praise: [
      '(?:un|le|notre|leader|acteur) leader|leader (?:du|de la|mondial|européen|français|sur)|de renom|réputée?s?|renommée?s?',
      'exemplaires?|irréprochables?|excellence|incontestables?|pionni(?:er|ère)s?|incontournables?',
      "(?:fiers?|fières?) (?:de|d'|que)|plus haut(?:e)?s (?:standards|exigences|niveaux)|haute qualité|savoir-faire|sans faille",
      '(?:au cœur|font partie) de (?:nos|notre) (?:valeurs|métier|préoccupations|adn)',
      '(?:pren(?:ons|d)|prenant) (?:la sécurité|la qualité|la confidentialité|la protection|votre sécurité|vos données)(?: [^.,;]{1,30})? très au sérieux|(?:pren(?:ons|d)) (?:la sécurité|la qualité|votre sécurité) au sérieux',
      '(?:entreprise|marque|société) (?:responsable|transparente|engagée|de confiance|de référence)',
    ],
  },
};

/** Signs that smile, in any language. */
const smiles =
  /[\p{Emoji_Presentation}]|\p{Extended_Pictographic}\uFE0F|(?<![\p{L}\p{N}])[:;]-?[)D(P](?![\p{L}\p{N}])|[!?]{2,}/gu;

const compiled = new Map<string, RegExp>();

function patternOf(code: PhraseCode, language: Language): RegExp {
  const key = `${language}:${code}`;
  const known = compiled.get(key);
  if (known) return known;
  const source = phrases[language][code].map(spelled).join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'giu');
  compiled.set(key, pattern);
  return pattern;
}

const spelled = (phrase: string): string =>
  phrase.replaceAll(' ?', '\\s?').replaceAll(' ', '\\s{1,3}').replaceAll("'", "['’]\\s?");

export type PhraseFound = { code: PhraseCode; start: number; end: number };

export function phrasesIn(text: string, language: Language): PhraseFound[] {
  const found: PhraseFound[] = [];
  for (const code of phraseCodes)
    for (const match of text.matchAll(patternOf(code, language)))
      found.push({ code, start: match.index, end: match.index + match[0].trimEnd().length });
  for (const match of text.matchAll(smiles))
    found.push({ code: 'humour', start: match.index, end: match.index + match[0].length });
  return found;
}

const recall: Record<Language, RegExp> = {
  en: /(?<!\p{L})recall(?:s|ed|ing)?(?!\p{L})(?! that)/iu,
  fr: /(?<!pour )(?<!\p{L})(?:rappels?(?! des faits| à l['’]ordre)|rappel(?:é|ée|és|ées|ons|le|lent|er)(?! que| qu['’]))(?!\p{L})/iu,
};
const recallWords: Record<Language, RegExp> = {
  en: /(?<!\p{L})(?:voluntar(?:y|ily)|precaution(?:s|ary)?|discretionary|in (?:very )?(?:rare|isolated|some) (?:cases|situations|instances|circumstances)|abundance of caution)(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:volontaire(?:s|ment)?|précaution(?:s|neux|neuse)?|préventi(?:f|ve|vement)|discrétionnaires?|dans (?:de |certains |de très )?(?:rares )?(?:cas|situations)(?: rares| isolés)?)(?!\p{L})/giu,
};

/** Words that a recall notice may not hold (GPSR article 36, discipline D9), where the text recalls something. */
export function recallWordsIn(text: string, language: Language): { start: number; end: number }[] {
  if (!recall[language].test(text)) return [];
  return [...text.matchAll(recallWords[language])].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** An apology, compensation, a recall, something the market watches: whatever C11 sends to legal and management. */
const sensitive: Record<Language, RegExp> = {
  en: /(?<!\p{L})(?:we (?:sincerely |deeply |fully )?apologi[sz]e|our (?:sincere |deepest )?apologies|(?:our|that is our) (?:own )?(?:mistake|fault)|we were wrong|compensat(?:e|ed|ion)|product recall|(?:we are |are being )?recall(?:ing|ed)|share price|profit warning|earnings guidance)(?!\p{L})/iu,
  fr: /(?<!\p{L})(?:nous (?:nous (?:en )?excusons|présentons (?:toutes )?nos (?:plus sincères )?excuses|avons commis une (?:erreur|faute))|(?:erreur|faute) de notre part|c['’]est notre (?:faute|erreur)|indemnis\p{L}+|dédommag\p{L}+|rappel (?:de|du|des) produits?|rappelons (?:le|la|les|ce|cette|ces) |cours de (?:l['’]action|bourse)|avertissement sur (?:les )?résultats)/iu,
};

export const soundsSensitive = (text: string, language: Language): { start: number; end: number } | null => {
  const match = sensitive[language].exec(text);
  return match ? { start: match.index, end: match.index + match[0].length } : null;
};
