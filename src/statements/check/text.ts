import { bilingual, type Language } from '../../core/locale.ts';
import type { Finding, FindingCode } from './lint.ts';
import type { PersonalKind } from './personal-data.ts';
import type { Slot } from './slots.ts';

/** What is wrong, why it matters, and what to write or do instead: for somebody who has no time to look anything up. */
type FindingWords = { title: string; why: string; instead: string };

const told: Record<Language, Record<FindingCode, FindingWords>> = {
  en: {
    placeholder: {
      title: 'Not filled in yet',
      why: 'The public would read the name of the blank.',
      instead: 'Edit the text and put what is confirmed, or leave the sentence out.',
    },
    unconfirmed_fact: {
      title: 'A fact that is still being checked',
      why: 'What has to be taken back later costs more than what was not said.',
      instead: 'Confirm the fact first, or say that it is being checked and when you will know.',
    },
    hypothesis: {
      title: 'A cause that is not confirmed',
      why: 'A hypothesis that leaves the room is read as an admission, or as a lie once it proves wrong.',
      instead: 'Write that the cause is not known yet and that you will not guess, or confirm the cause first.',
    },
    person: {
      title: 'A person is named',
      why: 'Naming somebody may harm them, and the presumption of innocence; only legal decides that.',
      instead: 'Say the role (“a member of our team”), or let legal agree to the name.',
    },
    personal_data: {
      title: 'Personal data',
      why: 'What is about one person does not belong in a public text, even if it is known elsewhere.',
      instead: 'Take it out, or give the contact of a service.',
    },
    done_action: {
      title: 'Told as done',
      why: 'If it turns out not to be done, everything else you said is doubted.',
      instead: 'Link the done task or measure, or write what is under way (“we are stopping the sale”).',
    },
    false_fact: {
      title: 'A fact that proved false',
      why: 'It is marked as false in the facts table.',
      instead: 'Say it only to deny it: what is true first, the false claim once, then the proof.',
    },
    slot_missing: {
      title: 'Missing from first words',
      why: 'People look for these first.',
      instead: 'Add a short sentence for each, or leave it out on purpose.',
    },
    too_long: {
      title: 'Long for first words',
      why: 'First words are read on a telephone: 90 words at most.',
      instead: 'Keep what protects people, what is confirmed and when you speak next.',
    },
    speculation: {
      title: 'A guess',
      why: 'A guess is quoted as a fact, and remembered when it was wrong.',
      instead: 'Say what is confirmed, what is not known yet, and when you will know.',
    },
    absolute: {
      title: 'An absolute',
      why: 'One counter-example makes it untrue.',
      instead: 'Say what was checked, when and how far.',
    },
    no_comment: {
      title: '“No comment”',
      why: 'It is heard as having something to hide.',
      instead: 'Say why you cannot answer yet, and when you will.',
    },
    non_apology: {
      title: 'An apology that is none',
      why: '“Sorry if” doubts those who were hurt.',
      instead: 'Apologise for what was done, without “if” (legal and management approve), or do not apologise.',
    },
    inconvenience: {
      title: '“Inconvenience”',
      why: 'It makes small what may be grave for those it happened to.',
      instead: 'Name what happened to them.',
    },
    isolated: {
      title: '“Isolated”',
      why: 'Nobody knows that before the inquiry has ended.',
      instead: 'Say how many cases are known, at what time, and that you are looking for others.',
    },
    blame: {
      title: 'Blame on somebody else',
      why: 'Blaming victims, customers, staff or suppliers turns people against you, and may be answered in court.',
      instead: 'Say what you do; leave aside who is at fault.',
    },
    threat: {
      title: 'A legal threat',
      why: 'It draws attention to what you want forgotten, and it may be held against you.',
      instead: 'Let legal act without announcing it.',
    },
    humour: {
      title: 'Humour or a picture sign',
      why: 'Somebody may be hurt: nothing here is light.',
      instead: 'Plain words, one full stop.',
    },
    self_praise: {
      title: 'Praise of ourselves',
      why: 'Nobody believes it in a crisis.',
      instead: 'Let what you do speak: leave the adjective out.',
    },
    recall_word: {
      title: 'A word that a recall notice may not hold',
      why: 'EU product safety rules forbid what makes the danger smaller: voluntary, precautionary, in rare cases (Regulation 2023/988, art. 36; checked on 2026-06-30; a reminder, not advice).',
      instead: 'State the product, the danger and what to do, and ask legal.',
    },
    sensitive_unmarked: {
      title: 'Reads like an apology, compensation, a recall or news for the market',
      why: 'Legal and management approve those, whatever the level.',
      instead: 'Edit it and tick “Sensitive”, unless it is none of these.',
    },
  },
  fr: {
    placeholder: {
      title: 'Pas encore rempli',
      why: 'Le public lirait le nom du champ.',
      instead: 'Modifiez le texte : mettez ce qui est confirmé, ou supprimez la phrase.',
    },
    unconfirmed_fact: {
      title: 'Un fait encore en vérification',
      why: 'Ce qu’il faut retirer ensuite coûte plus que ce qu’on n’a pas dit.',
      instead: 'Confirmez d’abord le fait, ou dites qu’il est en vérification et quand vous saurez.',
    },
    hypothesis: {
      title: 'Une cause non confirmée',
      why: 'Une hypothèse qui sort se lit comme un aveu, ou comme un mensonge si elle se révèle fausse.',
      instead:
        'Écrivez que la cause n’est pas encore connue et que vous ne spéculez pas, ou confirmez d’abord la cause.',
    },
    person: {
      title: 'Une personne est nommée',
      why: 'Nommer quelqu’un peut lui nuire, et nuire à la présomption d’innocence : seul le juridique en décide.',
      instead: 'Dites la fonction (« un membre de notre équipe »), ou demandez l’accord du juridique.',
    },
    personal_data: {
      title: 'Donnée personnelle',
      why: 'Ce qui concerne une personne n’a pas sa place dans un texte public, même si c’est connu ailleurs.',
      instead: 'Retirez-la, ou donnez le contact d’un service.',
    },
    done_action: {
      title: 'Annoncé comme fait',
      why: 'Si ce n’est pas fait, on doutera de tout le reste.',
      instead: 'Reliez la tâche ou la mesure faite, ou écrivez ce qui est en cours (« nous arrêtons la vente »).',
    },
    false_fact: {
      title: 'Un fait qui s’est révélé faux',
      why: 'Il est marqué faux dans le tableau des faits.',
      instead: 'Ne le citez que pour le démentir : d’abord le vrai, une fois l’affirmation fausse, puis la preuve.',
    },
    slot_missing: {
      title: 'Absent de la première prise de parole',
      why: 'C’est ce que l’on cherche d’abord.',
      instead: 'Ajoutez une courte phrase pour chacun, ou omettez-le en connaissance de cause.',
    },
    too_long: {
      title: 'Long pour une première prise de parole',
      why: 'Elle se lit sur un téléphone : 90 mots au plus.',
      instead: 'Gardez ce qui protège, ce qui est confirmé et quand vous reparlerez.',
    },
    speculation: {
      title: 'Une supposition',
      why: 'Une supposition est citée comme un fait, et on s’en souvient si elle était fausse.',
      instead: 'Dites ce qui est confirmé, ce qu’on ne sait pas encore et quand on saura.',
    },
    absolute: {
      title: 'Un absolu',
      why: 'Un seul contre-exemple le rend faux.',
      instead: 'Dites ce qui a été vérifié, quand et jusqu’où.',
    },
    no_comment: {
      title: '« Pas de commentaire »',
      why: 'On y entend que l’on cache quelque chose.',
      instead: 'Dites pourquoi vous ne pouvez pas encore répondre, et quand vous le ferez.',
    },
    non_apology: {
      title: 'Des excuses qui n’en sont pas',
      why: '« Désolés si » met en doute ceux qui ont été blessés.',
      instead:
        'Excusez-vous de ce qui a été fait, sans « si » (juridique et direction valident), ou ne vous excusez pas.',
    },
    inconvenience: {
      title: '« Désagrément »',
      why: 'Le mot rapetisse ce qui est peut-être grave pour ceux qui l’ont vécu.',
      instead: 'Nommez ce qui leur est arrivé.',
    },
    isolated: {
      title: '« Isolé »',
      why: 'Personne ne le sait avant la fin de l’enquête.',
      instead: 'Dites combien de cas sont connus, à quelle heure, et que vous en cherchez d’autres.',
    },
    blame: {
      title: 'La faute d’un autre',
      why: 'Accuser victimes, clients, salariés ou fournisseurs retourne l’opinion, et peut se payer en justice.',
      instead: 'Dites ce que vous faites, quel que soit le responsable.',
    },
    threat: {
      title: 'Une menace judiciaire',
      why: 'Elle attire l’attention sur ce que l’on veut faire oublier, et peut vous être reprochée.',
      instead: 'Laissez le juridique agir sans l’annoncer.',
    },
    humour: {
      title: 'Humour ou émoji',
      why: 'Quelqu’un souffre peut-être : rien ici n’est léger.',
      instead: 'Des mots simples, un seul point.',
    },
    self_praise: {
      title: 'Éloge de nous-mêmes',
      why: 'Personne n’y croit dans une crise.',
      instead: 'Laissez parler ce que vous faites : supprimez l’adjectif.',
    },
    recall_word: {
      title: 'Un mot interdit dans un avis de rappel',
      why: 'Les règles européennes de sécurité des produits interdisent ce qui minimise le danger : volontaire, par précaution, dans de rares cas (règlement 2023/988, art. 36 ; vérifié le 30/06/2026 ; un rappel, pas un conseil).',
      instead: 'Dites le produit, le danger et que faire, et consultez le juridique.',
    },
    sensitive_unmarked: {
      title: 'Ressemble à des excuses, une indemnisation, un rappel ou une nouvelle pour le marché',
      why: 'Le juridique et la direction les valident, quel que soit le niveau.',
      instead: 'Modifiez-le et cochez « Sensible », sauf si ce n’est rien de cela.',
    },
  },
};

