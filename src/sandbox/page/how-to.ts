import type { Doing, Where } from '../demo/scenario.ts';
import { placeIn } from '../demo/trouble.ts';
import { elementsOf, textOf } from '../server/blocks.ts';
import type { ModalView } from '../server/index.ts';
import { optionsOf } from '../server/inputs.ts';
import type { Json } from '../server/types.ts';
import type { GuideValue } from './wire.ts';

type Language = 'en' | 'fr';

const words = {
  en: {
    type: (text: string, where: string) => `Type \`${text}\` ${where}.`,
    fill: 'Fill in the form and send it.',
    hesitate: (label: string, where: string) => `Press *${label}* ${where}, and leave the question open.`,
    press: (label: string, where: string) => `Press *${label}* ${where}.`,
    beside: (words: string) => `beside “${words}”`,
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
    type: (text: string, where: string) => `Tapez \`${text}\` ${where}.`,
    fill: 'Remplissez le formulaire et envoyez-le.',
    hesitate: (label: string, where: string) => `Appuyez sur *${label}* ${where}, et laissez la question ouverte.`,
    press: (label: string, where: string) => `Appuyez sur *${label}* ${where}.`,
    beside: (words: string) => `à côté de « ${words} »`,
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

/** What to type or press to do something by hand. */
export function howTo(language: Language, doing: Doing): string {
  const say = words[language];
  const where = (place: Where) => placeIn(language, place);
  if ('command' in doing) return say.type(doing.command, where(doing.where));
  if ('say' in doing) return say.type(doing.say, where(doing.where));
  if ('fill' in doing) return say.fill;
  if ('press' in doing) {
    const place = [...(doing.beside ? [say.beside(doing.beside)] : []), placeIn(language, doing.in)].join(' ');
    return doing.hesitates ? say.hesitate(doing.press, place) : say.press(doing.press, place);
  }
  if ('confirm' in doing) return say.confirm(doing.confirm);
  if ('reply' in doing) return `${say.reply(doing.to)} ${say.type(doing.reply, '')}`.replace(' .', '.');
  if ('react' in doing) return say.react(doing.react, doing.to);
  if ('edit' in doing) return `${say.edit(doing.to)} ${say.type(doing.edit, '')}`.replace(' .', '.');
  if ('shortcut' in doing)
    return doing.on === undefined ? say.shortcut(doing.shortcut) : say.messageShortcut(doing.shortcut, doing.on);
  if ('open' in doing) return say.home;
  return say.wait(doing.wait);
}

/** What to type and to pick in the form that is open, under the names that stand there. */
export function valuesIn(
  form: ModalView | undefined,
  doing: Doing,
  language: Language,
  said: (words: string) => string,
): GuideValue[] {
  if (!('fill' in doing) || !form) return [];
  return Object.entries(doing.fill).flatMap(([field, value]) => {
    const block = form.blocks.find((one) => one.block_id === field);
    const element = block && elementsOf(block)[0];
    if (!block || !element) return [];
    const shown = [value].flat().map((one) => shownIn(element, said(one), language));
    return [{ label: textOf(block.label), value: shown.join(', ') }];
  });
}

function shownIn(element: Json, value: string, language: Language): string {
  if (element.type === 'datetimepicker')
    return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
      timeZone: 'Europe/Paris',
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
    }).format(Number(value) * 1000);
  const option = optionsOf(element).find((one) => one.value === value);
  return option ? textOf(option.text) : value;
}
