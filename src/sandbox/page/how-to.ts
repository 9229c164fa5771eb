import type { Act, Where } from '../demo/scenario.ts';

type Language = 'en' | 'fr';

const words = {
  en: {
    room: 'in the war room',
    at: (name: string) => `in ${name}`,
    type: (text: string, where: string) => `Type \`${text}\` ${where}.`,
    fill: 'Complete the form and send it.',
    press: (label: string, where: string) => `Press *${label}* ${where}.`,
    beside: (words: string) => `beside “${words}”`,
    places: {
      room: 'in the war room',
      dm: 'in your messages from the app',
      reply: 'in the answer that only you see',
      home: 'on the app’s Home tab',
      form: 'in the form',
    },
    confirm: (label: string) => `Confirm *${label}*.`,
    reply: (to: string) => `Reply in the thread of “${to}”.`,
    react: (emoji: string, to: string) => `React with :${emoji}: to “${to}”.`,
    edit: (to: string) => `Edit your message “${to}”.`,
    shortcut: (name: string) => `Run the shortcut *${name}* (⚡ under the text field).`,
    messageShortcut: (name: string, on: string) => `On the message “${on}”, open ⋯ and choose *${name}*.`,
    home: 'Open the app’s Home tab.',
    wait: (n: number) => `Let ${n} minutes pass.`,
  },
  fr: {
    room: 'dans la cellule de crise',
    at: (name: string) => `dans ${name}`,
    type: (text: string, where: string) => `Tapez \`${text}\` ${where}.`,
    fill: 'Remplissez le formulaire et envoyez-le.',
    press: (label: string, where: string) => `Appuyez sur *${label}* ${where}.`,
    beside: (words: string) => `à côté de « ${words} »`,
    places: {
      room: 'dans la cellule de crise',
      dm: 'dans vos messages de l’application',
      reply: 'dans la réponse que personne d’autre ne voit',
      home: 'sur l’accueil de l’application',
      form: 'dans le formulaire',
    },
    confirm: (label: string) => `Confirmez *${label}*.`,
    reply: (to: string) => `Répondez dans le fil de « ${to} ».`,
    react: (emoji: string, to: string) => `Réagissez avec :${emoji}: à « ${to} ».`,
    edit: (to: string) => `Modifiez votre message « ${to} ».`,
    shortcut: (name: string) => `Lancez le raccourci *${name}* (⚡ sous le champ de texte).`,
    messageShortcut: (name: string, on: string) => `Sur le message « ${on} », ouvrez ⋯ et choisissez *${name}*.`,
    home: 'Ouvrez l’accueil de l’application.',
    wait: (n: number) => `Laissez passer ${n} minutes.`,
  },
};

/** What to type or press for a step to be done by hand. */
export function howTo(language: Language, act: Act): string {
  const say = words[language];
  const where = (place: Where) => (place === 'room' ? say.room : say.at(place));
  if ('command' in act) return say.type(act.command, where(act.where));
  if ('say' in act) return say.type(act.say, where(act.where));
  if ('fill' in act) return say.fill;
  if ('press' in act)
    return say.press(act.press, [...(act.beside ? [say.beside(act.beside)] : []), say.places[act.in]].join(' '));
  if ('confirm' in act) return say.confirm(act.confirm);
  if ('reply' in act) return `${say.reply(act.to)} ${say.type(act.reply, '')}`.replace(' .', '.');
  if ('react' in act) return say.react(act.react, act.to);
  if ('edit' in act) return say.edit(act.to);
  if ('shortcut' in act)
    return act.on === undefined ? say.shortcut(act.shortcut) : say.messageShortcut(act.shortcut, act.on);
  if ('open' in act) return say.home;
  return say.wait(act.wait);
}
