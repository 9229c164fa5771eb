import { z } from 'zod';
import { inBoth } from '../core/locale.ts';
import { crisisHere } from '../crises/here.ts';
import { order } from '../jobs/commit.ts';
import { type Call, type Feature, onEvent, type Reply, type Subcommand } from '../slack/feature.ts';
import type { Commands } from './content.ts';
import { jobs } from './jobs.ts';
import { findCommands } from './rules.ts';
import { readElsewhere, waitsOn } from './store.ts';
import { words } from './text.ts';
import { elsewhereMessage, foundMessage, helpButton, helpMessage, panelMessage, runButton } from './views.ts';

/**
 * Home, the panel of `/crisis` alone, and help. They show what every slice registers, which is known above them only:
 * `registry` hands it over when it is asked for.
 */
export function createHome(registry: () => readonly Feature[]): { feature: Feature; panel: Subcommand } {
  const commands = (): Commands => registry().map(({ title, subcommands }) => ({ title, entries: subcommands ?? [] }));
  const find = (name: string) =>
    registry()
      .flatMap(({ subcommands }) => subcommands ?? [])
      .find((entry) => entry.name === name);

  const panel: Subcommand = {
    name: 'panel',
    aliases: [],
    usage: inBoth(() => ''),
    summary: inBoth((l) => words(l).help.panel),
    readsOnly: true,
    run: (call) => showPanel(call, commands()),
  };
  const help = ({ who: { language } }: Call, about = ''): Reply =>
    about ? foundMessage(about, findCommands(commands(), about), language) : helpMessage(commands(), language);

  const feature: Feature = {
    name: 'home',
    title: inBoth((l) => words(l).feature),
    subcommands: [
      {
        name: 'status',
        aliases: ['statut', 'état', 'etat'],
        usage: inBoth(() => ''),
        summary: inBoth((l) => words(l).help.status),
        readsOnly: true,
        run: (call) => showPanel(call, commands()),
      },
      {
        name: 'help',
        aliases: ['aide', '?'],
        usage: inBoth((l) => words(l).help.helpUsage),
        summary: inBoth((l) => words(l).help.help),
        readsOnly: true,
        run: async (call, text) => help(call, text.trim()),
      },
    ],
    actions: [
      helpButton.on(async (call) => help(call)),
      runButton.on(async (call, pressed, press) => {
        const { name, text } = pressed ?? { name: press.chosen ?? '', text: '' };
        return find(name)?.run(call, text) ?? { text: words(call.who.language).commands.gone };
      }),
    ],
    events: [
      onEvent(
        'app_home_opened',
        z.looseObject({ user: z.string(), tab: z.string().default('') }),
        async (call, { user, tab }) => {
          if (tab !== 'home') return;
          const job = { kind: 'home.show', queue: 'outbox' as const, order: `home:${call.workspaceId}:${user}` };
          const data = { workspaceId: call.workspaceId, userId: user };
          await order(call, [{ ...job, data }]);
        },
      ),
    ],
    jobs,
  };
  return { feature, panel };
}

/** In a war room, for somebody of its cell: what waits on them there. Anywhere else: what they may see. */
async function showPanel(call: Call, commands: Commands): Promise<Reply> {
  const { db, slices, who } = call;
  const here = await crisisHere(call);
  if ('reply' in here) {
    const { seen, reader } = await readElsewhere(db, slices, who, call.now());
    return elsewhereMessage(seen, commands, reader);
  }
  const { waits, reader } = await waitsOn(db, slices, [here.crisis], who, call.now());
  return panelMessage(
    here.crisis,
    waits.map(({ wait }) => wait),
    commands,
    reader,
  );
}
