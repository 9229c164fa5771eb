import type { Reader } from '../../core/reader.ts';
import type { Crisis } from '../../crises/rules.ts';
import {
  button,
  type Choice,
  input,
  type Message,
  type ModalView,
  modal,
  momentInput,
  overflow,
  personInput,
  section,
  select,
  textInput,
} from '../../slack/blocks.ts';
import { pagedList, type Row } from '../../slack/list.ts';
import { withNames } from '../../slack/mrkdwn.ts';
import { common } from '../common-text.ts';
import { measureLine, momentOf } from '../lines.ts';
import { type MeasureRecord, type MeasureRefusal, measureMax, proofMax } from './rules.ts';
import { words } from './text.ts';

const choice = (ask: 'done' | 'change' | 'undo', measure: MeasureRecord, label: string): Choice => ({
  value: JSON.stringify({ ask, measureId: measure.id, v: measure.version }),
  label,
});

export function measureRow(measure: MeasureRecord, reader: Reader): Row {
  const w = words(reader.language).button;
  const menu = [
    measure.doneAt ? choice('undo', measure, w.undo) : choice('done', measure, w.done),
    choice('change', measure, w.change),
  ];
  return {
    text: measureLine(measure, reader),
    accessory: overflow('facts.measure_menu', menu),
    label: `M${measure.number} ${withNames(measure.text, reader.named)}`,
  };
}

export function measureList(measures: readonly MeasureRecord[], crisis: Crisis, page: number, reader: Reader): Message {
  const w = words(reader.language);
  const add = button(w.button.add, { id: 'facts.add_measure', value: JSON.stringify({ crisisId: crisis.id }) });
  return pagedList({
    title: w.list.title(measures.length),
    empty: w.list.empty,
    rows: measures.map((measure) => measureRow(measure, reader)),
    page,
    language: reader.language,
    turn: (label, to, suffix) =>
      button(label, { id: `facts.measures_page:${suffix}`, value: JSON.stringify({ crisisId: crisis.id, page: to }) }),
    buttons: crisis.status === 'open' ? [add] : [],
  });
}

export function measureForm(
  about: { crisis: Crisis; text?: string } | { measure: MeasureRecord },
  here: boolean,
  reader: Reader,
): ModalView {
  const { language } = reader;
  const [w, shared] = [words(language).form, common(language)];
  const measure = 'measure' in about ? about.measure : null;
  const text = 'measure' in about ? about.measure.text : about.text;
  return modal({
    id: measure ? 'facts.change_measure' : 'facts.add_measure',
    title: measure ? w.change : w.new,
    submit: shared.save,
    close: shared.cancel,
    metadata:
      'measure' in about
        ? { measureId: about.measure.id, v: about.measure.version, here }
        : { crisisId: about.crisis.id, here },
    blocks: [
      ...(measure ? [section(`*M${measure.number}*`)] : []),
      input(
        w.text,
        textInput('text', { multiline: true, max: measureMax, placeholder: w.textPlaceholder, initial: text }),
        { hint: w.textHint },
      ),
      input(shared.owner, personInput('owner', measure?.ownerId), { optional: true, hint: shared.ownerHint }),
      input(w.due, momentInput('due', measure?.dueAt), { optional: true, hint: w.dueHint }),
      input(
        w.public,
        select(
          'is_public',
          [
            { value: 'no', label: w.no },
            { value: 'yes', label: w.yes },
          ],
          measure?.isPublic ? 'yes' : 'no',
        ),
      ),
    ],
  });
}

export function doneForm(measure: MeasureRecord, here: boolean, reader: Reader): ModalView {
  const [w, shared] = [words(reader.language).form, common(reader.language)];
  return modal({
    id: 'facts.measure_done',
    title: w.doneTitle,
    submit: shared.save,
    close: shared.cancel,
    metadata: { measureId: measure.id, v: measure.version, here },
    blocks: [
      section(measureLine(measure, reader)),
      input(w.proof, textInput('proof', { max: proofMax }), { optional: true, hint: w.proofHint }),
      input(w.doneAt, momentInput('done_at'), { optional: true, hint: w.doneAtHint }),
    ],
  });
}

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: MeasureRefusal, reader: Reader): string {
  const [w, shared] = [words(reader.language).refused, common(reader.language)];
  switch (refusal.code) {
    case 'not_in_room':
      return shared.notInRoom;
    case 'closed':
      return shared.closed;
    case 'cannot_own':
      return shared.cannotOwn(refusal.name, refusal.why);
    case 'text_too_long':
      return shared.tooLong(refusal.length, measureMax);
    case 'proof_too_long':
      return shared.tooLong(refusal.length, proofMax);
    case 'nothing_changed':
      return shared.nothingChanged;
    case 'already_done': {
      const { number, doneBy, doneAt, changedBy, changedAt } = refusal.measure;
      return w.already_done(number, reader.named(doneBy ?? changedBy), momentOf(doneAt ?? changedAt, reader));
    }
    case 'not_done':
      return w.not_done(refusal.measure.number);
    case 'stale': {
      const { number, changedBy, changedAt } = refusal.measure;
      return shared.stale(w.what(number), reader.named(changedBy), momentOf(changedAt, reader));
    }
    case 'text_missing':
    case 'done_in_future':
      return w[refusal.code]();
  }
}
