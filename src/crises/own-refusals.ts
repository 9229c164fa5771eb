import { bilingual, type Language } from '../core/locale.ts';
import { sayCommonNo } from './refusals.ts';
import type { CrisisRefusal } from './rules.ts';

const words = bilingual(
  {
    may_not_declare:
      'Your workspace reserves declaring to a few people. Ask one of them, or an administrator, to declare.',
    title_missing: 'Give it a title: a few words that everybody will recognise.',
    similar_open: 'A similar crisis has just been declared.',
    excluded: 'This person cannot take part in this crisis. Its lead knows why.',
    declarer_concerned:
      'You declare this crisis, so you would lead it: somebody who is left out cannot. Ask a colleague who is not concerned to declare it.',
    team_concerned: 'The same person cannot be in the team and be left out of it.',
    team_outsider:
      'Guests, people of other organisations, bots and deactivated accounts cannot be in the team. Take them out of this list.',
    targeted_left_out: 'The person targeted is told first: they cannot be left out as well.',
    lawyer_missing: 'A closed team has a lawyer, and nobody of legal can be called: name one.',
    lawyer_unfit: 'This person cannot be the lawyer of this team. Name a colleague who is not concerned.',
    not_lead: 'Only the crisis lead decides who is left out.',
    lead_concerned: 'The crisis lead cannot be left out. Hand the lead over first: `/crisis lead @someone`.',
    room_is_open:
      'Everybody in the workspace can find this room, and Slack does not let me close it. Declare a closed team instead, and go on there.',
    same_level: 'That is already the level.',
    lead_taken: 'Somebody else leads this crisis by now: nothing was changed.',
    already_lead: 'That person already leads this crisis.',
    not_callable: 'Guests, bots and deactivated accounts cannot lead a crisis.',
  },
  {
    may_not_declare:
      'Votre espace réserve le déclenchement à quelques personnes. Demandez à l’une d’elles, ou à un administrateur, de le faire.',
    title_missing: 'Donnez un titre : quelques mots que chacun reconnaîtra.',
    similar_open: 'Une crise semblable vient d’être déclenchée.',
    excluded: 'Cette personne ne peut pas prendre part à cette crise. Son pilote en connaît le motif.',
    declarer_concerned:
      'Vous déclenchez cette crise, vous la dirigeriez donc : une personne tenue à l’écart ne le peut pas. Demandez à un collègue qui n’est pas concerné de la déclencher.',
    team_concerned: 'Une même personne ne peut pas être dans l’équipe et en être tenue à l’écart.',
    team_outsider:
      'Les invités, les personnes d’autres organisations, les bots et les comptes désactivés ne peuvent pas être dans l’équipe. Retirez-les de cette liste.',
    targeted_left_out: 'La personne visée est informée la première : elle ne peut pas être écartée du dossier.',
    lawyer_missing: 'Une équipe fermée compte un juriste, et personne du juridique ne peut être alerté : nommez-en un.',
    lawyer_unfit:
      'Cette personne ne peut pas être le juriste de cette équipe. Nommez un collègue qui n’est pas concerné.',
    not_lead: 'Seul le pilote de crise décide qui est tenu à l’écart.',
    lead_concerned:
      'Le pilote de crise ne peut pas être tenu à l’écart. Passez d’abord la main : `/crise pilote @quelqu’un`.',
    room_is_open:
      'Chacun dans l’espace peut trouver cette cellule, et Slack ne me laisse pas la fermer. Déclenchez plutôt une équipe fermée, et poursuivez là.',
    same_level: 'C’est déjà le niveau actuel.',
    lead_taken: 'Quelqu’un d’autre dirige désormais cette crise : rien n’a été modifié.',
    already_lead: 'Cette personne dirige déjà la crise.',
    not_callable: 'Les invités, les bots et les comptes désactivés ne peuvent pas diriger une crise.',
  },
);

/** Why not, and what to do next, as plain text. */
export const sayNo = ({ code }: Pick<CrisisRefusal, 'code'>, language: Language): string =>
  code === 'not_in_room' || code === 'closed' ? sayCommonNo({ code }, language) : words(language)[code];
