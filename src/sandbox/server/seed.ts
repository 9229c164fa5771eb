import type { ChannelSeed, PersonSeed, Seed } from './types.ts';

const PEOPLE: PersonSeed[] = [
  person('U0CLAIRE0', 'Claire Fontaine', 'Head of Communication', 'fr-FR', 'Europe/Paris', { is_admin: true }),
  person('U0MARC000', 'Marc Delacroix', 'Communication Officer', 'fr-FR', 'Europe/Paris'),
  person('U0HELEN00', 'Helen Park', 'General Counsel', 'en-GB', 'Europe/London'),
  person('U0TOM0000', 'Tom Becker', 'Head of Marketing', 'en-US', 'Europe/Berlin'),
  person('U0ANNE000', 'Anne Whitfield', 'Managing Director', 'en-GB', 'Europe/Paris'),
  person('U0SAM0000', 'Sam Stranger', 'Warehouse Planner', 'en-US', 'America/New_York'),
];

const CHANNELS: ChannelSeed[] = [
  { name: 'general' },
  { name: 'communication', members: ['U0CLAIRE0', 'U0MARC000'] },
  { name: 'marketing', members: ['U0TOM0000'] },
];

export function completeSeed(seed: Seed = {}): Required<Seed> {
  return {
    team: seed.team ?? { id: 'T0MAISON0', name: 'Maison Aurore', domain: 'maison-aurore' },
    people: seed.people ?? PEOPLE,
    channels: seed.channels ?? CHANNELS,
    groups: seed.groups ?? [],
  };
}

function person(
  id: string,
  name: string,
  title: string,
  locale: string,
  tz: string,
  more: Partial<PersonSeed> = {},
): PersonSeed {
  return { id, name, title, locale, tz, ...more };
}
