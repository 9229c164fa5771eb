import { z } from 'zod';
import type { Reader } from '../../core/reader.ts';
import type { Crisis } from '../../crises/rules.ts';
import { type Message, type ModalView, section } from '../../slack/blocks.ts';
import { button, choiceField, form, momentField, personField, textField } from '../../slack/contract.ts';
import { pagedList, type Row } from '../../slack/list.ts';
import { withNames } from '../../slack/mrkdwn.ts';
import { common } from '../common-text.ts';
import { measureLine } from '../lines.ts';
import { type MeasureRecord, measureMax, proofMax } from './rules.ts';
import { words } from './text.ts';

const ofCrisis = z.object({ crisisId: z.uuid() });
const target = z.object({ measureId: z.uuid(), v: z.number() });
const targetOf = (measure: MeasureRecord) => ({ measureId: measure.id, v: measure.version });

const asks = ['done', 'change', 'undo'] as const;
export type Ask = (typeof asks)[number];

export const add = button('facts.add_measure', ofCrisis);
export const menu = button('facts.measure_menu', target.extend({ ask: z.enum(asks) }));
export const turnPage = button('facts.measures_page', ofCrisis.extend({ page: z.number() }));

const here = { here: z.boolean().default(false) };
const fields = {
  text: textField({ multiline: true, max: measureMax }),
  owner: personField(),
  due: momentField(),
  is_public: choiceField(['no', 'yes']),
};
export const addForm = form('facts.add_measure', ofCrisis.extend(here), fields);
export const changeForm = form('facts.change_measure', target.extend(here), fields);
export const doneForm = form('facts.measure_done', target.extend(here), {
  proof: textField({ max: proofMax }),
  done_at: momentField(),
});

export function measureRow(measure: MeasureRecord, reader: Reader): Row {
  const w = words(reader.language).button;
  const choice = (ask: Ask) => ({ value: { ask, ...targetOf(measure) }, label: w[ask] });
  return {
    text: measureLine(measure, reader),
    accessory: menu.menu([choice(measure.doneAt ? 'undo' : 'done'), choice('change')]),
    label: `M${measure.number} ${withNames(measure.text, reader.named)}`,
  };
}

export function measureList(measures: readonly MeasureRecord[], crisis: Crisis, page: number, reader: Reader): Message {
  const { language } = reader;
  const w = words(language);
  return pagedList({
    title: w.list.title(measures.length),
    empty: w.list.empty,
    rows: measures.map((measure) => measureRow(measure, reader)),
    page,
    language,
    turn: (label, to, suffix) => turnPage.draw(label, { crisisId: crisis.id, page: to }, { suffix }),
    buttons: crisis.status === 'open' ? [add.draw(w.button.add, { crisisId: crisis.id })] : [],
  });
}

export function measureForm(
  about: { crisis: Crisis; text: string } | { measure: MeasureRecord },
  here: boolean,
  reader: Reader,
): ModalView {
  const { language } = reader;
  const [w, shared, f] = [words(language).form, common(language), addForm.fields];
  const measure = 'measure' in about ? about.measure : null;
  const initial = 'measure' in about ? about.measure.text : about.text;
  const view = {
    title: measure ? w.change : w.new,
    submit: shared.save,
    close: shared.cancel,
    blocks: [
      ...(measure ? [section(`*M${measure.number}*`)] : []),
      f.text(w.text, { hint: w.textHint }, { placeholder: w.textPlaceholder, initial }),
      f.owner(shared.owner, { optional: true, hint: shared.ownerHint }, measure?.ownerId),
      f.due(w.due, { optional: true, hint: w.dueHint }, measure?.dueAt),
      f.is_public(
        w.public,
        {},
        (['no', 'yes'] as const).map((value) => ({ value, label: w[value] })),
        measure?.isPublic ? 'yes' : 'no',
      ),
    ],
  };
  return 'measure' in about
    ? changeForm.draw({ ...view, metadata: { ...targetOf(about.measure), here } })
    : addForm.draw({ ...view, metadata: { crisisId: about.crisis.id, here } });
}

export function drawDoneForm(measure: MeasureRecord, here: boolean, reader: Reader): ModalView {
  const [w, shared, f] = [words(reader.language).form, common(reader.language), doneForm.fields];
  return doneForm.draw({
    title: w.doneTitle,
    submit: shared.save,
    close: shared.cancel,
    metadata: { ...targetOf(measure), here },
    blocks: [
      section(measureLine(measure, reader)),
      f.proof(w.proof, { optional: true, hint: w.proofHint }),
      f.done_at(w.doneAt, { optional: true, hint: w.doneAtHint }),
    ],
  });
}
