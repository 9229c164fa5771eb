import { z } from 'zod';
import { atLeast } from '../core/levels.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { MINUTE } from '../core/time.ts';
import type { Crisis } from '../crises/rules.ts';
import { nameOf } from '../crises/text.ts';
import type { Department } from '../people/rules.ts';
import { remindersText, resourcesText } from '../playbooks/lines.ts';
import type { Playbook } from '../playbooks/rules.ts';
import { actions, context, type Message, type ModalView, message, modal, section, sections } from '../slack/blocks.ts';
import { button, form, pickField } from '../slack/contract.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { waitsText } from '../statements/lines.ts';
import type { Statement } from '../statements/statement.ts';
import { firstWordsDue, isOutward } from './clock.ts';
import { words } from './text.ts';

export const startForm = form('first-hour.start', z.object({ crisisId: z.uuid(), channelId: z.string().nullable() }), {
  playbook_to_start: pickField(),
});

const ofPlaybook = z.object({ crisisId: z.uuid(), playbook: z.string() });
export const remindersButton = button('first-hour.reminders', ofPlaybook);
export const resourcesButton = button('first-hour.resources', ofPlaybook);

const mostMistakes = 3;

/** What a playbook knows besides its tasks, texts and stakeholders, which are lists of their own: tone, what to avoid, law, help. */
export function startMessage(crisis: Crisis, playbook: Playbook, { language }: Reader): Message {
  const w = words(language).message;
  const title = w.title(escapeMrkdwn(playbook.name[language]));
  const avoid = playbook.mistakes.slice(0, mostMistakes).map((mistake) => escapeMrkdwn(mistake[language]));
  const value = { crisisId: crisis.id, playbook: playbook.key };
  const [law, help] = [playbook.reminders.length, playbook.resources.length];
  const buttons = [
    ...(law > 0 ? [remindersButton.draw(w.reminders(law), value)] : []),
    ...(help > 0 ? [resourcesButton.draw(w.resources(help), value)] : []),
  ];
  return message(w.title(playbook.name[language]), [
    section(`*${title}*`),
    ...(atLeast(crisis.level, 'incident') ? [] : [section(w.nothingYet)]),
    ...sections(
      [
        w.tone(escapeMrkdwn(playbook.toneNote[language])),
        ...(avoid.length > 0 ? [w.mistakes(avoid.join(language === 'fr' ? ' ; ' : '; '))] : []),
      ].join('\n'),
    ),
    ...(crisis.isClosed ? [context(w.closed)] : []),
    ...(buttons.length > 0 ? [actions(...buttons)] : []),
  ]);
}

/** For their reader alone. */
export const remindersView = ({ reminders }: Playbook, language: Language): ModalView =>
  shownIn(words(language).message.remindersTitle, remindersText(reminders, language), language);
export const resourcesView = ({ resources }: Playbook, language: Language): ModalView =>
  shownIn(words(language).message.resourcesTitle, resourcesText(resources, language), language);

const shownIn = (title: string, text: string, language: Language): ModalView =>
  modal({
    id: 'first-hour.notice',
    title,
    close: words(language).form.close,
    blocks: text ? sections(text) : [section('–')],
  });

/** To the lead alone: what keeps the first words from being out. */
export function lateMessage(
  crisis: Crisis,
  statements: readonly Statement[],
  roster: readonly Department[],
  { language, named }: Reader,
): Message {
  const w = words(language).lateDm;
  const due = firstWordsDue(crisis);
  const minutes = due ? Math.round((due.limitAt.getTime() - crisis.declaredAt.getTime()) / MINUTE) : 0;
  const outside = statements.filter(isOutward).toReversed();
  const linesOf = (...states: Statement['status'][]) =>
    outside
      .filter(({ status }) => states.includes(status))
      .slice(0, 5)
      .map((s) => {
        const on = waitsText(s, roster, crisis, { language, named });
        const title = escapeMrkdwn(s.current.title);
        return on ? w.waitsOn(s.number, title, on) : w.line(s.number, title);
      })
      .join('\n');
  const [drafts, waits, approved] = [linesOf('draft', 'changes_requested'), linesOf('in_review'), linesOf('approved')];
  return message(w.text, [
    section(w.head(escapeMrkdwn(nameOf(crisis)), minutes)),
    ...(approved ? sections(w.approved(approved)) : []),
    ...(waits ? sections(w.waits(waits)) : []),
    ...(drafts ? sections(w.drafts(drafts)) : []),
    ...(approved || waits || drafts ? [] : [section(w.none)]),
    context(w.why),
  ]);
}

export function startView(
  crisis: Crisis,
  playbooks: readonly Pick<Playbook, 'key' | 'name'>[],
  channelId: string | null,
  language: Language,
): ModalView {
  const w = words(language).form;
  const choices = playbooks.map(({ key, name }) => ({ value: key, label: name[language] }));
  return startForm.draw({
    title: w.title,
    submit: w.submit,
    close: w.cancel,
    metadata: { crisisId: crisis.id, channelId },
    blocks: [
      section(`*${escapeMrkdwn(nameOf(crisis))}*`),
      startForm.fields.playbook_to_start(w.which, { hint: w.intro }, choices, crisis.playbook),
    ],
  });
}

export const notice = (text: string, language: Language): ModalView => {
  const w = words(language).form;
  return modal({ id: 'first-hour.notice', title: w.title, close: w.close, blocks: [section(text)] });
};
