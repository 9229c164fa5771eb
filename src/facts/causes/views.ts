import type { Reader } from '../../core/reader.ts';
import type { Crisis } from '../../crises/rules.ts';
import {
  button,
  input,
  type Message,
  type ModalView,
  modal,
  personInput,
  section,
  select,
  textInput,
} from '../../slack/blocks.ts';
import { pagedList, type Row } from '../../slack/list.ts';
import { withNames } from '../../slack/mrkdwn.ts';
import { common } from '../common-text.ts';
import { causeLine, momentOf } from '../lines.ts';
import {
  type CauseRecord,
  type CauseRefusal,
  causeMax,
  causeStatuses,
  evidenceMax,
  families,
  familyOf,
} from './rules.ts';
import { words } from './text.ts';

export function causeRow(cause: CauseRecord, reader: Reader): Row {
  const w = words(reader.language).button;
  return {
    text: causeLine(cause, reader),
    accessory: button(w.change, {
      id: 'facts.change_cause',
      value: JSON.stringify({ causeId: cause.id, v: cause.version }),
      spoken: `${w.change} C${cause.number}`,
    }),
    label: `C${cause.number} ${withNames(cause.text, reader.named)}`,
  };
}

export function causeList(causes: readonly CauseRecord[], crisis: Crisis, page: number, reader: Reader): Message {
  const w = words(reader.language);
  const add = button(w.button.add, { id: 'facts.add_cause', value: JSON.stringify({ crisisId: crisis.id }) });
  return pagedList({
    title: w.list.title(causes.length),
    empty: w.list.empty,
    rows: causes.map((cause) => causeRow(cause, reader)),
    page,
    language: reader.language,
    turn: (label, to, suffix) =>
      button(label, { id: `facts.causes_page:${suffix}`, value: JSON.stringify({ crisisId: crisis.id, page: to }) }),
    buttons: crisis.status === 'open' ? [add] : [],
  });
}

export function causeForm(
  about: { crisis: Crisis; text?: string } | { cause: CauseRecord },
  here: boolean,
  reader: Reader,
): ModalView {
  const { language } = reader;
  const [w, shared] = [words(language), common(language)];
  const cause = 'cause' in about ? about.cause : null;
  const text = 'cause' in about ? about.cause.text : about.text;
  return modal({
    id: cause ? 'facts.change_cause' : 'facts.add_cause',
    title: cause ? w.form.change : w.form.new,
    submit: shared.save,
    close: shared.cancel,
    metadata:
      'cause' in about
        ? { causeId: about.cause.id, v: about.cause.version, here }
        : { crisisId: about.crisis.id, here },
    blocks: [
      ...(cause ? [section(`*C${cause.number}*`)] : []),
      input(
        w.form.text,
        textInput('text', { multiline: true, max: causeMax, placeholder: w.form.textPlaceholder, initial: text }),
        { hint: w.form.textHint },
      ),
      input(
        w.form.family,
        select(
          'family',
          families.map((family) => ({ value: family, label: w.family[family] })),
          cause ? familyOf(cause) : undefined,
        ),
      ),
      input(
        w.form.status,
        select(
          'cause_status',
          causeStatuses.map((status) => ({ value: status, label: w.form.statusOption[status] })),
          cause?.status ?? 'hypothesis',
        ),
      ),
      input(w.form.evidence, textInput('evidence', { multiline: true, max: evidenceMax, initial: cause?.evidence }), {
        optional: true,
        hint: w.form.evidenceHint,
      }),
      input(w.form.owner, personInput('owner', cause?.ownerId), { optional: true, hint: shared.ownerHint }),
    ],
  });
}

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: CauseRefusal, reader: Reader): string {
  const [w, shared] = [words(reader.language).refused, common(reader.language)];
  switch (refusal.code) {
    case 'not_in_room':
      return shared.notInRoom;
    case 'closed':
      return shared.closed;
    case 'cannot_own':
      return shared.cannotOwn(refusal.name, refusal.why);
    case 'text_too_long':
      return shared.tooLong(refusal.length, causeMax);
    case 'evidence_too_long':
      return shared.tooLong(refusal.length, evidenceMax);
    case 'nothing_changed':
      return shared.nothingChanged;
    case 'evidence_missing':
      return w.evidence_missing(refusal.status);
    case 'stale': {
      const { number, changedBy, changedAt } = refusal.cause;
      return shared.stale(w.what(number), reader.named(changedBy), momentOf(changedAt, reader));
    }
    case 'text_missing':
      return w.text_missing();
  }
}
