import { bilingual } from '../core/locale.ts';

/** What each job does, as the lead is told when it could not be done. */
export const jobWords = bilingual(
  {
    tell_concerned: 'telling the lead that somebody who is left out is in the room',
    open: 'opening the war room',
    refresh_brief: 'refreshing the live brief',
    set_topic: 'setting the room topic',
    tell_twin: 'saying that a similar crisis was declared',
    tell_lead: 'saying who leads the crisis',
    add: 'adding somebody to the room',
    join_request: 'asking whether somebody may join',
    tell_added: 'telling somebody that they were added',
    name_outsider: 'saying that somebody from outside is in the room',
    tell_archived: 'telling the lead that the room was archived',
    tell_back: 'telling somebody that the product is back',
    forget_old: 'removing what is no longer needed',
    record_absence: 'recording that the app was away',
    tell_trouble: 'saying that something could not be done',
  },
  {
    tell_concerned: 'avertir le pilote de crise qu’une personne tenue à l’écart est dans la cellule',
    open: 'ouvrir la cellule de crise',
    refresh_brief: 'mettre à jour le tableau de bord',
    set_topic: 'régler le sujet du canal',
    tell_twin: 'signaler qu’une crise semblable est déclenchée',
    tell_lead: 'annoncer qui dirige la crise',
    add: 'ajouter quelqu’un à la cellule',
    join_request: 'demander si quelqu’un peut rejoindre la cellule',
    tell_added: 'prévenir quelqu’un qu’il a été ajouté',
    name_outsider: 'signaler qu’une personne extérieure est dans la cellule',
    tell_archived: 'prévenir le pilote que la cellule est archivée',
    tell_back: 'prévenir quelqu’un que l’application est de retour',
    forget_old: 'supprimer ce qui ne sert plus',
    record_absence: 'noter l’absence de l’application',
    tell_trouble: 'signaler que quelque chose n’a pas pu être fait',
  },
);
