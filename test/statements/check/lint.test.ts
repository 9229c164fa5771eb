import { describe, expect, test } from 'vitest';
import type { Language } from '../../../src/core/locale.ts';
import type { Fact } from '../../../src/facts/rules.ts';
import { productCore, productPlaybooks } from '../../../src/playbooks/product.ts';
import { filled, placeholdersOf } from '../../../src/playbooks/rules.ts';
import {
  blocking,
  type Finding,
  type FindingCode,
  isBlocking,
  lint,
  type Material,
  nothingKnown,
} from '../../../src/statements/check/lint.ts';
import { findingWords } from '../../../src/statements/check/text.ts';
import { deedsIn } from '../../../src/statements/check/told-as-done.ts';

const check = (
  body: string,
  language: Language = 'en',
  known: Partial<Material> = {},
  isSensitive = false,
): Finding[] => lint({ body, language, kind: 'email', isSensitive }, { ...nothingKnown, ...known });
const codes = (body: string, language: Language = 'en', known: Partial<Material> = {}): FindingCode[] => [
  ...new Set(check(body, language, known).map(({ code }) => code)),
];

type Table = Record<string, { found: string[]; clean: string[] }>;

const english: Table = {
  speculation: {
    found: ['It was probably the supplier.', 'It seems that a lid broke.', 'We believe the glass came from a jar.'],
    clean: ['Our first thought is for them.', 'We think of them today.', 'We thank the shops.'],
  },
  absolute: {
    found: [
      'There is no risk.',
      'Our soups are 100% safe.',
      'It can never happen again.',
      'There is no evidence of harm.',
    ],
    clean: ['We have three shops.', 'There is a risk of cuts.', 'However, ask.'],
  },
  no_comment: {
    found: ['No comment.', 'We decline to comment.', 'We have no comments on this.'],
    clean: ['For their safety we will not comment further.', 'Out of respect we will not comment on the facts.'],
  },
  non_apology: {
    found: ['We are sorry if anyone was hurt.', 'We apologise to anyone who was hurt.', 'Mistakes were made.'],
    clean: [
      'We are sorry.',
      'We apologise to Mrs and Mr Smith’s neighbours for the noise.',
      'If you have a jar, keep it.',
    ],
  },
  inconvenience: {
    found: ['We regret any inconvenience.', 'Sorry for the inconvenience caused.'],
    clean: ['It is convenient.', 'We regret the harm.'],
  },
  isolated: {
    found: ['This is an isolated incident.', 'It was a one-off.'],
    clean: ['The machine was isolated from the line.', 'Two cases are known.'],
  },
  blame: {
    found: [
      'It was user error.',
      'A disgruntled man wrote it.',
      'A former employee did it.',
      'It was taken out of context.',
    ],
    clean: ['Each user gets a letter.', 'Employees were told.', 'Our agency helps.'],
  },
  threat: {
    found: ['We reserve all rights.', 'We will take legal action.', 'These lies are defamatory.'],
    clean: ['You have the right to a refund.', 'The action plan follows.', 'The court of the castle is open.'],
  },
  humour: {
    found: ['Oops.', 'We are back 😀', 'See you soon ;)', 'Really!!'],
    clean: ['Lolita is a shop.', 'Ratio 1:2 (see below).', 'Registered ® and ©.', '✓ checked'],
  },
  self_praise: {
    found: ['We are a market leader.', 'We take security very seriously.', 'Our high standards are known.'],
    clean: ['We take them seriously.', 'The fire is leading to delays.', 'The team leader of the shop will call.'],
  },
  recall_word: {
    found: ['We recall lot 12 as a precaution.', 'Voluntary product recall of our soup.'],
    clean: ['As a precaution, wash your hands.', 'We recall lot 12. Do not eat it.', 'A volunteer helps.'],
  },
  sensitive_unmarked: {
    found: ['We apologise.', 'It is our mistake.', 'Everybody will be compensated.', 'Product recall: lot 12.'],
    clean: ['We are sorry for them.', 'Refunds: ask any shop.', 'We are aware of a mistake in the press.'],
  },
  done_action: {
    found: [
      'We have stopped the sale.',
      'We’ve already informed the authority.',
      'We withdrew it this morning.',
      'The police have been informed.',
      'It has been reported to the platforms.',
      'Interim measures are in place.',
      'Our team has immediately closed the site.',
      'We have heard you and removed the video.',
    ],
    clean: [
      'We are stopping the sale.',
      'We have seen the video.',
      'We have learned of the allegations.',
      'We have listened.',
      'We have not stopped the sale.',
      'We have a team on site.',
      'Twelve cases have been reported to us.',
      'Once we have checked it, we will say so here.',
      'We will inform the authority.',
      'Two people have been hurt.',
    ],
  },
  person: {
    found: [
      'Mr Smith drove the van.',
      'Ask Jane Miller.',
      'Yesterday Tom Becker spoke.',
      'It was Jean de La Fontaine.',
    ],
    clean: [
      'Next Monday the Food Standards Agency decides.',
      'The Ministry of Health was told.',
      'Our Customer Service answers in March.',
      'New York and London are not concerned.',
      'PRODUCT RECALL',
      'We met the mayor.',
    ],
  },
  personal_data: {
    found: [
      'Call him: +33 6 12 34 56 78.',
      'Call 06 12 34 56 78.',
      'Write to jane.miller@example.com.',
      'She lives at 12 rue de la Paix.',
      'He lives at 221 Baker Street.',
      'IBAN FR14 2004 1010 0505 0001 3M02 606',
      'Card 4111 1111 1111 1111',
      'Number 2 55 08 14 168 025 38',
      'SSN 078-05-1120',
      'He was born on 3 March 1980.',
    ],
    clean: [
      'Call 0 800 117 117, free of charge.',
      'Call 1-800-555-0199.',
      'Call 3018 or 112.',
      'Write to press@example.com.',
      'Lot L24117, 75 cl, 12,000,000 jars.',
      'Bar code 3760012345678.',
      'On 03.03.2026 at 17:30, 3 March 2026.',
      'https://example.com/0612345678',
      'SIRET 73282932000074',
    ],
  },
};

