import { type Language, list, numberText } from '../core/locale.ts';
import type { Reader } from '../core/reader.ts';
import { dateTime } from '../core/time.ts';
import { type CommonRefusal, sayCommonNo } from '../crises/refusals.ts';
import { findingWords } from './check/text.ts';
import { seatList, statusName } from './names.ts';
import type { StatementRefusal } from './statement.ts';

type Own = Exclude<StatementRefusal, CommonRefusal>;
type Words = { [C in Own['code']]: (no: Extract<Own, { code: C }>, reader: Reader) => string };

const refusals: Record<Language, Words> = {
  en: {
    unknown: () => 'There is no statement with this number here. See them all with `/crisis statements`.',
    title_missing: () => 'Give it a title: a few words that everybody will recognise.',
    title_too_long: ({ length }) => `The title has ${length} characters; it takes 120. Move the rest to the text.`,
    body_missing: () => 'The text is empty. Write what is to be said.',
    body_too_long: ({ length }) =>
      `The whole text has ${numberText(length, 'en')} characters, ${numberText(length - 12_000, 'en')} more than the 12,000 a statement takes. Nothing is lost: shorten it here and save again.`,
    edited_meanwhile: ({ version, byId }, reader) =>
      `${reader.named(byId)} saved version ${version} while you were writing. Copy your text, then edit version ${version}.`,
    unchanged: ({ version }) => `Nothing was changed: version ${version} stands, with its approvals.`,
    not_editable: ({ status }) =>
      `It is ${status}: its wording no longer changes. Draft a new statement with \`/crisis statement\`.`,
    not_submittable: ({ status }) =>
      status === 'in_review'
        ? 'It is already submitted: its card shows on whom it waits.'
        : status === 'changes_requested' || status === 'rejected'
          ? 'This version was turned down. Edit it, then submit the new version.'
          : `It is ${status} and cannot be submitted again. Draft a new statement with \`/crisis statement\`.`,
    no_approver: ({ seats }, reader) =>
      `Nobody but the author could approve for ${seatList(seats, reader)}. Name somebody with \`/crisis settings\`, hand over the lead with \`/crisis lead @someone\`, or let somebody else write it.`,
    stale: ({ version, byId, at }, reader) =>
      `Nothing was recorded: you were looking at an old text. There is a version ${version} by ${reader.named(byId)}, ${momentOf(at, reader)}. Read that one, then decide.`,
    not_in_review: ({ status }) =>
      `Nothing was recorded: this statement is not in review. It is now: ${statusName(status, 'en').toLowerCase()}.`,
    own_words: ({ as }) =>
      as === 'earlier'
        ? 'You wrote a part of this text since it was last approved, and nobody approves their own words. Another person of the department, its deputy or the lead must.'
        : as === 'author'
          ? 'You wrote this version, and nobody approves their own words. Another person of the department, its deputy or the lead must.'
          : 'You submitted this version, and nobody approves what they submitted. Another person of the department, its deputy or the lead must.',
    not_an_approver: ({ seats }, reader) =>
      `Only ${seatList(seats, reader)} can decide on this statement. If you should, ask an administrator to add you with \`/crisis settings\`.`,
    already_approved: ({ byId, mine, at }, reader) =>
      mine
        ? `You approved this version already, ${momentOf(at, reader)}. There is nothing left for you to do.`
        : `${reader.named(byId)} approved this version for your department already, ${momentOf(at, reader)}. There is nothing left for you to do.`,
    may_not_waive: () => 'Only the crisis lead allows one person two seats. Ask them.',
    somebody_else: () => 'Somebody else can approve: the card shows on whom each seat waits. Ask them.',
    reason_missing: () => 'Say why: the author must know what to do, and the timeline keeps it.',
    not_approved: ({ status }) =>
      `It can be marked as published only once it is approved. It is now: ${statusName(status, 'en').toLowerCase()}.`,
    may_not_publish: () => 'Only communication and the crisis lead mark a statement as published. Ask one of them.',
    address_missing: () => 'Give the address, or say where it was published.',
    address_wrong: () =>
      'This is not a web address. It starts with https:// or http://, for example https://example.com/news.',
    promise_missing: () => 'Give the time, or tick “It promises none”: one of the two.',
    promise_past: () => 'This is not after the publication. Look at the text: when does it say that we speak next?',
    published_in_future: () => 'This time is still to come. Mark it once it is published.',
    published_before_approval: ({ approvedAt }, reader) =>
      `This is before the last approval (${momentOf(approvedAt, reader)}). If it went out before, write so in the timeline instead.`,
    already_withdrawn: ({ byId, at }, reader) => `${reader.named(byId)} withdrew it already, ${momentOf(at, reader)}.`,
    nothing_to_do: () => 'There is nothing left to do.',
    blocked: ({ codes }) =>
      `It is saved, but not submitted: ${list(
        'en',
        codes.map((code) => findingWords(code, 'en').title.toLowerCase()),
      )}. Press “Check…” on its card and answer each point, or edit the text.`,
    unconfirmed: ({ facts, causes }) =>
      `The text says what is not confirmed (any more): ${list('en', [
        ...facts.map((number) => `fact ${number}`),
        ...causes.map((number) => `cause ${number}`),
      ])}. Confirm it with \`/crisis facts\`, or request changes.`,
    not_legal: () =>
      'Only legal can agree that somebody is named or described. Press “Ask legal”: they get the text with a button.',
    nothing_chosen: () => 'Choose what was done, or say why nothing needs to be linked.',
    not_done: () => 'Only a task or measure that is done can be linked. Mark it as done first, or reword the sentence.',
    not_a_twin: () =>
      'That is not its translation: choose a statement of this crisis in the other language that was not withdrawn.',
    map_empty: () => 'Write at least one message.',
    map_too_long: ({ length }) =>
      `Together these are ${numberText(length, 'en')} characters, more than the 9,000 that are kept. Shorten the proofs.`,
    map_changed_meanwhile: () =>
      'Somebody saved the message map while you were writing. Copy your words, then open it again.',
  },
  fr: {
    unknown: () => 'Aucun communiqué ne porte ce numéro ici. Voyez-les tous avec `/crise communiqués`.',
    title_missing: () => 'Donnez un titre : quelques mots que chacun reconnaîtra.',
    title_too_long: ({ length }) =>
      `Le titre compte ${length} caractères, pour 120 au plus. Reportez le reste dans le texte.`,
    body_missing: () => 'Le texte est vide. Écrivez ce qui doit être dit.',
    body_too_long: ({ length }) =>
      `Le texte entier compte ${numberText(length, 'fr')} caractères, soit ${numberText(length - 12_000, 'fr')} de plus que les 12 000 possibles. Rien n’est perdu : raccourcissez-le ici et enregistrez de nouveau.`,
    edited_meanwhile: ({ version, byId }, reader) =>
      `${reader.named(byId)} a enregistré la version ${version} pendant que vous écriviez. Copiez votre texte, puis modifiez la version ${version}.`,
    unchanged: ({ version }) => `Rien n’a changé : la version ${version} demeure, avec ses validations.`,
    not_editable: ({ status }) =>
      `Il est ${statusName(status, 'fr').toLowerCase()} : sa rédaction ne change plus. Rédigez un nouveau communiqué avec \`/crise communiqué\`.`,
    not_submittable: ({ status }) =>
      status === 'in_review'
        ? 'Il est déjà soumis : sa carte montre de qui il dépend.'
        : status === 'changes_requested' || status === 'rejected'
          ? 'Cette version n’a pas été acceptée. Modifiez-la, puis soumettez la nouvelle version.'
          : `Il est ${statusName(status, 'fr').toLowerCase()} et ne peut plus être soumis. Rédigez un nouveau communiqué avec \`/crise communiqué\`.`,
    no_approver: ({ seats }, reader) =>
      `Personne d’autre que l’auteur ne pourrait valider pour : ${seatList(seats, reader)}. Désignez quelqu’un avec \`/crise réglages\`, transmettez la direction avec \`/crise directeur @quelqu’un\`, ou laissez quelqu’un d’autre rédiger.`,
    stale: ({ version, byId, at }, reader) =>
      `Rien n’a été enregistré : vous aviez un ancien texte sous les yeux. Il existe une version ${version} de ${reader.named(byId)}, ${momentOf(at, reader)}. Lisez-la, puis décidez.`,
    not_in_review: ({ status }) =>
      `Rien n’a été enregistré : ce communiqué n’est pas en validation. État actuel : ${statusName(status, 'fr').toLowerCase()}.`,
    own_words: ({ as }) =>
      as === 'earlier'
        ? 'Vous avez rédigé une partie de ce texte depuis sa dernière validation, et personne ne valide ses propres mots. Une autre personne du service, son suppléant ou le pilote de crise doit le faire.'
        : as === 'author'
          ? 'Vous avez rédigé cette version, et personne ne valide ses propres mots. Une autre personne du service, son suppléant ou le pilote de crise doit le faire.'
          : 'Vous avez soumis cette version, et personne ne valide ce qu’il a soumis. Une autre personne du service, son suppléant ou le pilote de crise doit le faire.',
    not_an_approver: ({ seats }, reader) =>
      `Seuls décident de ce communiqué : ${seatList(seats, reader)}. Si vous devez en être, demandez à un administrateur de vous ajouter avec \`/crise réglages\`.`,
    already_approved: ({ byId, mine, at }, reader) =>
      mine
        ? `Vous avez déjà validé cette version, ${momentOf(at, reader)}. Il ne vous reste rien à faire.`
        : `${reader.named(byId)} a déjà validé cette version pour votre service, ${momentOf(at, reader)}. Il ne vous reste rien à faire.`,
    may_not_waive: () => 'Seul le pilote de crise autorise une même personne à valider à deux titres. Demandez-le-lui.',
    somebody_else: () =>
      'Quelqu’un d’autre peut valider : la carte indique qui est attendu. Sollicitez cette personne.',
    reason_missing: () => 'Dites pourquoi : l’auteur doit savoir quoi faire, et la main courante le conserve.',
    not_approved: ({ status }) =>
      `Il ne peut être marqué comme publié qu’une fois validé. État actuel : ${statusName(status, 'fr').toLowerCase()}.`,
    may_not_publish: () =>
      'Seuls la communication et le pilote de crise marquent un communiqué comme publié. Adressez-vous à l’un d’eux.',
    address_missing: () => 'Donnez l’adresse, ou dites où il a été publié.',
    address_wrong: () =>
      'Ce n’est pas une adresse web. Elle commence par https:// ou http://, par exemple https://exemple.fr/actualites.',
    promise_missing: () => 'Indiquez l’heure ou cochez « Il n’en promet aucune » : l’un des deux.',
    promise_past: () => 'Ce moment ne suit pas la publication. Relisez le texte : quand y annonçons-nous la suite ?',
    published_in_future: () => 'Cette heure est à venir. Marquez-le une fois publié.',
    published_before_approval: ({ approvedAt }, reader) =>
      `C’est avant la dernière validation (${momentOf(approvedAt, reader)}). S’il est sorti avant, écrivez-le plutôt dans la main courante.`,
    already_withdrawn: ({ byId, at }, reader) => `${reader.named(byId)} l’a déjà retiré, ${momentOf(at, reader)}.`,
    nothing_to_do: () => 'Il ne reste rien à faire.',
    blocked: ({ codes }) =>
      `Enregistré, mais pas soumis : ${list(
        'fr',
        codes.map((code) => findingWords(code, 'fr').title.toLowerCase()),
      )}. Cliquez sur « Vérifier… » sur sa carte et répondez à chaque point, ou modifiez le texte.`,
    unconfirmed: ({ facts, causes }) =>
      `Le texte dit ce qui n’est pas (ou plus) confirmé : ${list('fr', [
        ...facts.map((number) => `fait ${number}`),
        ...causes.map((number) => `cause ${number}`),
      ])}. Confirmez-le avec \`/crise faits\`, ou demandez des modifications.`,
    not_legal: () =>
      'Seul le juridique peut accepter qu’une personne soit nommée ou décrite. Cliquez sur « Demander au juridique » : il reçoit le texte avec un bouton.',
    nothing_chosen: () => 'Choisissez ce qui a été fait, ou dites pourquoi rien n’est à relier.',
    not_done: () =>
      'Seule une tâche ou une mesure faite peut être reliée. Marquez-la d’abord comme faite, ou reformulez la phrase.',
    not_a_twin: () =>
      'Ce n’est pas sa traduction : choisissez un communiqué de cette crise, dans l’autre langue, qui n’a pas été retiré.',
    map_empty: () => 'Rédigez au moins un message.',
    map_too_long: ({ length }) =>
      `L’ensemble compte ${numberText(length, 'fr')} caractères, pour 9 000 au plus. Raccourcissez les preuves.`,
    map_changed_meanwhile: () =>
      'Quelqu’un a enregistré les messages clés pendant que vous écriviez. Copiez vos mots, puis rouvrez le formulaire.',
  },
};

const momentOf = (at: Date, { timeZone, language }: Reader): string => dateTime(at, timeZone, language);

/** Plain text: why not, and what to do next. */
export function sayNo(refusal: StatementRefusal | CommonRefusal, reader: Reader): string {
  const say = refusals[reader.language][refusal.code as Own['code']] as Words[Own['code']] | undefined;
  return say ? say(refusal as never, reader) : sayCommonNo(refusal as CommonRefusal, reader.language);
}