export const findingWords = (code: FindingCode, language: Language): FindingWords => told[language][code];

const slotNames: Record<Language, Record<Slot, string>> = {
  en: {
    fact: 'what is confirmed',
    empathy: 'a word for those affected',
    action: 'what we are doing',
    instruction: 'what to do',
    unknown: 'what we do not know yet',
    next: 'the hour of the next update',
    contact: 'where to find information',
  },
  fr: {
    fact: 'ce qui est confirmé',
    empathy: 'un mot pour les personnes touchées',
    action: 'ce que nous faisons',
    instruction: 'que faire',
    unknown: 'ce que nous ne savons pas encore',
    next: 'l’heure du prochain point',
    contact: 'où s’informer',
  },
};
export const slotName = (slot: Slot, language: Language): string => slotNames[language][slot];

const personalNames: Record<Language, Record<PersonalKind, string>> = {
  en: {
    phone: 'telephone number',
    email: 'e-mail address',
    address: 'postal address',
    iban: 'bank account',
    card: 'card number',
    national_number: 'national number',
    birth_date: 'date of birth',
  },
  fr: {
    phone: 'numéro de téléphone',
    email: 'adresse e-mail',
    address: 'adresse postale',
    iban: 'compte bancaire',
    card: 'numéro de carte',
    national_number: 'numéro national',
    birth_date: 'date de naissance',
  },
};

