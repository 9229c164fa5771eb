import { z } from 'zod';
import type { Reader } from '../../core/reader.ts';
import type { Crisis } from '../../crises/rules.ts';
import {
  actions,
  context,
  header,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  section,
} from '../../slack/blocks.ts';
import { button, choiceField, form } from '../../slack/contract.ts';
import { escapeMrkdwn, slackTime } from '../../slack/mrkdwn.ts';
import { common } from '../common-text.ts';
import { postureNote, postureTexts } from './lines.ts';
import { type Cluster, clusters, type PostureInputs, reputations, truths } from './rules.ts';
import { words } from './text.ts';

const ofCrisis = z.object({ crisisId: z.uuid() });

export const ask = button('facts.posture', ofCrisis);
export const post = button('facts.post_posture', ofCrisis.extend({ v: z.number() }));
export const questions = form('facts.posture', ofCrisis.extend({ v: z.number() }), {
  cluster: choiceField(clusters),
  truth: choiceField(truths),
  has_history: choiceField(['no', 'yes']),
  reputation: choiceField(reputations),
});

/** The suggestion with its reasons. `buttons`: to correct the answers or to show it to the room. */
export function postureMessage(inputs: PostureInputs, crisis: Crisis, reader: Reader, buttons: boolean): Message {
  const { language, timeZone, named } = reader;
  const w = words(language);
  const blocks: KnownBlock[] = [
    header(w.title),
    section(w.suggestion),
    context(
      escapeMrkdwn(w.answers(inputs)),
      w.setBy(escapeMrkdwn(named(inputs.setBy)), slackTime(inputs.setAt, timeZone, language)),
    ),
    ...postureTexts(inputs, language).map((text) => section(text)),
    context(...postureNote(language).slice(1)),
    ...(buttons && crisis.status === 'open'
      ? [
          actions(
            post.draw(w.button.post, { crisisId: crisis.id, v: inputs.version }),
            ask.draw(w.button.change, { crisisId: crisis.id }),
          ),
        ]
      : []),
  ];
  return message(w.titleText, blocks);
}

/** After a form, where there are no buttons. */
export const postureForm = (shown: Message, reader: Reader): ModalView =>
  modal({
    id: 'facts.posture_shown',
    title: words(reader.language).form.title,
    close: common(reader.language).close,
    blocks: shown.blocks.filter((block) => block.type !== 'header'),
  });

/** `suggested`: the cluster that the playbook starts from, while nobody has answered. */
export function questionsForm(
  crisis: Crisis,
  before: PostureInputs | undefined,
  suggested: Cluster | null,
  { language }: Reader,
): ModalView {
  const [w, f] = [words(language), questions.fields];
  const choices = <const V extends string>(values: readonly V[], labels: Record<V, string>) =>
    values.map((value) => ({ value, label: labels[value] }));
  return questions.draw({
    title: w.form.title,
    submit: w.form.submit,
    close: common(language).cancel,
    metadata: { crisisId: crisis.id, v: before?.version ?? 0 },
    blocks: [
      section(before || !suggested ? w.form.intro : `${w.form.intro} ${w.form.fromPlaybook}`),
      f.cluster(w.form.cluster, {}, choices(clusters, w.cluster), before?.cluster ?? suggested ?? undefined),
      f.truth(w.form.truth, {}, choices(truths, w.truth), before?.truth ?? 'unknown'),
      f.has_history(w.form.history, {}, choices(['no', 'yes'], w.form), before?.hasHistory ? 'yes' : 'no'),
      f.reputation(w.form.reputation, {}, choices(reputations, w.reputation), before?.reputation ?? 'neutral'),
      context(...postureNote(language)),
    ],
  });
}
