import { tellApp } from './delivery/events.ts';
import {
  type ActionResult,
  type CommandResult,
  closeModal,
  runCommand,
  type SubmitResult,
  sendMessageShortcut,
  sendShortcut,
} from './interactions.ts';
import { createEyes, type Eyes, type MessageRef, type Surface } from './people/eyes.ts';
import type { Upload } from './people/files.ts';
import { createHands } from './people/hands.ts';
import { createSight } from './people/sight.ts';
import { createVoice } from './people/voice.ts';
import { viewShape } from './shapes.ts';
import { dmBetween } from './state.ts';
import type { Target } from './targets.ts';
import { reaches } from './transfer.ts';
import { escaped, raw } from './typed-text.ts';
import type { EphemeralMessage, HomeView, Json, Message, ModalView, SandboxChannel, SandboxUser } from './types.ts';
import { homeOf, topModal } from './views.ts';
import type { World } from './world.ts';

/** One person in front of Slack: what they may do, the client lets them; what they may not, it throws. */
export type Person = {
  id: string;
  name: string;
  command(text: string, where: string): Promise<CommandResult>;
  click(on: Surface, target: Target, opts?: { confirm?: boolean }): Promise<ActionResult>;
  /** Presses a button that asks for a confirmation, and answers how to confirm later: the dialog stays open meanwhile. */
  hesitate(on: Surface, target: Target): () => Promise<ActionResult>;
  select(
    on: Surface,
    target: Target,
    value: unknown,
    opts?: { confirm?: boolean; query?: string },
  ): Promise<ActionResult>;
  /** What an external select offers for these letters. */
  suggest(on: Surface, target: Target, query: string): Promise<Json[]>;
  modal(): ModalView | undefined;
  waitForModal(opts?: { timeoutMs?: number; what?: string; callbackId?: string }): Promise<ModalView>;
  fill(values: Record<string, unknown>): void;
  submit(): Promise<SubmitResult>;
  close(): Promise<void>;
  shortcut(callbackId: string): Promise<ActionResult>;
  messageShortcut(callbackId: string, message: MessageRef): Promise<ActionResult>;
  say(where: string, text: string, opts?: { thread?: string; broadcast?: boolean; files?: Upload[] }): Promise<Message>;
  edit(message: MessageRef, text: string): Promise<void>;
  delete(message: MessageRef): Promise<void>;
  react(message: MessageRef, emoji: string): Promise<void>;
  unreact(message: MessageRef, emoji: string): Promise<void>;
  pin(message: MessageRef): Promise<void>;
  unpin(message: MessageRef): Promise<void>;
  createChannel(name: string, opts?: { private?: boolean }): Promise<SandboxChannel>;
  rename(channel: string, name: string): Promise<void>;
  join(channel: string): Promise<void>;
  leave(channel: string): Promise<void>;
  invite(channel: string, users: string | string[]): Promise<void>;
  kick(channel: string, user: string): Promise<void>;
  archive(channel: string): Promise<void>;
  deleteChannel(channel: string): Promise<void>;
  /** As when Slack shows what is behind a link in it. */
  unfurl(message: MessageRef, title: string): Promise<void>;
  unarchive(channel: string): Promise<void>;
  openHome(): Promise<HomeView | undefined>;
  home(): HomeView | undefined;
  /** Writes into a field of the open modal as a keyboard does: nothing is sent, and what is wrong shows at submission. */
  type(view: ModalView | { id: string }, at: { block_id: string; action_id: string }, value: unknown): void;
  sees(channel: string): (Message | EphemeralMessage)[];
  ephemerals(channel?: string): EphemeralMessage[];
  /** The direct conversation with the bot. */
  dms(): Message[];
  downloadFile(id: string): Buffer;
} & ReturnType<typeof createSight>;

