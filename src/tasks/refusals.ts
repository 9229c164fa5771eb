import { bilingual } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { momentOf } from '../core/time.ts';
import { noWords, sayCommonNo } from '../crises/refusals.ts';
import { detailsMax, reasonMax, type Task, type TaskRefusal, titleMax } from './rules.ts';
import { words as taskWords } from './text.ts';

/** What happened to a task before somebody pressed, in the reader's words. */
type Seen = { number: number; by: string; at: string; status: string };

const words = bilingual(
  {
    title_missing: () => 'Say what has to be done, for example: /crisis task Freeze scheduled posts @someone in 20 min',
    title_too_long: (length: number, max: number) =>
      `A task’s title has at most ${max} characters, this one has ${length}. Keep the essential and put the rest into the details (type /crisis task alone for the form).`,
    details_too_long: (length: number, max: number) =>
      `The details have at most ${max} characters, these have ${length}. Shorten them, or link to a document.`,
    several_people: (names: string) =>
      `A task belongs to one person, and you named ${names}. Keep the one who does it, or create one task each.`,
    due_past: (phrase: string | null) =>
      phrase
        ? `“${phrase}” is over already. Write a later time, or add the day: tomorrow 9am.`
        : 'This due time is over already. Choose a later one.',
    due_ambiguous: (phrase: string | null) =>
      `“${phrase ?? ''}” can mean two different times, and I do not guess. Write for example: in 2 hours, by 14:00, tomorrow 9am, 25 November at 10:00.`,
    due_too_far: (phrase: string | null) => `“${phrase ?? ''}” is more than a year away. Choose an earlier time.`,
    already_done: ({ number, by, at }: Seen) =>
      `Task #${number} is already done: ${by}, ${at}. There is nothing left to do.`,
    already_started: ({ number, by, at }: Seen) => `Task #${number} is already started: ${by}, ${at}.`,
    not_done: ({ number, by, at, status }: Seen) =>
      `Task #${number} is not done, so there is nothing to reopen. It is “${status}” since ${by} changed it, ${at}.`,
    stale: ({ number, by, at, status }: Seen) =>
      `${by} changed task #${number} before you pressed, ${at}: it is now “${status}”. I did nothing; look at it as it stands, then press again if you still want to.`,
    reason_missing: () => 'Say what is in the way: without a reason nobody can help.',
    same_assignee: (name: string) => `This task is ${name}’s already.`,
    same_due: () => 'That is its due time already.',
    not_lead: () => 'Only the crisis lead shows all tasks at once. `/crisis tasks` shows them to you alone.',
    nothing_hidden: () => 'All tasks are shown already.',
    nothing_unfilled: () => 'Somebody does this by now: there is nothing left to give.',
  },
  {
    title_missing: () =>
      'Dites ce qu’il faut faire, par exemple : /crise tâche Suspendre les publications programmées @quelqu’un dans 20 min',
    title_too_long: (length, max) =>
      `Le titre d’une tâche compte ${max} caractères au plus, celui-ci en a ${length}. Gardez l’essentiel et mettez le reste dans les détails (tapez /crise tâche seul pour le formulaire).`,
    details_too_long: (length, max) =>
      `Les détails comptent ${max} caractères au plus, ceux-ci en ont ${length}. Raccourcissez-les, ou renvoyez à un document.`,
    several_people: (names) =>
      `Une tâche revient à une seule personne, et vous avez nommé ${names}. Gardez celle qui s’en charge, ou créez une tâche pour chacune.`,
    due_past: (phrase) =>
      phrase
        ? `« ${phrase} » est déjà passé. Indiquez une heure à venir, ou précisez le jour : demain 9h.`
        : 'Cette échéance est déjà passée. Choisissez-en une à venir.',
    due_ambiguous: (phrase) =>
      `« ${phrase ?? ''} » peut désigner deux moments différents, et je ne devine pas. Écrivez par exemple : dans 2 heures, avant 14h, demain 9h, le 25 novembre à 10h.`,
    due_too_far: (phrase) => `« ${phrase ?? ''} » est à plus d’un an. Choisissez une date plus proche.`,
    already_done: ({ number, by, at }) =>
      `La tâche n° ${number} est déjà terminée : ${by}, ${at}. Il n’y a plus rien à faire.`,
    already_started: ({ number, by, at }) => `La tâche n° ${number} est déjà commencée : ${by}, ${at}.`,
    not_done: ({ number, by, at, status }) =>
      `La tâche n° ${number} n’est pas terminée, il n’y a donc rien à rouvrir. Elle est « ${status} » depuis la modification de ${by}, ${at}.`,
    stale: ({ number, by, at, status }) =>
      `${by} a modifié la tâche n° ${number} avant vous, ${at} : elle est maintenant « ${status} ». Je n’ai rien fait ; voyez où elle en est, puis appuyez de nouveau si vous le souhaitez toujours.`,
    reason_missing: () => 'Dites ce qui bloque : sans motif, personne ne peut aider.',
    same_assignee: (name) => `Cette tâche est déjà confiée à ${name}.`,
    same_due: () => 'C’est déjà son échéance.',
    not_lead: () =>
      'Seul le pilote de crise affiche toutes les tâches d’un coup. `/crise tâches` les montre à vous seul.',
    nothing_hidden: () => 'Toutes les tâches sont déjà affichées.',
    nothing_unfilled: () => 'Quelqu’un s’en charge désormais : il n’y a plus rien à confier.',
  },
);

/** Plain text: why not, and what to do next, with hours in the reader's own time zone. */
export function sayNo(refusal: TaskRefusal, reader: Reader): string {
  const w = words(reader.language);
  switch (refusal.code) {
    case 'title_too_long':
      return w.title_too_long(refusal.length, titleMax);
    case 'details_too_long':
      return w.details_too_long(refusal.length, detailsMax);
    case 'reason_too_long':
      return noWords(reader.language).tooLong(refusal.length, reasonMax);
    case 'several_people':
      return w.several_people(refusal.userIds.map((id) => reader.named(id)).join(', '));
    case 'due_past':
    case 'due_ambiguous':
    case 'due_too_far':
      return w[refusal.code](refusal.phrase);
    case 'same_assignee':
      return w.same_assignee(refusal.name);
    case 'already_done':
      return w.already_done(seen(refusal.task, reader, refusal.task.doneBy, refusal.task.doneAt));
    case 'already_started':
      return w.already_started(seen(refusal.task, reader, refusal.task.startedBy, refusal.task.startedAt));
    case 'not_done':
    case 'stale':
      return w[refusal.code](seen(refusal.task, reader, refusal.task.changedBy, refusal.task.changedAt));
    case 'title_missing':
    case 'reason_missing':
    case 'same_due':
    case 'not_lead':
    case 'nothing_hidden':
    case 'nothing_unfilled':
      return w[refusal.code]();
    case 'not_in_room':
    case 'closed':
    case 'cannot_own':
      return sayCommonNo(refusal, reader.language);
  }
}

const seen = (task: Task, reader: Reader, by: string | null, at: Date | null): Seen => ({
  number: task.number,
  by: reader.named(by ?? task.changedBy),
  at: momentOf(at ?? task.changedAt, reader),
  status: taskWords(reader.language).status[task.status],
});
