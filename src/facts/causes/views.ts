import { z } from 'zod';
import type { Reader } from '../../core/reader.ts';
import type { Crisis } from '../../crises/rules.ts';
import { type Message, type ModalView, section } from '../../slack/blocks.ts';
import { button, choiceField, form, personField, textField } from '../../slack/contract.ts';
import { pagedList, type Row } from '../../slack/list.ts';
import { withNames } from '../../slack/mrkdwn.ts';
import { common } from '../common-text.ts';
import { causeLine } from '../lines.ts';
import { type CauseRecord, causeMax, causeStatuses, evidenceMax, families, familyOf } from './rules.ts';
import { words } from './text.ts';

const ofCrisis = z.object({ crisisId: z.uuid() });
const target = z.object({ causeId: z.uuid(), v: z.number() });
const targetOf = (cause: CauseRecord) => ({ causeId: cause.id, v: cause.version });

export const add = button('facts.add_cause', ofCrisis);
export const change = button('facts.change_cause', target);
export const turnPage = button('facts.causes_page', ofCrisis.extend({ page: z.number() }));

const here = { here: z.boolean().default(false) };
const fields = {
  text: textField({ multiline: true, max: causeMax }),
  family: choiceField(families),
  cause_status: choiceField(causeStatuses),
  evidence: textField({ multiline: true, max: evidenceMax }),
  owner: personField(),
};
export const addForm = form('facts.add_cause', ofCrisis.extend(here), fields);
export const changeForm = form('facts.change_cause', target.extend(here), fields);

export function causeRow(cause: CauseRecord, reader: Reader): Row {
  const w = words(reader.language).button;
  return {
    text: causeLine(cause, reader),
    accessory: change.draw(w.change, targetOf(cause), { spoken: `${w.change} C${cause.number}` }),
    label: `C${cause.number} ${withNames(cause.text, reader.named)}`,
  };
}

export function causeList(causes: readonly CauseRecord[], crisis: Crisis, page: number, reader: Reader): Message {
  const { language } = reader;
  const w = words(language);
  return pagedList({
    title: w.list.title(causes.length),
    empty: w.list.empty,
    rows: causes.map((cause) => causeRow(cause, reader)),
    page,
    language,
    turn: (label, to, suffix) => turnPage.draw(label, { crisisId: crisis.id, page: to }, { suffix }),
    buttons: crisis.status === 'open' ? [add.draw(w.button.add, { crisisId: crisis.id })] : [],
  });
}

export function causeForm(
  about: { crisis: Crisis; text: string } | { cause: CauseRecord },
  here: boolean,
  reader: Reader,
): ModalView {
  const { language } = reader;
  const [{ form: w, family }, shared, f] = [words(language), common(language), addForm.fields];
  const cause = 'cause' in about ? about.cause : null;
  const initial = 'cause' in about ? about.cause.text : about.text;
  const view = {
    title: cause ? w.change : w.new,
    submit: shared.save,
    close: shared.cancel,
    blocks: [
      ...(cause ? [section(`*C${cause.number}*`)] : []),
      f.text(w.text, { hint: w.textHint }, { placeholder: w.textPlaceholder, initial }),
      f.family(
        w.family,
        {},
        families.map((one) => ({ value: one, label: family[one] })),
        cause ? familyOf(cause) : undefined,
      ),
      f.cause_status(
        w.status,
        {},
        causeStatuses.map((status) => ({ value: status, label: w.statusOption[status] })),
        cause?.status ?? 'hypothesis',
      ),
      f.evidence(w.evidence, { optional: true, hint: w.evidenceHint }, { initial: cause?.evidence }),
      f.owner(w.owner, { optional: true, hint: shared.ownerHint }, cause?.ownerId),
    ],
  };
  return 'cause' in about
    ? changeForm.draw({ ...view, metadata: { ...targetOf(about.cause), here } })
    : addForm.draw({ ...view, metadata: { crisisId: about.crisis.id, here } });
}