const french: Table = {
  speculation: {
    found: [
      'C’est sans doute le fournisseur.',
      'Il semblerait qu’un pot ait cassé.',
      'L’incident serait dû à un choc.',
      'Peut-être demain.',
    ],
    clean: [
      'Nous pensons d’abord aux personnes concernées.',
      'Des données sont ou pourraient être concernées.',
      'Un doute subsiste.',
    ],
  },
  absolute: {
    found: ['Il n’y a aucun risque.', 'Cela n’arrivera jamais.', 'Nous garantissons la qualité.', 'En aucun cas.'],
    clean: ['Un risque de coupure existe.', 'Aucune autre boutique n’est touchée.', 'Nous sommes toujours là.'],
  },
  no_comment: {
    found: ['Pas de commentaire.', 'Nous ne souhaitons pas commenter.', 'Aucun commentaire à ce stade.'],
    clean: ['Nous ne commenterons pas davantage, pour sa sécurité.', 'Vos commentaires sont lus.'],
  },
  non_apology: {
    found: [
      'Nous sommes désolés si cela a choqué.',
      'Nous nous excusons si certains ont été heurtés.',
      'Certains ont pu être heurtés.',
      'Si certaines personnes ont pu se sentir heurtées, nous le regrettons.',
    ],
    clean: [
      'Nous nous excusons.',
      'Notre campagne a blessé ou choqué.',
      'Si vous-même avez été heurté, appelez-nous.',
      'Si certains produits sont chez vous, gardez-les.',
    ],
  },
  inconvenience: {
    found: ['Veuillez excuser la gêne occasionnée.', 'Nous regrettons ces désagréments.'],
    clean: ['Cela ne gêne personne.'],
  },
  isolated: {
    found: ['C’est un cas isolé.', 'Il s’agit d’un incident isolé.'],
    clean: ['La machine est isolée.', 'Deux cas sont connus.'],
  },
  blame: {
    found: [
      'C’est une erreur d’utilisation.',
      'Un ancien salarié l’a fait.',
      'Le client n’a pas respecté la notice.',
      'L’image est sortie de son contexte.',
    ],
    clean: [
      'Chaque salarié est informé.',
      'Nos clients ont un numéro.',
      'C’est une erreur de notre part, et nous le disons.',
    ],
  },
  threat: {
    found: [
      'Nous nous réservons le droit d’agir.',
      'Nous portons plainte.',
      'Ces propos sont diffamatoires.',
      'Des poursuites seront engagées.',
    ],
    clean: [
      'Vous avez droit à un remboursement.',
      'Nous poursuivons les contrôles.',
      'La plainte d’un client nous est parvenue.',
    ],
  },
  humour: { found: ['Oups.', 'À bientôt 😉', 'Vraiment !!'], clean: ['Est-ce vrai ? Non !', 'Ratio 1:2.'] },
  self_praise: {
    found: ['Nous sommes un leader.', 'Nous prenons la sécurité très au sérieux.', 'Notre savoir-faire est connu.'],
    clean: ['Nous les prenons au sérieux.', 'Une équipe est sur place.'],
  },
  recall_word: {
    found: ['Rappel volontaire du lot 12.', 'Nous rappelons le lot 12 par précaution.'],
    clean: [
      'Pour rappel, nos magasins ouvrent à 9 h par précaution.',
      'Par précaution, lavez-vous les mains.',
      'Rappel du lot 12 : ne le consommez pas.',
    ],
  },
  sensitive_unmarked: {
    found: [
      'Nous nous en excusons.',
      'C’est une erreur de notre part.',
      'Chacun sera indemnisé.',
      'Rappel de produits : lot 12.',
    ],
    clean: ['Nous sommes de tout cœur avec eux.', 'Toutes les informations et le remboursement : en magasin.'],
  },
  done_action: {
    found: [
      'Nous avons arrêté la vente.',
      'Nous l’avons retirée à midi.',
      'Nous avons immédiatement prévenu l’autorité.',
      'La police a été prévenue.',
      'Les faits sont signalés aux plateformes.',
      'Une enquête est confiée à un cabinet.',
      'Des mesures conservatoires sont prises.',
      'Nous avons pris contact avec eux et ouvert une enquête.',
      'Nos équipes ont fermé le site.',
    ],
    clean: [
      'Nous arrêtons la vente.',
      'Nous avons pris connaissance de la vidéo.',
      'Nous avons vu vos messages.',
      'Nous l’avons entendu.',
      'Nous n’avons pas arrêté la vente.',
      'Nous avons connaissance de deux cas.',
      'Douze cas nous ont été signalés.',
      'Nous préviendrons l’autorité.',
      'Deux personnes ont été blessées.',
      'Nous avons plusieurs équipes sur place.',
    ],
  },
  person: {
    found: ['M. Dupont conduisait.', 'Demandez à Jeanne Martin.', 'Hier Paul Durand a parlé.', 'Mme Le Goff est là.'],
    clean: [
      'Lundi, la Direction générale décide.',
      'Le Ministère de la Santé est informé.',
      'Paris et Lyon ne sont pas touchées.',
      'Notre maire est informé.',
    ],
  },
  personal_data: {
    found: [
      'Appelez-le au 06 12 34 56 78.',
      'Elle habite 12 bis, avenue du Général Leclerc.',
      'Né le 3 mars 1980.',
      'jeanne.martin@exemple.fr',
    ],
    clean: [
      'Appelez le 0 800 117 117.',
      'Écrivez à presse@exemple.fr.',
      'Lot L24117, 12 000 pots.',
      'Le 03/03/2026 à 17 h 30.',
      'Née de nos ateliers.',
    ],
  },
};

