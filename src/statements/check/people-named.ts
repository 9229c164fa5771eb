/** A person who may be named: `sure` where a title says so, otherwise somebody has to say whether it is a person. */
export type Named = { name: string; start: number; end: number; sure: boolean };

const title =
  '(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Lady|Lord|MM|Mme|Mmes|Mlle|Mgr|Me|M(?=\\.)|Monsieur|Madame|Mademoiselle|Docteur|Maître|Professeur)\\.?\\s';
const particle = "(?:de|du|des|de la|le|la|van|von|der|den|di|da|del|bin|ben|al|el|d['’])";
const capital = "\\p{Lu}(?:[\\p{Ll}]['’\\p{L}-]*|['’]\\p{Lu}[\\p{L}-]+|\\p{Lu}{3,}[\\p{Lu}-]*)";
const titled = new RegExp(`(?<![\\p{L}\\p{N}])${title}(${capital}(?:\\s(?:${particle}\\s?)?${capital}){0,3})`, 'gu');
const pair = new RegExp(
  `(?<![\\p{L}\\p{N}@/.-])\\p{Lu}[\\p{Ll}][\\p{L}'’-]*(?:\\s(?:${particle}\\s)?${capital}){1,6}(?![\\p{L}\\p{N}])`,
  'gu',
);

/** `J. Smith`, `J.-P. Martin`. */
const initials = new RegExp(
  `(?<![\\p{L}\\p{N}.])\\p{Lu}\\.(?:[\\s-]?\\p{Lu}\\.)?\\s?(?:${particle}\\s)?(${capital})(?![\\p{L}\\p{N}])`,
  'gu',
);

/** Capitals that begin sentences or name days, months and things, and never people. */
const noFirstName = new Set(
  `a about after all among an and another any are as at avant avec because before both but by can ce ces cet cette chaque chers chère chères cher dans de dear depuis des do donc dès each elle en entre est et every following for from hier his how however if il ils in is it its je jusqu la le les leur leurs lors l'ensemble ma mais many merci mes mon most my no nor nos not notre nous now of on or our ou par pas pendant please plusieurs pour puis quand que quel qui sa sans sauf se selon ses she si since so some sur that the their then there these they this those through to today tomorrow toute tous tout un une until update upon vers via voici votre vos vous was we were what when where which while who why with would yesterday you your aujourd'hui demain vu bonjour hello
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre`.split(
    /\s+/,
  ),
);
/** With one of these in it, it names a body, a place or a thing. */
const noPart = new Set(
  `agence agency association assurance avenue bank banque board boulevard bureau business caisse center centre chamber chambre cité city college comité commission committee communication communications community company conseil corporation council county court customer customers data department direction directive east europe european européen européenne fédération federation fondation food foundation france général générale gateway government gouvernement group groupe hospital hôpital house inc information institut institute international justice king kingdom lake law league limited ltd mairie maison marketing ministry ministère minister museum musée national north nord office officer paris park parliament parlement parquet place police port préfecture press presse product products produits protection question questions questionable recall rappel region région regulation report republic république review royal rue safety sa sas school sécurité service services société south sud square standards state states statement street sud syndicat team trade tribunal union united université university urgent west ouest london york africa afrique america amérique asia angeles francisco zealand kong great britain ireland northern southern england scotland wales germany spain italy belgium switzerland canada australia belgique suisse allemagne espagne italie canada santé health news times journal york`.split(
    /\s+/,
  ),
);

/** Names in the order in which they appear, each place once. `known`: our own names, which are nobody's. */
export function peopleIn(text: string, known: readonly string[] = []): Named[] {
  const ours = known.map(plain).filter(Boolean);
  const withTitle: Named[] = [...text.matchAll(titled)].map((match) => {
    const name = (match[1] ?? '').trim();
    const start = match.index + match[0].lastIndexOf(name);
    return { name, start, end: start + name.length, sure: true };
  });
  const found = [...withTitle];
  for (const match of text.matchAll(pair)) {
    const one = afterRole(withoutFirst(match[0], match.index));
    if (!one || withTitle.some((f) => f.start < one.end && one.start < f.end)) continue;
    const words = plain(one.name).split(' ');
    if (words.some((word) => noPart.has(word))) continue;
    if (ours.some((our) => our.includes(plain(one.name)) || plain(one.name).includes(our))) continue;
    found.push({ ...one, sure: false });
  }
  for (const match of text.matchAll(initials)) {
    const [name, last = ''] = match;
    const [start, end] = [match.index, match.index + name.length];
    if (noFirstName.has(plain(last)) || noPart.has(plain(last))) continue;
    if (found.some((f) => f.start < end && start < f.end)) continue;
    found.push({ name, start, end, sure: false });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Of `Directeur Général Marc Leroy`, `Prime Minister Jane Miller`: the name behind the role. */
const role =
  /(?:^|\s)(?:directeur|directrice|director|ministre|minister|président|présidente|president|chair|chief|executive|head|officer|secretary|secrétaire|manager|responsable|inspector|captain|commissaire|préfet|préfète|pdg|ceo)(?=\s|$)/iu;

function afterRole(one: Omit<Named, 'sure'> | null): Omit<Named, 'sure'> | null {
  if (!one || !role.test(one.name)) return one;
  const words = [...one.name.matchAll(/\S+/g)];
  const last = words.findLastIndex(({ 0: word }) => noPart.has(plain(word)) || role.test(word));
  const next = words[last + 1];
  return next ? withoutFirst(one.name.slice(next.index), one.start + next.index) : null;
}

const plain = (name: string): string => name.replaceAll('’', "'").replace(/\s+/g, ' ').trim().toLowerCase();

/** Two names are the same person's for us when nothing but case, spaces and apostrophes sets them apart. */
export const nameKey = plain;

/** Leaves out what only begins the sentence; null when fewer than two words are left. */
function withoutFirst(shown: string, at: number): Omit<Named, 'sure'> | null {
  let [name, start] = [shown, at];
  for (;;) {
    const [first = ''] = name.split(/\s/);
    if (!noFirstName.has(plain(first))) break;
    const rest = name.slice(first.length).trimStart();
    start += name.length - rest.length;
    name = rest;
    if (!name) return null;
  }
  const capitals = name.split(/\s+/).filter((word) => /^\p{Lu}/u.test(word));
  const last = capitals.at(-1) ?? '';
  if (capitals.length < 2 || (capitals.length === 2 && noFirstName.has(plain(last)))) return null;
  return { name, start, end: start + name.length };
}
