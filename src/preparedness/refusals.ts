import { bilingual, type Language } from '../core/locale.ts';
import type { PlanRefusal } from './rules.ts';

const words = bilingual(
  {
    not_allowed: 'Only those in charge of the crisis cell and the workspace’s administrators may change this.',
    in_future: 'That day is still to come: write the day of an exercise that was held.',
    cannot_own: 'Guests, bots and deactivated accounts cannot be reminded. Choose somebody else.',
  },
  {
    not_allowed:
      'Seuls les responsables de la cellule de crise et les administrateurs de l’espace peuvent modifier ceci.',
    in_future: 'Ce jour est encore à venir : inscrivez le jour d’un exercice qui a eu lieu.',
    cannot_own: 'Un invité, un bot ou un compte désactivé ne peut pas être relancé. Choisissez quelqu’un d’autre.',
  },
);

/** Plain text: why not, and what to do next. */
export const sayNo = ({ code }: PlanRefusal, language: Language): string => words(language)[code];