describe.each([
  ['en', english],
  ['fr', french],
] as const)('what is found in a text in %s', (language, table) => {
  for (const [code, { found, clean }] of Object.entries(table)) {
    test.each(found)(`${code} in: %s`, (text) => {
      expect(codes(text, language)).toContain(code);
    });
    test.each(clean)(`no ${code} in: %s`, (text) => {
      expect(codes(text, language)).not.toContain(code);
    });
  }
});

test('the rules are those of the language the text is written in', () => {
  expect(codes('Probably, we never apologise.', 'fr')).toEqual([]);
  expect(codes('Sans doute, aucun risque.', 'en')).toEqual([]);
});

test('a finding says where: the words are those at its place', () => {
  const text = 'It was probably Jane Miller, at 06 12 34 56 78. We have stopped the sale, {url}.';
  for (const { start, end, excerpt } of check(text)) expect(text.slice(start, end)).toBe(excerpt);
  expect(check(text).map(({ code }) => code)).toEqual(
    expect.arrayContaining(['speculation', 'person', 'personal_data', 'done_action', 'placeholder']),
  );
});

test('what blocks comes first, and only the starred rules of the discipline and blanks block', () => {
  const found = check('Probably {fact}. Mr Smith never called 06 12 34 56 78. We have stopped the sale!!');
  const order = found.map(isBlocking);
  expect(order).toEqual(order.toSorted((a, b) => Number(b) - Number(a)));
  expect(new Set(blocking(found).map(({ code }) => code))).toEqual(
    new Set(['placeholder', 'person', 'personal_data', 'done_action']),
  );
});

