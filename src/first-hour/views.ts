import { z } from 'zod';
import { atLeast } from '../core/levels.ts';
import type { Language } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import type { Crisis } from '../crises/rules.ts';
import { nameOf } from '../crises/text.ts';
import type { Department } from '../people/rules.ts';
import { remindersText, resourcesText } from '../playbooks/lines.ts';
import type { Playbook } from '../playbooks/rules.ts';
import { actions, context, type Message, type ModalView, message, modal, section, sections } from '../slack/blocks.ts';
import { button, form, pickField } from '../slack/contract.ts';
import { clip } from '../slack/limits.ts';
import { escapeMrkdwn, slackTime } from '../slack/mrkdwn.ts';
import type { Wait } from '../slack/waits.ts';
import { readVersion, versionOf } from '../statements/buttons.ts';
import { peopleIn, waitsText } from '../statements/lines.ts';
import { statusLabel } from '../statements/names.ts';
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

/** The nearest to being out first. */
const nearest = ['approved', 'in_review', 'changes_requested', 'draft'] as const;
const mostTexts = 3;

/** What waits on the lead once the limit is over: which texts there are, and what each waits for. */
export function lateWait(
  crisis: Crisis,
  since: Date,
  statements: readonly Statement[],
  roster: readonly Department[],
): Wait[] {
  const due = firstWordsDue(crisis);
  if (!due) return [];
  const texts = nearest.flatMap((state) => statements.filter((s) => isOutward(s) && s.status === state));
  const [first] = texts;
  return [
    {
      userId: crisis.leadId,
      key: 'first_words',
      news: 'late',
      isUrgent: atLeast(crisis.level, 'crisis'),
      since,
      dueAt: due.limitAt,
      changesAt: null,
      names: peopleIn(texts, roster, crisis),
      text: (reader) => {
        const w = words(reader.language).late;
        const lines = texts.slice(0, mostTexts).map((one) => {
          const on = one.status === 'in_review' && waitsText(one, roster, crisis, reader);
          const state = on || statusLabel(one.status, reader.language);
          return w.text(one.number, escapeMrkdwn(clip(one.current.title, 60)), state);
        });
        const at = slackTime(due.limitAt, reader.timeZone, reader.language, 'time');
        return [w.head(at), lines.length > 0 ? lines.join(' · ') : w.none, w.silence].join(' ');
      },
      button: (language) => {
        if (!first) return null;
        const w = words(language).late;
        return readVersion.draw(w.read, versionOf(first), { suffix: 'late', spoken: w.spoken(first.number) });
      },
    },
  ];
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