/** What a finding is about, beside the words themselves. */
export function detailOf(finding: Finding, language: Language): string {
  const w = words(language);
  if ('fact' in finding) return w.fact(finding.fact.number, finding.fact.text);
  if ('cause' in finding) return w.cause(finding.cause.number, finding.cause.text);
  if ('kind' in finding) return personalNames[language][finding.kind];
  if ('words' in finding) return w.words(finding.words);
  return 'slot' in finding ? slotName(finding.slot, language) : '';
}

export const words = bilingual(
  {
    title: 'Check the text',
    nothing:
      'Nothing was recognised that needs a second look. It reads patterns, not meaning: read it once more aloud.',
    saved: (number: number, version: number) => `Statement ${number}, version ${version}, is saved as a draft.`,
    notSubmitted: '*It was not submitted:* what stands under ⛔ must be answered first. Nothing you wrote is lost.',
    blocked: (n: string) => `⛔ ${n} must be answered before it can be submitted`,
    point: (n: number) => (n === 1 ? '1 point' : `${n} points`),
    remark: (n: number) => (n === 1 ? '1 remark' : `${n} remarks`),
    colon: ': ',
    remarks: '💡 *Remarks* (yours to decide; approvers see them too)',
    finding: (title: string, excerpt: string, detail: string) =>
      `⛔ *${title}*${excerpt ? `: “${excerpt}”` : ''}${detail ? `\n${detail}` : ''}`,
    why: (why: string, instead: string) => `${why}\n→ ${instead}`,
    warning: (title: string, excerpts: string) => `*${title}*${excerpts ? `: ${excerpts}` : ''}`,
    quote: (excerpt: string) => `“${excerpt}”`,
    fact: (number: number, text: string) => `Fact ${number}: ${text}`,
    cause: (number: number, text: string) => `Cause ${number}: ${text}`,
    words: (n: number) => `${n} words`,
    maybePerson: 'Is this a person?',
    maybeSame: 'Does the text say this?',
    more: (n: number) => `… and ${n} more. Answer these first; the others appear then.`,
    person: 'Yes, a person: ask legal',
    notPerson: 'No, not a person',
    contact: 'It is our own contact',
    notSaid: 'No, the text does not say that',
    deed: 'Link what was done…',
    askLegal: 'Ask legal',
    askedLegal: 'Legal has been asked. Press “Check…” to see whether they have answered.',
    recorded: 'Recorded. It holds as long as these sentences stay as they are.',
    legalOk: 'Legal: these may be said',
    legalOkTitle: 'May these be said?',
    legalOkText: (number: number, version: number) =>
      `You agree, for legal, to the names and data found in statement ${number}, version ${version}. It holds as long as their sentences stay as they are.`,
    yes: 'They may be said',
    no: 'Not yet',
    waive: 'No next update: say why…',
    edit: 'Edit the text…',
    submit: 'Submit for approval',
    check: 'Check…',
    noPeople: (names: string) => `Said not to be people: ${names}`,
    ownContacts: (numbers: string) => `Said to be our own contacts: ${numbers}`,
    itIsAPerson: 'It is a person',
    answered: '*Answered*',
    given: {
      not_said: (excerpt: string, _rest: string, name: string) =>
        `${name} says that “${excerpt}” does not state the fact or cause in question`,
      legal_ok: (excerpt: string, _rest: string, name: string) => `Legal agreed to “${excerpt}” (${name})`,
      linked: (excerpt: string, targets: string, name: string) => `“${excerpt}” stands on ${targets} (${name})`,
      not_ours: (excerpt: string, reason: string, name: string) =>
        `“${excerpt}”: no proof linked. ${name} says: “${reason}”`,
      waived: (_excerpt: string, reason: string, name: string) => `No hour of a next update. ${name} says: “${reason}”`,
    },
    by: (what: string, name: string) => `${what} (${name})`,
    target: { task: (number: number) => `task ${number}`, measure: (number: number) => `measure ${number}` },
    task: (number: number, title: string) => `Task ${number}: ${title}`,
    measure: (number: number, text: string) => `Measure ${number}: ${text}`,
    link: {
      title: 'What was done?',
      submit: 'Save',
      intro: (sentence: string) => `The text says as done: “${sentence}”`,
      targets: 'Done tasks and measures that this stands on',
      none: 'No task or measure of this crisis is done yet. Mark the one this stands on as done first, or reword the sentence (“we are …ing”).',
      reason: 'Or why it needs none',
      reasonHint: 'For example: it tells what somebody else did. Approvers read this.',
      waiveTitle: 'No next update',
      waiveReason: 'Why do we not say when we speak next?',
      waiveHint: 'For example: no further comment, for the safety of the person. Approvers read this.',
    },
    legal: {
      intro:
        '*May these be said?* They name or describe people: it cannot be submitted without legal’s agreement, which follows each sentence as long as it stays as it is.',
      otherwise: 'If not, tell the author what to write instead, in the room or by editing it.',
    },
    card: {
      check: (parts: string) => `Check: ${parts}`,
      nothing: 'nothing to answer',
      blanks: (n: number) =>
        n === 1 ? '1 blank to fill in before it can be submitted' : `${n} blanks to fill in before it can be submitted`,
      blocked: (n: string, titles: string) => `⛔ *${n} to answer before it can be submitted:* ${titles}`,
      answers: (n: number) => (n === 1 ? '1 answer' : `${n} answers`),
      differs: (language: string, number: number) => `differs from the text in ${language} (statement ${number})`,
      unsettled: {
        before: (titles: string) =>
          `⛔ *Does not stand as things are known now:* ${titles}. Settle it with \`/crisis facts\`, or edit the text.`,
        published: (titles: string) =>
          `⛔ *Published, and does not stand as things are known now:* ${titles}. Settle it with \`/crisis facts\`, or correct it with a new statement.`,
      },
      twinSame: (number: number, title: string, language: string) =>
        `↔️ In ${language}: statement ${number} *${title}*. Same figures, dates, hours, names and addresses.`,
      twinOpen: (number: number, title: string, language: string) =>
        `↔️ In ${language}: statement ${number} *${title}*. They are compared once both are filled in.`,
      twinDiffers: (number: number, title: string, language: string) =>
        `⚠️ *Differs from the text in ${language}* (statement ${number} *${title}*):`,
      only: (language: string, items: string) => `Only in ${language}: ${items}`,
      cleared: (by: string, until: string) => `📋 From a template that ${by} cleared, valid until ${until}`,
      uncleared: '📋 From a template that legal has not cleared',
      standing: {
        filled: 'only the blanks were filled: check the facts.',
        blanks: 'its blanks are still to be filled in.',
        reworded: 'and the wording was changed.',
      },
      admits: 'It admits a fault: legal and management must approve.',
      sensitive: 'Marked as sensitive: legal and management must approve.',
    },
    kinds: {
      date: 'date',
      time: 'hour',
      figure: 'figure',
      reference: 'reference',
      address: 'address',
      placeholder: 'blank',
      name: 'name',
    },
    pair: {
      title: 'Link its translation',
      submit: 'Link',
      intro: 'The two cards then show which figures, dates, hours, names and addresses are in one only.',
      which: 'The same text in the other language',
      none: 'None',
      nothing: 'There is no statement in the other language in this crisis yet. Draft it first, then link it.',
      menu: 'Link its translation…',
    },
    since: (by: string, until: string) =>
      `*Since the template that ${by} cleared* (valid until ${until}), this was filled in or changed:`,
  },
  {
    title: 'Vérifier le texte',
    nothing:
      'Rien de reconnu qui demande une seconde lecture. Il repère des tournures, pas le sens : relisez à voix haute.',
    saved: (number, version) => `Le communiqué ${number}, version ${version}, est enregistré comme projet.`,
    notSubmitted: '*Il n’a pas été soumis :* répondez d’abord à ce qui porte ⛔. Rien de votre texte n’est perdu.',
    blocked: (n) => `⛔ ${n} à traiter avant de pouvoir soumettre`,
    point: (n) => (n <= 1 ? '1 point' : `${n} points`),
    remark: (n) => (n <= 1 ? '1 remarque' : `${n} remarques`),
    colon: ' : ',
    remarks: '💡 *Remarques* (à vous de juger ; les valideurs les voient aussi)',
    finding: (title, excerpt, detail) =>
      `⛔ *${title}*${excerpt ? ` : « ${excerpt} »` : ''}${detail ? `\n${detail}` : ''}`,
    why: (why, instead) => `${why}\n→ ${instead}`,
    warning: (title, excerpts) => `*${title}*${excerpts ? ` : ${excerpts}` : ''}`,
    quote: (excerpt) => `« ${excerpt} »`,
    fact: (number, text) => `Fait ${number} : ${text}`,
    cause: (number, text) => `Cause ${number} : ${text}`,
    words: (n) => `${n} mots`,
    maybePerson: 'Est-ce une personne ?',
    maybeSame: 'Est-ce bien ce que dit le texte ?',
    more: (n) => `… et ${n} de plus. Répondez d’abord à ceux-ci ; les autres apparaîtront ensuite.`,
    person: 'Oui : demander au juridique',
    notPerson: 'Non, pas une personne',
    contact: 'C’est notre propre contact',
    notSaid: 'Non, le texte ne dit pas cela',
    deed: 'Relier ce qui a été fait…',
    askLegal: 'Demander au juridique',
    askedLegal: 'Le juridique est sollicité. « Vérifier… » montre sa réponse.',
    recorded: 'Enregistré. Cela vaut tant que ces phrases restent inchangées.',
    legalOk: 'Juridique : cela peut être dit',
    legalOkTitle: 'Cela peut-il être dit ?',
    legalOkText: (number, version) =>
      `Vous acceptez, pour le juridique, les noms et données du communiqué ${number}, version ${version}. L’accord vaut tant que leurs phrases restent inchangées.`,
    yes: 'Cela peut être dit',
    no: 'Pas encore',
    waive: 'Pas de prochain point : dire pourquoi…',
    edit: 'Modifier le texte…',
    submit: 'Soumettre à validation',
    check: 'Vérifier…',
    noPeople: (names) => `Indiqués comme n’étant pas des personnes : ${names}`,
    ownContacts: (numbers) => `Indiqués comme nos propres contacts : ${numbers}`,
    itIsAPerson: 'C’est une personne',
    answered: '*Réponses*',
    given: {
      not_said: (excerpt, _rest, name) => `Selon ${name}, « ${excerpt} » n’énonce pas le fait ou la cause en question`,
      legal_ok: (excerpt, _rest, name) => `Accord du juridique : « ${excerpt} » (${name})`,
      linked: (excerpt, targets, name) => `« ${excerpt} » s’appuie sur ${targets} (${name})`,
      not_ours: (excerpt, reason, name) =>
        `« ${excerpt} » : aucune preuve jointe ; motif donné par ${name} : « ${reason} »`,
      waived: (_excerpt, reason, name) => `Pas d’heure de prochain point ; motif donné par ${name} : « ${reason} »`,
    },
    by: (what, name) => `${what} (${name})`,
    target: { task: (number) => `tâche ${number}`, measure: (number) => `mesure ${number}` },
    task: (number, title) => `Tâche ${number} : ${title}`,
    measure: (number, text) => `Mesure ${number} : ${text}`,
    link: {
      title: 'Qu’est-ce qui est fait ?',
      submit: 'Enregistrer',
      intro: (sentence) => `Le texte annonce comme fait : « ${sentence} »`,
      targets: 'Tâches et mesures faites sur lesquelles cela s’appuie',
      none: 'Aucune tâche ni mesure de cette crise n’est encore faite. Marquez d’abord comme faite celle qui convient, ou reformulez (« nous sommes en train de… »).',
      reason: 'Ou pourquoi il n’en faut pas',
      reasonHint: 'Par exemple : la phrase dit ce qu’un autre a fait. Les valideurs le liront.',
      waiveTitle: 'Pas de prochain point',
      waiveReason: 'Pourquoi ne pas dire quand nous reparlerons ?',
      waiveHint: 'Par exemple : plus de commentaire, pour la sécurité de la personne. Les valideurs le liront.',
    },
    legal: {
      intro:
        '*Cela peut-il être dit ?* Ce sont des noms ou des données de personnes : sans l’accord du juridique, qui suit chaque phrase tant qu’elle reste inchangée, le texte ne peut être soumis.',
      otherwise: 'Sinon, dites à l’auteur quoi écrire à la place, dans la cellule ou en le modifiant.',
    },
    card: {
      check: (parts) => `Vérification : ${parts}`,
      nothing: 'rien à traiter',
      blanks: (n) => (n <= 1 ? '1 champ à remplir avant soumission' : `${n} champs à remplir avant soumission`),
      blocked: (n, titles) => `⛔ *${n} à traiter avant soumission :* ${titles}`,
      answers: (n) => (n <= 1 ? '1 réponse' : `${n} réponses`),
      differs: (language, number) => `diffère du texte en ${language} (communiqué ${number})`,
      unsettled: {
        before: (titles) =>
          `⛔ *Ne tient plus d’après ce que l’on sait :* ${titles}. Tranchez avec \`/crise faits\`, ou modifiez le texte.`,
        published: (titles) =>
          `⛔ *Publié, et ne tient plus d’après ce que l’on sait :* ${titles}. Tranchez avec \`/crise faits\`, ou rectifiez par un nouveau communiqué.`,
      },
      twinSame: (number, title, language) =>
        `↔️ En ${language} : communiqué ${number} *${title}*. Mêmes chiffres, dates, heures, noms et adresses.`,
      twinOpen: (number, title, language) =>
        `↔️ En ${language} : communiqué ${number} *${title}*. Comparaison quand les deux seront remplis.`,
      twinDiffers: (number, title, language) =>
        `⚠️ *Diffère du texte en ${language}* (communiqué ${number} *${title}*) :`,
      only: (language, items) => `Seulement en ${language} : ${items}`,
      cleared: (by, until) => `📋 D’après un modèle prévalidé par ${by}, valable jusqu’au ${until}`,
      uncleared: '📋 D’après un modèle que le juridique n’a pas prévalidé',
      standing: {
        filled: 'seuls les champs ont été remplis : vérifiez les faits.',
        blanks: 'ses champs restent à remplir.',
        reworded: 'et la rédaction a été modifiée.',
      },
      admits: 'Il reconnaît une faute : le juridique et la direction doivent valider.',
      sensitive: 'Marqué sensible : le juridique et la direction doivent valider.',
    },
    kinds: {
      date: 'date',
      time: 'heure',
      figure: 'chiffre',
      reference: 'référence',
      address: 'adresse',
      placeholder: 'champ',
      name: 'nom',
    },
    pair: {
      title: 'Relier sa traduction',
      submit: 'Relier',
      intro: 'Les deux cartes montrent alors quels chiffres, dates, heures, noms et adresses ne sont que dans l’un.',
      which: 'Le même texte dans l’autre langue',
      none: 'Aucun',
      nothing: 'Cette crise n’a pas encore de communiqué dans l’autre langue. Rédigez-le d’abord, puis reliez-le.',
      menu: 'Relier sa traduction…',
    },
    since: (by, until) =>
      `*Depuis le modèle prévalidé par ${by}* (valable jusqu’au ${until}), voici ce qui a été rempli ou changé :`,
  },
);
