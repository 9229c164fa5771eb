import { bilingual } from '../../core/locale.ts';

const people = (ids: readonly string[]): string => ids.map((id) => `<@${id}>`).join(', ');

export const words = bilingual(
  {
    entry: {
      gone: (lead: string, offered: readonly string[]) =>
        `The crisis lead <@${lead}> can no longer act in Slack (the account is deactivated, or not a colleague’s any more). ${offered.length > 0 ? `The lead was offered to ${people(offered)}.` : 'Nobody stands in: somebody of the cell must take the lead.'}`,
      back: (lead: string) => `The crisis lead <@${lead}> can act in Slack again.`,
    },
    text: (title: string) => `${title}: the crisis has no lead`,
    offer: (lead: string, title: string, room: string) =>
      `*${lead}*, who leads the crisis *${title}*, can no longer act in Slack: the account is deactivated, or not a colleague’s any more. Somebody must lead it now. Its room: ${room}`,
    settledText: 'The crisis has a lead again',
    settled: (lead: string, title: string) =>
      `*${lead}* leads the crisis *${title}*: there is nothing left to do here.`,
    over: (title: string) => `The crisis *${title}* is closed: there is nothing left to do here.`,
    take: 'I take the lead',
    inBrief: '⚠️ can no longer act in Slack: take the lead with `/crisis lead`',
    jobs: {
      watch_people: 'looking after the people of open crises',
      read_people: 'reading the people of open crises again from Slack',
      people_changed: 'checking who can no longer act',
      lead_changed: 'saying that a crisis has a lead again',
      tell_offer: 'offering the lead of a crisis',
      show_offer: 'saying that a crisis has no lead',
    },
  },
  {
    entry: {
      gone: (lead, offered) =>
        `Le pilote de crise <@${lead}> ne peut plus agir dans Slack (compte désactivé, ou qui n’est plus celui d’un collègue). ${offered.length > 0 ? `Direction proposée à ${people(offered)}.` : 'Personne ne le supplée : quelqu’un de la cellule doit prendre la direction.'}`,
      back: (lead) => `Le pilote de crise <@${lead}> peut de nouveau agir dans Slack.`,
    },
    text: (title) => `${title} : la crise n’a plus de pilote`,
    offer: (lead, title, room) =>
      `*${lead}*, qui dirige la crise *${title}*, ne peut plus agir dans Slack : le compte est désactivé, ou n’est plus celui d’un collègue. Quelqu’un doit la diriger dès maintenant. Sa cellule : ${room}`,
    settledText: 'La crise a de nouveau un pilote',
    settled: (lead, title) => `*${lead}* dirige la crise *${title}* : il ne reste rien à faire ici.`,
    over: (title) => `La crise *${title}* est close : il ne reste rien à faire ici.`,
    take: 'Je prends la direction',
    inBrief: '⚠️ ne peut plus agir dans Slack : prenez la direction avec `/crise pilote`',
    jobs: {
      watch_people: 'veiller sur les personnes des crises en cours',
      read_people: 'relire dans Slack les personnes des crises en cours',
      people_changed: 'vérifier qui ne peut plus agir',
      lead_changed: 'annoncer qu’une crise a de nouveau un pilote',
      tell_offer: 'proposer la direction d’une crise',
      show_offer: 'signaler qu’une crise n’a plus de pilote',
    },
  },
);
