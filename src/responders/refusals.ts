import { bilingual, list } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { duration } from '../core/time.ts';
import { sayCommonNo } from '../crises/refusals.ts';
import { escapeMrkdwn } from '../slack/mrkdwn.ts';
import { answerMs, turnIds } from './callout.ts';
import { departmentOf, firstNames, notCalledLines } from './lines.ts';
import type { ResponderRefusal } from './rules.ts';
import { service } from './text.ts';

const words = bilingual(
  {
    outsider: 'Guests and people from other organisations cannot answer in a war room. Ask the crisis lead to do it.',
    not_of_department: (department: string) =>
      `Only ${department}, its deputies or the crisis lead can answer here. To join the cell yourself, type \`/crisis join\`.`,
    already_answered: (department: string, name: string, took: string) =>
      `${name} has already answered for *${department}*, after ${took}. Nothing more to do here.`,
    already_relayed: (department: string) =>
      `It has already been passed on: others have been called for *${department}*. If you can after all, press “I’m on it”.`,
    not_called: (waiting: string) =>
      `You are not called. Waiting for ${waiting}. To join the cell yourself, type \`/crisis join\`.`,
    all_answered: 'Everybody who was called has answered. To join the cell yourself, type `/crisis join`.',
    nobody_named:
      'Say whom to call: `/crisis call @someone the reason`, or a department of your roster: `/crisis call legal`.',
    not_callable: (lines: string) => `I have called nobody:\n${lines}\nName somebody else.`,
    nobody_in_department: (department: string) =>
      `Nobody is set up for *${department}*. Name somebody: \`/crisis call @someone\`, and complete the roster with \`/crisis settings\`.`,
    nobody_in_team: (department: string) =>
      `In this closed team I call nobody for *${department}*. Name somebody: \`/crisis call @someone\`.`,
    no_such_crisis:
      'There is no open crisis that you can join here. If you were told about one, ask its lead to add you.',
    which_crisis: (commands: string) => `Say which one: ${commands}.`,
  },
  {
    outsider:
      'Les invités et les personnes d’autres organisations ne peuvent pas répondre dans une cellule de crise. Demandez à votre pilote de crise de le faire.',
    not_of_department: (department) =>
      `Seuls le ${service(department)}, ses suppléants ou votre pilote de crise peuvent répondre ici. Pour rejoindre vous-même la cellule, tapez \`/crise rejoindre\`.`,
    already_answered: (department, name, took) =>
      `${name} a déjà répondu pour le *${service(department)}*, en ${took}. Rien de plus à faire ici.`,
    already_relayed: (department) =>
      `C’est déjà relayé : d’autres personnes ont été alertées pour le *${service(department)}*. Si vous pouvez finalement, cliquez sur « Je m’en charge ».`,
    not_called: (waiting) =>
      `Vous n’êtes pas dans l’alerte. Réponse attendue : ${waiting}. Pour rejoindre vous-même la cellule, tapez \`/crise rejoindre\`.`,
    all_answered: 'Tout le monde a répondu à l’alerte. Pour rejoindre vous-même la cellule, tapez `/crise rejoindre`.',
    nobody_named:
      'Dites qui appeler : `/crise appeler @quelqu’un le motif`, ou un service de votre annuaire : `/crise appeler juridique`.',
    not_callable: (lines) => `Je n’ai alerté personne :\n${lines}\nNommez quelqu’un d’autre.`,
    nobody_in_department: (department) =>
      `Personne n’est désigné pour le *${service(department)}*. Nommez quelqu’un : \`/crise appeler @quelqu’un\`, et complétez l’annuaire avec \`/crise réglages\`.`,
    nobody_in_team: (department) =>
      `Dans cette équipe fermée, je n’alerte personne pour le *${service(department)}*. Nommez quelqu’un : \`/crise appeler @quelqu’un\`.`,
    no_such_crisis:
      'Il n’y a pas ici de crise ouverte que vous puissiez rejoindre. Si l’on vous en a parlé, demandez à son pilote de vous ajouter.',
    which_crisis: (commands) => `Précisez laquelle : ${commands}.`,
  },
);

/** Why not, and what to do next, as mrkdwn. */
export function sayNo(refusal: ResponderRefusal, reader: Reader): string {
  const { language, named } = reader;
  const w = words(language);
  switch (refusal.code) {
    case 'not_of_department':
    case 'already_relayed':
      return w[refusal.code](departmentOf(refusal.callout, language));
    case 'already_answered': {
      const name = escapeMrkdwn(named(refusal.callout.answeredBy ?? ''));
      return w.already_answered(
        departmentOf(refusal.callout, language),
        name,
        duration(answerMs(refusal.callout), language),
      );
    }
    case 'not_called': {
      const waiting = refusal.waiting.map((callout) => {
        const names = firstNames(turnIds(callout), reader);
        return `*${departmentOf(callout, language)}* (${names})`;
      });
      return waiting.length > 0 ? w.not_called(list(language, waiting)) : w.all_answered;
    }
    case 'not_callable':
      return w.not_callable(notCalledLines(refusal.people, reader));
    case 'nobody_in_department':
      return w[refusal.isClosed ? 'nobody_in_team' : 'nobody_in_department'](departmentOf(refusal, language));
    case 'which_crisis':
      return w.which_crisis(
        list(
          language,
          refusal.crises.map((crisis) => {
            const name = crisis.codeName ?? crisis.number;
            return `\`/${language === 'fr' ? 'crise rejoindre' : 'crisis join'} ${name}\``;
          }),
        ),
      );
    case 'outsider':
    case 'nobody_named':
    case 'no_such_crisis':
      return w[refusal.code];
    case 'not_in_room':
    case 'closed':
      return sayCommonNo(refusal, language);
  }
}