const at = new Date('2026-11-22T10:00:00Z');
const fact = (text: string, status: Fact['status']): Fact => ({
  id: text,
  crisisId: 'c',
  number: 1,
  text,
  status,
  ownerId: 'U1',
  source: '',
  recordedBy: 'U1',
  recordedAt: at,
  changedBy: 'U1',
  changedAt: at,
});
const cause = (text: string, status: 'hypothesis' | 'confirmed' | 'ruled_out') => ({
  id: text,
  crisisId: 'c',
  number: 1,
  family: 'quality',
  text,
  status,
  evidence: '',
  ownerId: 'U1',
});
const measure = (text: string, doneAt: Date | null) => ({
  id: text,
  crisisId: 'c',
  number: 1,
  text,
  ownerId: 'U1',
  dueAt: null,
  isPublic: true,
  doneAt,
  doneBy: null,
});

describe('facts, causes and measures', () => {
  const said = 'In all, twelve people were hurt in Lyon by pieces of glass.';
  test('a fact that is being checked blocks, in the same words or in others with the same figures', () => {
    const exact = check(said, 'en', { facts: [fact('Twelve people were hurt in Lyon', 'checking')] });
    expect(exact).toMatchObject([
      { code: 'unconfirmed_fact', exact: true, excerpt: 'twelve people were hurt in Lyon' },
    ]);
    const alike = check(said, 'en', { facts: [fact('Pieces of glass hurt people in Lyon', 'checking')] });
    expect(alike).toMatchObject([{ code: 'unconfirmed_fact', exact: false }]);
  });
  test('other figures are another fact; a confirmed one is none to worry about', () => {
    expect(
      check('12 people were hurt in Lyon.', 'en', { facts: [fact('20 people were hurt in Lyon', 'checking')] }),
    ).toEqual([]);
    expect(check(said, 'en', { facts: [fact('Twelve people were hurt in Lyon', 'confirmed')] })).toEqual([]);
  });
  test('a fact that proved false only warns: it may be said to be denied', () => {
    const found = check(said, 'en', { facts: [fact('Twelve people were hurt in Lyon', 'false')] });
    expect(found.map(({ code }) => code)).toEqual(['false_fact']);
    expect(blocking(found)).toEqual([]);
  });
  test('a cause that is not confirmed blocks; once it is, “isolated” is no guess any more', () => {
    const text = 'It is an isolated incident: a lid of the supplier broke on the line.';
    const known = { causes: [cause('A lid of the supplier broke on the line', 'hypothesis')] };
    expect(codes(text, 'en', known)).toEqual(['hypothesis', 'isolated']);
    expect(codes(text, 'en', { causes: [cause('A lid of the supplier broke on the line', 'confirmed')] })).toEqual([]);
  });
  test('an act is told as done only when each of its acts is a done measure, in the words of the text', () => {
    const text = 'We have stopped the sale of lot 12.';
    expect(codes(text, 'en', { measures: [measure('stopped the sale of lot 12', at)] })).toEqual([]);
    expect(codes(text, 'en', { measures: [measure('stopped the sale of lot 12', null)] })).toEqual(['done_action']);
    expect(
      codes('We have stopped the sale of lot 12 and informed the police.', 'en', {
        measures: [measure('stopped the sale of lot 12', at)],
      }),
    ).toEqual(['done_action']);
  });
});

