import { compute, outlookOf, type Rating, standardWeights, type Value, values } from '../../src/assessment/score.ts';
import { newId } from '../../src/core/ids.ts';
import type { Language } from '../../src/core/locale.ts';
import type { Fact } from '../../src/facts/rules.ts';
import { productPlaybooks } from '../../src/playbooks/product.ts';
import { filled, placeholdersOf } from '../../src/playbooks/rules.ts';
import { lint, nothingKnown } from '../../src/statements/check/lint.ts';
import { parity } from '../../src/statements/check/parity.ts';
import { longestBody } from '../../src/statements/wording.ts';
import { type Row, row } from './report.ts';

/** Milliseconds between two keystrokes that nobody notices: the baseline is a figure, not a measurement. */
const patience = 10;
const runs = 300;

/** What is worked out while somebody writes: p99 of each on the longest text there can be. */
export async function words(): Promise<Row[]> {
  const [en, fr] = [longest('en'), longest('fr')];
  const facts = Array.from({ length: 100 }, (_, i) => fact(i));
  const check = (body: string, language: Language) =>
    lint({ body, language, kind: 'press_release', isSensitive: false }, { ...nothingKnown, facts });
  let seed = 1;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return values[seed % 5] as Value;
  };
  const assess = () => {
    const rating: Rating = {
      values: {
        harm: null,
        legal: null,
        reach: next(),
        source: next(),
        evidence: next(),
        sentiment: next(),
        business: next(),
        internal: next(),
      },
      flags: ['press'],
    };
    compute(rating, standardWeights);
    outlookOf(rating, standardWeights);
  };
  return [
    row('assessment and what would change it: p99', 'ms', p99(assess), patience, 1, 'lower'),
    row(
      'check of 12,000 characters in English, 100 facts: p99',
      'ms',
      p99(() => check(en, 'en')),
      patience,
      1,
      'lower',
    ),
    row(
      'check of 12,000 characters in French, 100 facts: p99',
      'ms',
      p99(() => check(fr, 'fr')),
      patience,
      1,
      'lower',
    ),
    row(
      'parity of 12,000 characters in both languages: p99',
      'ms',
      p99(() => parity({ body: en, language: 'en' }, { body: fr, language: 'fr' })),
      patience,
      1,
      'lower',
    ),
  ];
}

function p99(work: () => unknown): number {
  for (let i = 0; i < 50; i += 1) work();
  const took = Array.from({ length: runs }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return took.toSorted((a, b) => a - b)[Math.floor(runs * 0.99)] ?? 0;
}

/** Every text of every playbook with its blanks filled in, over and over. */
function longest(language: Language): string {
  const texts = productPlaybooks.flatMap((playbook) => playbook.templates.map((t) => t.body[language]));
  const whole = texts
    .map((text) =>
      filled(text, new Map(placeholdersOf(text).map((key, i) => [key, `lot L${2200 + i}, 12 March 2026`]))),
    )
    .join('\n\n');
  return whole.repeat(Math.ceil(longestBody / whole.length)).slice(0, longestBody);
}

const fact = (i: number): Fact =>
  ({
    id: newId(),
    crisisId: newId(),
    number: i + 1,
    text: `Jar number ${i} of the spring soup was sold in the shop of street ${i}`,
    status: i % 3 === 0 ? 'confirmed' : i % 3 === 1 ? 'checking' : 'false',
    ownerId: 'U0CLAIRE',
    source: 'Till records',
  }) as Fact;
