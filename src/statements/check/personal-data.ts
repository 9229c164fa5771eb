export type PersonalKind = 'phone' | 'email' | 'address' | 'iban' | 'card' | 'national_number' | 'birth_date';
export type PersonalDatum = { kind: PersonalKind; start: number; end: number };

/** Whoever is written to there is a company, not a person. */
const sharedMailboxes =
  /^(?:press|presse|media|medias|newsroom|communication|comms?|contact|info|infos|information|hello|bonjour|support|service|services|serviceclient|service-client|services-clients|sav|customers?|customerservice|customer-service|customercare|clients?|relation-client|care|help|ecoute|listening|aide|recall|recalls|rappel|rappels|privacy|dpo|rgpd|gdpr|donnees|data|security|securite|ethics|ethique|alerte|speakup|whistleblowing|investors?|ir|investisseurs|hr|rh|jobs|noreply|no-reply|reviews?|avis)$/i;

/**
 * What may be about a person, in order of place. A company's own number or address looks the same: whoever wrote it
 * says so. Numbers that nobody has at home (0 800 in France, 0800 in Britain, 1-800 in America, short ones) and
 * mailboxes of a service are left out; where a number carries its own check (cards, IBAN, French social security), one
 * that fails it is left out too.
 */
export function personalDataIn(text: string): PersonalDatum[] {
  const found: PersonalDatum[] = [];
  const add = (kind: PersonalKind, pattern: RegExp, holds: (shown: string, at: number) => boolean = () => true) => {
    for (const match of text.matchAll(pattern)) {
      const shown = match[0].trimEnd();
      const [start, end] = [match.index, match.index + shown.length];
      if (holds(shown, start) && !found.some((f) => f.start < end && start < f.end)) found.push({ kind, start, end });
    }
  };
  add('email', emailPattern, (shown) => !sharedMailboxes.test(shown.split('@')[0] ?? ''));
  add('iban', ibanPattern, isIban);
  add('card', cardPattern, isCard);
  add('national_number', nirPattern, isNir);
  add('national_number', otherNumbers);
  add('birth_date', birthPattern);
  add(
    'phone',
    phonePattern,
    (shown, at) => isPhone(shown) && !/https?:\/\/\S*$/.test(text.slice(Math.max(0, at - 80), at)),
  );
  add('address', frenchAddress);
  add('address', englishAddress);
  return found.sort((a, b) => a.start - b.start);
}

const emailPattern = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g;
const ibanPattern = /(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,3})?(?![A-Z0-9])/g;
const cardPattern = /(?<![\d.,])[3-6]\d{3}(?:[ \u00a0-]?\d){11,15}(?![\d.,]\d)/g;
const nirPattern =
  /(?<!\d)[12][ .\u00a0]?\d{2}[ .\u00a0]?(?:0[1-9]|1[0-2]|[2-4]\d)[ .\u00a0]?\d[\dAB][ .\u00a0]?\d{3}[ .\u00a0]?\d{3}[ .\u00a0]?\d{2}(?!\d)/g;
/** American and British; the words before a French one that has no key. */
const otherNumbers =
  /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|(?<![A-Z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Z0-9])|(?:sécurité sociale|social security (?:number|no\.?)) ?:? ?[12](?:[ .]?\d){12}/giu;
const birthPattern =
  /(?<!\p{L})(?:born (?:on|in) (?=[^.\n]{0,12}\d)|date of birth|birth date|né(?:e|\(e\))? (?:le|en) (?=[^.\n]{0,8}\d)|date de naissance)[^.;,\n]{0,24}/giu;
const phonePattern =
  /(?<![\d\p{L}.,+/-])(?:\+|00|\(?0|\(\d{3}\))[\d .\-/()\u00a0\u202f]{7,20}\d(?![\d\p{L}])|(?<![\d-])\d{3}[-.]\d{3}[-.]\d{4}(?!\d)/gu;
const frenchAddress =
  /(?<!\p{N})\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai|cours|route|square|passage) (?:(?:de|du|des|la|le|les) |d['’]|l['’])*\p{Lu}[\p{L}'’-]+/giu;
const englishAddress =
  /(?<!\p{N})\d{1,5},? (?:\p{Lu}[\p{L}'’]+ ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Boulevard|Blvd|Square|Court|Close|Way|Terrace|Crescent)(?!\p{L})/gu;

const digits = (text: string): string => text.replace(/\D/g, '');

/** Between 8 and 15 figures, as E.164 has it; a date or an amount is none. */
function isPhone(shown: string): boolean {
  const number = digits(shown);
  if (number.length < 8 || number.length > 15) return false;
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(shown)) return false;
  // Services, not people.
  return !/^(?:0033|33)?0?8\d{8}$|^(?:0044|44)?0?(?:800|808|84|87|3)\d{7,8}$|^1?8(?:00|33|44|55|66|77|88)\d{7}$/.test(
    number,
  );
}

function isIban(shown: string): boolean {
  const plain = shown.replace(/[ \u00a0]/g, '');
  if (plain.length < 15 || plain.length > 34) return false;
  const figures = Array.from(plain.slice(4) + plain.slice(0, 4), (c) => Number.parseInt(c, 36)).join('');
  return Array.from(figures).reduce((rest, figure) => (rest * 10 + Number(figure)) % 97, 0) === 1;
}

/** Luhn. Thirteen and fourteen figures are bar codes and company numbers far more often than cards. */
function isCard(shown: string): boolean {
  const number = digits(shown);
  if (number.length < 15 || number.length > 19 || /^(\d)\1+$/.test(number)) return false;
  const sum = Array.from(number)
    .toReversed()
    .reduce((total, figure, i) => {
      const n = Number(figure) * (i % 2 === 1 ? 2 : 1);
      return total + (n > 9 ? n - 9 : n);
    }, 0);
  return sum % 10 === 0;
}

/** The key of the French number, 97 less the rest; Corsica counts as 19 and 18. */
function isNir(shown: string): boolean {
  const plain = shown
    .replace(/[ .\u00a0]/g, '')
    .replace('2A', '19')
    .replace('2B', '18');
  return /^\d{15}$/.test(plain) && 97n - (BigInt(plain.slice(0, 13)) % 97n) === BigInt(plain.slice(13));
}