describe('how people really write', () => {
  const known = { ownNames: ['Maison Aurore'] };
  test.each<[FindingCode, Language, string]>([
    ['done_action', 'en', 'Maison Aurore has recalled the batch.'],
    ['done_action', 'en', 'We, at Maison Aurore, have stopped production.'],
    ['done_action', 'en', 'The police were informed at noon.'],
    ['done_action', 'en', 'Sales are suspended.'],
    ['done_action', 'en', 'Our CEO has called the families.'],
    ['done_action', 'fr', 'Maison Aurore a rappelé le lot.'],
    ['done_action', 'fr', 'Nous avons, dès ce matin, alerté l’ANSES.'],
    ['done_action', 'fr', "J'ai informé la préfecture."],
    ['done_action', 'fr', 'Le produit vient d’être retiré.'],
    ['done_action', 'fr', 'La vente est suspendue depuis 14 h.'],
    ['done_action', 'fr', 'Nous venons de prévenir les magasins.'],
    ['done_action', 'fr', 'Les produits ont tous été retirés.'],
    ['person', 'en', 'Chief Executive Officer Jane Miller spoke.'],
    ['person', 'en', 'Prime Minister Jane Miller spoke.'],
    ['person', 'en', 'It was said by J. Miller yesterday.'],
    ['person', 'fr', 'Le Directeur Général Marc Leroy a parlé.'],
    ['person', 'fr', 'Selon J.-P. Martin, il pleut.'],
    ['placeholder', 'en', 'Next update at [TBC].'],
    ['placeholder', 'en', 'In {{ place }}, at XX.'],
    ['placeholder', 'fr', 'Le lot [à compléter] est sûr.'],
    ['placeholder', 'fr', 'Prochain point à ____ h.'],
    ['placeholder', 'fr', 'Chez {Org}.'],
  ])('%s (%s) in: %s', (code, language, text) => {
    expect(codes(text, language, known)).toContain(code);
  });
  test.each<[FindingCode, Language, string]>([
    ['done_action', 'en', 'Maison Aurore has been informed of glass in two jars.'],
    ['done_action', 'en', 'We were informed this morning.'],
    ['done_action', 'fr', 'Maison Aurore a été informée ce matin de deux cas.'],
    ['done_action', 'fr', 'Nous venons d’apprendre la nouvelle.'],
    ['done_action', 'fr', 'Nous n’avons pas retiré le produit.'],
    ['person', 'en', 'Sold in Great Britain and Northern Ireland.'],
    ['person', 'fr', 'La Direction Générale de la Santé enquête.'],
    ['placeholder', 'fr', 'Les causes restent à préciser. « Nous […] aimons la soupe. »'],
    ['placeholder', 'fr', 'Au XXe siècle, la Louis XIV.'],
  ])('no %s (%s) in: %s', (code, language, text) => {
    expect(codes(text, language, known)).not.toContain(code);
  });
  test('an act stands on a task until that task is open again', () => {
    const text = 'We have stopped the sale.';
    const doneTasks = [{ id: 't', number: 1, title: 'Stop the sale' }];
    const linked = {
      id: 'a',
      versionNumber: 1,
      versionHash: 'h',
      code: 'done_action' as const,
      excerpt: text,
      answer: 'linked' as const,
      targets: [{ kind: 'task' as const, id: 't', number: 1 }],
      reason: null,
      userId: 'U1',
      at: new Date(0),
    };
    expect(codes(text, 'en', { answers: [linked], doneTasks })).not.toContain('done_action');
    expect(codes(text, 'en', { answers: [linked] })).toContain('done_action');
  });
});