export function createPerson(world: World, user: SandboxUser): Person {
  const eyes = createEyes(world, user);
  const { sees, dms, ephemerals } = eyes;
  return {
    id: user.id,
    name: user.real_name,
    ...createHands(world, user, eyes),
    ...createVoice(world, user, eyes),
    ...createCalls(world, user, eyes),
    ...createSight(world, user, eyes),
    sees,
    dms,
    ephemerals,
    modal: () => topModal(world, user.id),
    waitForModal: (opts) => waitForModal(world, user, opts),
    close: () => closeModal(world, user),
    home: () => homeOf(world, user.id),
    downloadFile: (id) => {
      const file = world.state.files[id];
      if (!file || file.state !== 'complete') throw new Error(`There is no file "${id}".`);
      if (!reaches(world, file, user.id)) throw new Error(`${user.real_name} cannot see the file "${id}".`);
      return Buffer.from(file.content, 'base64');
    },
  };
}

/** The ways one person calls the app. */
function createCalls(world: World, user: SandboxUser, { writable, messageOf }: Eyes) {
  const me = user.id;

  async function command(text: string, where: string): Promise<CommandResult> {
    const channel = writable(where);
    const [, name = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
    const declared = world.manifest.features?.slash_commands?.find((entry) => entry.command === name);
    const allowed = world.state.installs[user.team_id]?.scopes.includes('commands');
    if (!declared || !allowed) {
      world.emit({ type: 'failure', user: me, text: `${name || text} is not a valid command` });
      return { ok: false, ackedInMs: 0, failure: 'invalid_command' };
    }
    if (user.is_stranger || user.deleted) return { ok: false, ackedInMs: 0, failure: 'user_not_allowed' };
    return runCommand(world, user, channel, name, declared.should_escape ? escaped(world, rest, me) : raw(world, rest));
  }

  function shortcutNamed(callbackId: string, type: 'global' | 'message'): void {
    const known = world.manifest.features?.shortcuts?.some((s) => s.callback_id === callbackId && s.type === type);
    if (!known) throw new Error(`The manifest declares no ${type} shortcut "${callbackId}".`);
  }

  async function openHome(): Promise<HomeView | undefined> {
    const bot = world.state.installs[user.team_id];
    if (!bot) return undefined;
    const dm = dmBetween(world.state, user.team_id, [bot.botUserId, me], world.clock.now());
    const current = homeOf(world, me);
    tellApp(world, user.team_id, {
      type: 'app_home_opened',
      user: me,
      channel: dm.id,
      tab: 'home',
      ...(current ? { view: viewShape(world, current) } : {}),
    });
    await world.activity.settled();
    return homeOf(world, me);
  }

  return {
    command,
    openHome,
    shortcut: async (callbackId: string) => {
      shortcutNamed(callbackId, 'global');
      return sendShortcut(world, user, callbackId);
    },
    messageShortcut: async (callbackId: string, ref: MessageRef) => {
      shortcutNamed(callbackId, 'message');
      const { channel, message } = messageOf(ref);
      return sendMessageShortcut(world, user, callbackId, channel, message);
    },
  };
}

function waitForModal(
  world: World,
  user: SandboxUser,
  { timeoutMs, what, callbackId }: { timeoutMs?: number; what?: string; callbackId?: string } = {},
): Promise<ModalView> {
  const probe = (): ModalView | undefined => {
    const view = topModal(world, user.id);
    return view && (!callbackId || view.callback_id === callbackId) ? view : undefined;
  };
  const opts = { ...(timeoutMs ? { timeoutMs } : {}), what: what ?? `a modal for ${user.real_name}` };
  return world.activity.waitFor(probe, opts, () => recentCalls(world));
}

export function recentCalls(world: World): string {
  const lines = world.calls.slice(-15).map((call) => {
    const outcome =
      call.finishedAt === undefined ? 'running' : call.ok ? 'ok' : (call.error ?? `status ${call.status}`);
    return `  ${call.method} -> ${outcome}${call.fault ? ` (fault: ${call.fault})` : ''}`;
  });
  const problems = world.problems.slice(-5).map((p) => `  ${p.where}: ${p.error} ${p.messages.join('; ')}`);
  return `Last calls:\n${lines.join('\n') || '  none'}\nRefused payloads:\n${problems.join('\n') || '  none'}`;
}
