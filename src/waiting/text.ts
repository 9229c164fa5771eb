import { bilingual } from '../core/locale.ts';

export const words = bilingual(
  {
    feature: 'What waits on you',
    help: 'everything that waits on you in this crisis',
    title: (crisis: string) => `*What waits on you* · ${crisis}`,
    nothing: (crisis: string) => `Nothing waits on you · ${crisis}`,
    closed: (crisis: string) => `The crisis is closed: nothing waits on you · ${crisis}`,
    replaced: (crisis: string) => `What waits on you is further down · ${crisis}`,
    notification: (first: string, more: number, crisis: string) =>
      `${first}${more > 0 ? ` (+${more})` : ''} · ${crisis}`,
    all: (count: number) => `All ${count}…`,
    allTitle: 'What waits on you',
    close: 'Close',
    none: 'Nothing waits on you.',
  },
  {
    feature: 'Ce qui vous attend',
    help: 'tout ce qui vous attend dans cette crise',
    title: (crisis) => `*Ce qui vous attend* · ${crisis}`,
    nothing: (crisis) => `Rien ne vous attend · ${crisis}`,
    closed: (crisis) => `La crise est close : rien ne vous attend · ${crisis}`,
    replaced: (crisis) => `Ce qui vous attend est plus bas · ${crisis}`,
    notification: (first, more, crisis) => `${first}${more > 0 ? ` (+${more})` : ''} · ${crisis}`,
    all: (count) => `Tout voir (${count})…`,
    allTitle: 'Ce qui vous attend',
    close: 'Fermer',
    none: 'Rien ne vous attend.',
  },
);