describe('the templates of the playbooks', () => {
  const values: Record<Language, Record<string, string>> = {
    en: {
      time: '5 p.m. on 3 March 2026',
      time2: '6 p.m.',
      next_update: '8 p.m.',
      url: 'https://example.com/soup',
      contact: '0 800 117 117',
      action1: 'stopped the sale',
      action2: 'informed the shops',
      fact: 'glass in two jars',
      instruction: 'do not eat it',
    },
    fr: {
      time: '17 h le 3 mars 2026',
      time2: '18 h',
      next_update: '20 h',
      url: 'https://example.com/soupe',
      contact: '0 800 117 117',
      action1: 'arrêté la vente',
      action2: 'prévenu les magasins',
      fact: 'verre dans deux pots',
      instruction: 'ne pas le consommer',
    },
  };
  const templates = [...productPlaybooks, productCore].flatMap((book) =>
    book.templates.map((t) => [`${book.key} ${t.id}`, t] as const),
  );
  const full = (text: string, l: Language) =>
    filled(
      text,
      new Map(
        placeholdersOf(text).map((key) => [
          key,
          values[l][key] ?? (l === 'en' ? 'what we know' : 'ce que nous savons'),
        ]),
      ),
    );
  for (const language of ['en', 'fr'] as const) {
    test.each(templates)(`say nothing that the check warns of, filled in: %s (${language})`, (_name, t) => {
      const body = full(t.body[language], language);
      const found = lint({ body, language, kind: t.kind, isSensitive: t.admits }, nothingKnown);
      // What a template promises to have been done is to be linked; slots it leaves out are said.
      expect(found.filter(({ code }) => !['done_action', 'slot_missing', 'too_long'].includes(code))).toEqual([]);
    });
  }
  test('tell as done, in both languages alike, exactly what somebody must have done', () => {
    const telling = templates.filter(([, t]) => deedsIn(full(t.body.en, 'en'), 'en').length > 0).map(([name]) => name);
    const enFrancais = templates
      .filter(([, t]) => deedsIn(full(t.body.fr, 'fr'), 'fr').length > 0)
      .map(([name]) => name);
    expect(telling).toEqual(enFrancais);
    expect(telling).toEqual(expect.arrayContaining(['product product-holding', 'harassment harassment-holding']));
  });
});

test('no text makes the check slow: 12,000 characters, the worst of them too', () => {
  const pieces = [
    'Aa ',
    '1 ',
    'nous avons immédiatement ',
    'we have already ',
    'a.',
    '{a',
    'rue d’l’',
    'né le ',
    ' ',
    'A1-',
    '+3 ',
    '[',
    '[a',
    'J.',
    '_',
    'Maison Aurore a ',
    'we, aa',
    'Directeur ',
  ];
  for (const piece of pieces)
    for (const language of ['en', 'fr'] as const) {
      const body = piece.repeat(Math.ceil(12_000 / piece.length)).slice(0, 12_000);
      const begun = performance.now();
      lint({ body, language, kind: 'holding', isSensitive: false }, { ...nothingKnown, ownNames: ['Maison Aurore'] });
      // Generous: what must never happen is a pattern that goes back over the text for each of its characters.
      expect(performance.now() - begun).toBeLessThan(500);
    }
});

test('every finding is explained in both languages: what, why, what instead', () => {
  const all: FindingCode[] = [
    'placeholder',
    'unconfirmed_fact',
    'hypothesis',
    'false_fact',
    'slot_missing',
    'too_long',
    ...(Object.keys(english) as FindingCode[]),
  ];
  for (const language of ['en', 'fr'] as const)
    for (const code of all) {
      const { title, why, instead } = findingWords(code, language);
      for (const text of [title, why, instead]) expect(text.length).toBeGreaterThan(4);
    }
});
describe('a title', () => {
  const inTitle = (title: string, language: Language = 'en') =>
    lint({ title, body: 'The sale goes on.', language, kind: 'email', isSensitive: false }, nothingKnown).map(
      ({ code, excerpt }) => [code, excerpt],
    );

  test.each([
    ['News about {product}', 'placeholder', '{product}'],
    ['Mr Dupont is not one of ours', 'person', 'Dupont'],
    ['Call 06 12 34 56 78', 'personal_data', '06 12 34 56 78'],
    ['We have stopped the sale', 'done_action', 'We have stopped the sale'],
  ])('“%s” is held against the same rules as the text', (title, code, excerpt) => {
    expect(inTitle(title)).toEqual([[code, excerpt]]);
  });

  test('written in capitals names nobody', () => {
    expect(inTitle('First Words About The Spring Soup')).toEqual([]);
  });
});
