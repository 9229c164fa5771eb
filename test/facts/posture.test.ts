import { describe, expect, test } from 'vitest';
import { postureNote, postureTexts } from '../../src/facts/posture/lines.ts';
import {
  type Cluster,
  clusters,
  type PostureQuestion,
  postureOf,
  reputations,
  type Stance,
  type Truth,
  truths,
} from '../../src/facts/posture/rules.ts';
import { limits } from '../../src/slack/limits.ts';

const all: PostureQuestion[] = clusters.flatMap((cluster) =>
  truths.flatMap((truth) =>
    [false, true].flatMap((hasHistory) =>
      reputations.map((reputation) => ({ cluster, truth, hasHistory, reputation })),
    ),
  ),
);

/** Discipline C1, its table: without and with a history or a bad name. */
const table: Record<Cluster, Record<'usual' | 'raised', Stance[]>> = {
  victim: { usual: ['victimage'], raised: ['diminish'] },
  accident: { usual: ['diminish', 'corrective_action'], raised: ['rebuild', 'corrective_action'] },
  preventable: { usual: ['rebuild', 'corrective_action'], raised: ['rebuild_longer', 'corrective_action'] },
};

function expected({ cluster, truth, hasHistory, reputation }: PostureQuestion): Stance[] {
  if (truth === 'unknown') return [];
  const step = hasHistory || reputation === 'bad' ? 'raised' : 'usual';
  const denial: Stance[] =
    cluster === 'victim' && step === 'usual' ? ['deny_with_proof', 'victimage'] : ['deny_with_proof'];
  const main = truth === 'false' ? denial : table[cluster][step];
  return reputation === 'good' ? [...main, 'bolster'] : main;
}

describe('the posture that is suggested', () => {
  test('covers every combination of the four answers', () => expect(all).toHaveLength(72));

  test.each(all)('$cluster, $truth, history $hasHistory, reputation $reputation', (question) => {
    const suggestion = postureOf(question);
    expect(suggestion.posture).toEqual(expected(question));
    expect(suggestion.first).toEqual(['instructing', 'adjusting']);
    expect(suggestion.because[0]).toBe('base_response');
    const denies = suggestion.posture.includes('deny_with_proof');
    const repairs = suggestion.posture.some((one) => ['diminish', 'rebuild', 'rebuild_longer'].includes(one));
    expect(denies && repairs).toBe(false);
    expect(suggestion.avoid).toContain(denies ? 'mix_deny' : 'deny_unproven');
    expect(suggestion.avoid.includes('bolster_alone')).toBe(suggestion.posture.includes('bolster'));
    expect(suggestion.posture).not.toEqual(['bolster']);
  });

  test.each<[Truth, string]>([
    ['unknown', 'truth_unknown'],
    ['plausible', 'truth_plausible'],
    ['false', 'truth_false'],
  ])('says why when the truth is %s', (truth, because) => {
    for (const question of all.filter((one) => one.truth === truth))
      expect(postureOf(question).because).toContain(because);
  });

  test.each(['en', 'fr'] as const)('in %s is told with its reasons and sources, within Slack’s limits', (language) => {
    for (const question of all) {
      const texts = postureTexts(question, language);
      expect(texts).toHaveLength(4);
      expect(texts.join('')).not.toContain('undefined');
      expect(texts.join('')).toContain('Coombs');
      for (const text of texts) expect(text.length).toBeLessThan(limits.sectionText);
    }
    expect(postureNote(language)).toHaveLength(2);
  });
});
