import type { Reader } from '../../core/reader.ts';
import type { Crisis } from '../../crises/rules.ts';
import {
  actions,
  button,
  context,
  header,
  input,
  type KnownBlock,
  type Message,
  type ModalView,
  message,
  modal,
  section,
  select,
} from '../../slack/blocks.ts';
import { escapeMrkdwn, slackTime } from '../../slack/mrkdwn.ts';
import { common } from '../common-text.ts';
import { momentOf } from '../lines.ts';
import { postureNote, postureTexts } from './lines.ts';
import { type Cluster, clusters, type PostureInputs, type PostureRefusal, reputations, truths } from './rules.ts';
import { words } from './text.ts';

/** The suggestion with its reasons. `buttons`: for whoever asked, to correct the answers or to show it to the room. */
export function postureMessage(inputs: PostureInputs, crisis: Crisis, reader: Reader, buttons: boolean): Message {
  const { language, timeZone, named } = reader;
  const w = words(language);
  const value = JSON.stringify({ crisisId: crisis.id, v: inputs.version });
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
            button(w.button.post, { id: 'facts.post_posture', value }),
            button(w.button.change, { id: 'facts.posture', value: JSON.stringify({ crisisId: crisis.id }) }),
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
  reader: Reader,
): ModalView {
  const { language } = reader;
  const [w, shared] = [words(language), common(language)];
  const yesNo = [
    { value: 'no', label: w.form.no },
    { value: 'yes', label: w.form.yes },
  ];
  return modal({
    id: 'facts.posture',
    title: w.form.title,
    submit: w.form.submit,
    close: shared.cancel,
    metadata: { crisisId: crisis.id, v: before?.version ?? 0 },
    blocks: [
      section(before || !suggested ? w.form.intro : `${w.form.intro} ${w.form.fromPlaybook}`),
      input(
        w.form.cluster,
        select(
          'cluster',
          clusters.map((one) => ({ value: one, label: w.cluster[one] })),
          before?.cluster ?? suggested ?? undefined,
        ),
      ),
      input(
        w.form.truth,
        select(
          'truth',
          truths.map((one) => ({ value: one, label: w.truth[one] })),
          before?.truth ?? 'unknown',
        ),
      ),
      input(w.form.history, select('has_history', yesNo, before?.hasHistory ? 'yes' : 'no')),
      input(
        w.form.reputation,
        select(
          'reputation',
          reputations.map((one) => ({ value: one, label: w.reputation[one] })),
          before?.reputation ?? 'neutral',
        ),
      ),
      context(...postureNote(language)),
    ],
  });
}

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: PostureRefusal, reader: Reader): string {
  const shared = common(reader.language);
  switch (refusal.code) {
    case 'not_in_room':
      return shared.notInRoom;
    case 'closed':
      return shared.closed;
    case 'nothing_changed':
      return shared.nothingChanged;
    case 'stale': {
      const { setBy, setAt } = refusal.inputs;
      return shared.stale(words(reader.language).refused.what, reader.named(setBy), momentOf(setAt, reader));
    }
  }
}
