import { bilingual } from '../core/locale.ts';

const people = (ids: readonly string[]): string => ids.map((id) => `<@${id}>`).join(', ');

/** What the timeline says of statements. */
export const entryWords = bilingual(
  {
    standIn: (seat: string, by: 'lead' | 'management', because: 'nobody' | 'author' | 'seated') => {
      const why = {
        nobody: 'nobody on the roster',
        author: 'nobody but the author',
        seated: 'nobody but somebody who approves for another seat',
      }[because];
      return `${seat}: ${why}, so ${by === 'lead' ? 'the crisis lead' : 'management'} approves in its place.`;
    },
    about: (number: number, title: string, version: number, hash: string, what: string) =>
      `Statement ${number} “${title}”, version ${version} (${hash}): ${what}`,
    drafted: 'drafted.',
    edited: (before: number, voided: string) =>
      `new wording in place of version ${before}.${voided ? ` The approval of ${voided} is void.` : ''}`,
    submitted: (seats: string) => `submitted. Must approve: ${seats}.`,
    forSeat: (seat: string, capacity: string) =>
      capacity === 'deputy'
        ? `${seat} (as deputy)`
        : capacity === 'management'
          ? `${seat} (management in its place)`
          : capacity === 'lead'
            ? `${seat} (the crisis lead in its place)`
            : seat,
    approval: (seats: string) => `approved for ${seats}.`,
    approved: (seats: string) => `all approvals are there (${seats}): it may be published.`,
    changesRequested: (seats: string, reason: string) => `changes requested for ${seats}: ${reason}`,
    rejected: (seats: string, reason: string) => `rejected for ${seats}: ${reason}`,
    published: (place: string) => `published: ${place}`,
    promised: (when: string, zone: string) => `it says that we speak again at: ${when} (${zone})`,
    promisedNone: 'it promises no next update',
    withdrawn: (reason: string, place: string) =>
      `withdrawn: ${reason}${place ? ` (It is still online and must be taken down by hand: ${place})` : ''}`,
    relayed: (seats: string, deputies: string) => `no answer yet from ${seats}: asked ${deputies} as well.`,
    overdue: (seats: string) => `the time to approve is over without ${seats}: the crisis lead was told.`,
    takenBack: (seats: string) =>
      `ready to be published no longer: the level now also requires these approvals: ${seats}.`,
    alsoRequired: (seats: string) => `the level now also requires these approvals: ${seats}.`,
    roster: (changes: string) =>
      `the settings changed while it was under way: ${changes}. This gives nobody a seat and takes none: those who were named when it was submitted approve it.`,
    rosterOf: (seat: string, added: readonly string[], removed: readonly string[]) =>
      [
        `${seat}:`,
        [
          ...(added.length > 0 ? [`added ${people(added)}`] : []),
          ...(removed.length > 0 ? [`removed ${people(removed)}`] : []),
        ].join(', '),
      ].join(' '),
    waived: (seats: string, reason: string) =>
      `nobody else can approve for ${seats}: the crisis lead allows one person two seats. Reason: ${reason}`,
    quote: (excerpt: string) => `“${excerpt}”`,
    legalAsked: (excerpts: string) => `legal was asked whether this may be said: ${excerpts}`,
    told: {
      person: (excerpt: string) => `“${excerpt}” was said to be a person; legal was asked.`,
      not_person: (excerpt: string) => `“${excerpt}” was said not to be a person.`,
      contact: (excerpt: string) => `“${excerpt}” was said to be the company’s own contact.`,
    },
    answered: {
      not_said: (excerpt: string) => `checked: “${excerpt}” was said not to state the fact or cause that it resembles.`,
      legal_ok: (excerpt: string) => `legal agrees that this may be said: ${excerpt}.`,
      linked: (excerpt: string, reason: string, targets: string) =>
        `told as done, “${excerpt}”: linked to ${targets}.${reason ? ` ${reason}` : ''}`,
      not_ours: (excerpt: string, reason: string) =>
        `told as done, “${excerpt}”: no proof linked; reason given: ${reason}`,
      waived: (_excerpt: string, reason: string) => `no hour of a next update; reason given: ${reason}`,
    },
    paired: (number: number, title: string) => `linked as the translation of statement ${number} “${title}”.`,
    unpaired: 'no longer linked to a translation.',
    mapSaved: (messages: string) => `Message map: ${messages}`,
  },
  {
    standIn: (seat, by, because) => {
      const why = {
        nobody: 'personne dans l’annuaire de crise',
        author: 'personne d’autre que l’auteur',
        seated: 'personne qui ne valide déjà à un autre titre',
      }[because];
      return `${seat} : ${why}, donc ${by === 'lead' ? 'le pilote de crise' : 'la direction'} valide à sa place.`;
    },
    about: (number, title, version, hash, what) =>
      `Communiqué ${number} « ${title} », version ${version} (${hash}) : ${what}`,
    drafted: 'projet rédigé.',
    edited: (before, voided) =>
      `nouvelle rédaction, qui remplace la version ${before}.${voided ? ` Validation annulée : ${voided}.` : ''}`,
    submitted: (seats) => `soumis à validation. Doivent valider : ${seats}.`,
    forSeat: (seat, capacity) =>
      capacity === 'deputy'
        ? `${seat} (en tant que suppléant)`
        : capacity === 'management'
          ? `${seat} (la direction, à sa place)`
          : capacity === 'lead'
            ? `${seat} (le pilote de crise, à sa place)`
            : seat,
    approval: (seats) => `validé pour ${seats}.`,
    approved: (seats) => `toutes les validations sont réunies (${seats}) : il peut être publié.`,
    changesRequested: (seats, reason) => `modifications demandées pour ${seats} : ${reason}`,
    rejected: (seats, reason) => `refusé pour ${seats} : ${reason}`,
    published: (place) => `publié : ${place}`,
    promised: (when, zone) => `annonce notre prochaine prise de parole : ${when} (${zone})`,
    promisedNone: 'n’annonce pas de prochaine prise de parole',
    withdrawn: (reason, place) =>
      `retiré : ${reason}${place ? ` (Il est toujours en ligne et doit être dépublié à la main : ${place})` : ''}`,
    relayed: (seats, deputies) => `pas encore de réponse (${seats}) ; suppléants sollicités : ${deputies}.`,
    overdue: (seats) => `délai de validation dépassé sans ${seats} : le pilote de crise est prévenu.`,
    takenBack: (seats) => `n’est plus prêt à publier : le niveau exige désormais aussi ces validations : ${seats}.`,
    alsoRequired: (seats) => `le niveau exige désormais aussi ces validations : ${seats}.`,
    roster: (changes) =>
      `les réglages ont changé en cours de validation ; ${changes}. Personne n’y gagne ni n’y perd de voix : valident ceux qui étaient désignés lors de la soumission.`,
    rosterOf: (seat, added, removed) =>
      [
        `${seat} :`,
        [
          ...(added.length > 0 ? [`ajout de ${people(added)}`] : []),
          ...(removed.length > 0 ? [`retrait de ${people(removed)}`] : []),
        ].join(', '),
      ].join(' '),
    waived: (seats, reason) =>
      `personne d’autre ne peut valider pour ${seats} : le pilote de crise autorise une même personne à valider à deux titres. Motif : ${reason}`,
    quote: (excerpt) => `« ${excerpt} »`,
    legalAsked: (excerpts) => `le juridique est sollicité ; peut-on dire ceci : ${excerpts}`,
    told: {
      person: (excerpt) => `« ${excerpt} » : indiqué comme une personne ; le juridique est sollicité.`,
      not_person: (excerpt) => `« ${excerpt} » : indiqué comme n’étant pas une personne.`,
      contact: (excerpt) => `« ${excerpt} » : indiqué comme le propre contact de l’entreprise.`,
    },
    answered: {
      not_said: (excerpt) => `vérifié : « ${excerpt} » n’énonce pas le fait ou la cause qui y ressemble.`,
      legal_ok: (excerpt) => `le juridique accepte que ceci soit dit : ${excerpt}.`,
      linked: (excerpt, reason, targets) =>
        `annoncé comme fait, « ${excerpt} » : relié à ${targets}.${reason ? ` ${reason}` : ''}`,
      not_ours: (excerpt, reason) =>
        `annoncé comme fait, « ${excerpt} » : aucune preuve jointe ; motif donné : ${reason}`,
      waived: (_excerpt, reason) => `pas d’heure de prochain point ; motif donné : ${reason}`,
    },
    paired: (number, title) => `relié comme traduction du communiqué ${number} « ${title} ».`,
    unpaired: 'n’est plus relié à une traduction.',
    mapSaved: (messages) => `Messages clés : ${messages}`,
  },
);
