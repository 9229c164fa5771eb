import type { App } from '@slack/bolt';
import { z } from 'zod';
import { Fault, newReference } from '../core/errors.ts';
import { storable } from '../core/storable.ts';
import { type Deps, DuplicateDelivery } from '../jobs/commit.ts';
import { context as contextBlock, type ModalView, message, modal, sections } from './blocks.ts';
import type { SlackOf } from './connections.ts';
import { isSpentTrigger, NotInstalled, SlackFailure } from './failures.ts';
import type { Call, Feature, FormAnswer, OpenForm, Reply, SourceMessage, Subcommand, Who } from './feature.ts';
import { clip, limits } from './limits.ts';
import { escapeMrkdwn, plainText } from './mrkdwn.ts';
import { findSubcommand } from './subcommands.ts';
import { words } from './text.ts';
import { formValues } from './view-state.ts';

export type RouterOptions = Deps & {
  slackOf: SlackOf;
  features: readonly Feature[];
  /** Who a Slack user is to us; asked for every delivery, so it answers from memory where it can. */
  findWho: (workspaceId: string, userId: string) => Promise<Who>;
  /** What `/crisis` alone does. */
  panel: Subcommand;
  isDatabaseDown: (error: unknown) => boolean;
  /** Whether this person may do one more act now; asked before anything is begun, so that nothing accepted is dropped. */
  rateLimit: (person: string, at: number) => boolean;
};

/** Set by the receiver on each delivery, read back when its listeners have ended: an event that failed is not acknowledged. */
export type DeliveryOutcome = { failed: boolean };

/**
 * Sends each delivery to the one listener that registered for it. Bolt checks, parses and acknowledges; which listener
 * runs is looked up here, so that there is exactly one and an unknown id is answered rather than left to time out.
 */
export function route(app: App, options: RouterOptions): void {
  const subcommands = options.features.flatMap((f) => f.subcommands ?? []);
  const actions = byId(options.features.flatMap((f) => f.actions ?? []));
  const forms = byId(options.features.flatMap((f) => f.forms ?? []));
  const shortcuts = new Map(options.features.flatMap((f) => f.shortcuts ?? []).map((s) => [s.id, s]));

  const quietPeriod = createQuietPeriod();
  app.command(/^\/(crisis|crise)$/, async ({ command, ack, respond }) => {
    quietPeriod.restart();
    const found = findSubcommand(subcommands, typedText.parse(command.text));
    const entry = 'empty' in found ? options.panel : 'entry' in found ? found.entry : null;
    const acknowledge = once(async () => ack());
    if (entry?.readsOnly) {
      await acknowledge.run();
      await quietPeriod.ended();
    }
    const start = await begin(options, {
      workspaceId: command.team_id,
      userId: command.user_id,
      channelId: command.channel_id,
      deliveryKey: `command:${command.trigger_id}`,
      triggerId: command.trigger_id,
      ack: acknowledge,
      tell: (reply) => insist(() => respond({ response_type: 'ephemeral', ...reply })),
    });
    const reply = await guarded(options, start, async (call) => {
      if ('unknown' in found) {
        const { language } = call.who;
        const { near } = found;
        const unknown = escapeMrkdwn(clip(plainText(found.unknown), limits.buttonLabel).replaceAll('`', "'"));
        const meant = near && ((language === 'fr' ? near.aliases[0] : undefined) ?? near.name);
        const w = words(language);
        return { text: meant ? w.mistyped(unknown, meant) : w.unknownCommand(unknown) };
      }
      return entry?.run(call, 'entry' in found ? plainText(found.rest) : '');
    });
    if (!start.acked()) await ack(reply ? { response_type: 'ephemeral', ...reply } : undefined);
    else if (reply) await start.tell(reply);
  });

  app.action(/[\s\S]*/, async ({ body, action, ack, respond }) => {
    const press = readPress(body, action);
    const view = press.form;
    const start = await begin(options, {
      workspaceId: press.workspaceId,
      userId: press.userId,
      channelId: press.channelId,
      deliveryKey: `press:${press.deliveryId}`,
      triggerId: press.triggerId,
      ack: once(async () => ack()),
      inForm: view !== null,
      tell: async (reply, openNotice) => {
        if (press.hasResponseUrl)
          await insist(() => respond({ response_type: 'ephemeral', replace_original: false, ...reply }));
        else await openNotice(reply);
      },
    });
    const reply = await guarded(options, start, async (call) => {
      const found = actions.get(press.actionId.split(':')[0] ?? '');
      if (!found) return press.isLink ? undefined : { text: words(call.who.language).outdatedButton };
      return found.run(call, press.value, { chosen: press.chosen, message: press.message, form: press.form });
    });
    if (!start.acked()) await ack();
    if (reply) await start.tell(reply);
  });

  app.view({ callback_id: /[\s\S]*/, type: 'view_submission' }, async ({ body, view, ack }) => {
    const start = await begin(options, {
      workspaceId: view.app_installed_team_id ?? body.team?.id ?? view.team_id,
      userId: body.user.id,
      channelId: null,
      deliveryKey: `form:${view.id}:${view.hash}`,
      triggerId: (body as { trigger_id?: string }).trigger_id ?? '',
      ack: once(async () => ack()),
      tell: async () => {},
    });
    const answer = await guarded<FormAnswer>(options, start, async (call) => {
      const form = forms.get(view.callback_id);
      if (!form) return { update: notice(call.who.language, { text: words(call.who.language).outdatedButton }) };
      return form.run(
        call,
        formValues(view.state),
        view.private_metadata ? JSON.parse(view.private_metadata) : {},
        view.id,
      );
    });
    if (start.acked()) return;
    if (!answer) await ack();
    else if ('text' in answer) await ack(formReply(view, answer, start.call?.who.language ?? 'en'));
    else if ('errors' in answer) await ack({ response_action: 'errors', errors: answer.errors });
    else if ('update' in answer) await ack({ response_action: 'update', view: answer.update });
    else await ack({ response_action: 'push', view: answer.push });
  });

  app.view({ callback_id: /[\s\S]*/, type: 'view_closed' }, async ({ ack }) => ack());

  app.shortcut(/[\s\S]*/, async ({ shortcut, ack, respond }) => {
    const source = shortcut.type === 'message_action' ? sourceMessage(shortcut.message, shortcut.channel.id) : null;
    const start = await begin(options, {
      workspaceId: shortcut.team?.id ?? '',
      userId: shortcut.user.id,
      channelId: source?.channelId ?? null,
      deliveryKey: `shortcut:${shortcut.trigger_id}`,
      triggerId: shortcut.trigger_id,
      ack: once(async () => ack()),
      tell: async (reply, openNotice) => {
        if (source) await insist(() => respond({ response_type: 'ephemeral', replace_original: false, ...reply }));
        else await openNotice(reply);
      },
    });
    const reply = await guarded(options, start, async (call) => shortcuts.get(shortcut.callback_id)?.run(call, source));
    if (!start.acked()) await ack();
    if (reply) await start.tell(reply);
  });

  // What no listener could read (a press without its fields): Bolt would print it, words and all.
  app.error(async (error) => {
    report(options, error.original ?? error, {});
  });

  for (const listener of options.features.flatMap((f) => f.events ?? [])) {
    app.event(listener.type, async ({ event, body, context }) => {
      const deliveryKey = `event:${body.event_id}:${listener.type}`;
      try {
        const slack = await options.slackOf(body.team_id);
        await listener.run({ ...deps(options), slack, workspaceId: body.team_id, deliveryKey }, event);
      } catch (error) {
        if (error instanceof DuplicateDelivery) return;
        if (error instanceof NotInstalled && error.code === 'not_installed') return;
        report(options, error, { event: listener.type });
        // Not acknowledged, so Slack brings it again: in a minute, then in five.
        (context as { outcome?: DeliveryOutcome }).outcome ??= { failed: true };
        ((context as { outcome?: DeliveryOutcome }).outcome as DeliveryOutcome).failed = true;
      }
    });
  }
}

/** By every id under which it was ever drawn. */
const byId = <T extends { id: string; aliases?: readonly string[] }>(listed: readonly T[]): Map<string, T> =>
  new Map(listed.flatMap((one) => [one.id, ...(one.aliases ?? [])].map((id) => [id, one] as const)));

/** Milliseconds without a new command after which nobody is likely to be waiting for an acknowledgement. */
const quiet = 20;
/** The longest anybody's reading is put off, in milliseconds: well within the 3 s that a trigger lives. */
const longestWait = 250;

/**
 * Whoever pressed at the same moment is acknowledged before anything is read for anybody: reading what a form shows takes
 * longer than acknowledging, and there is one thread.
 */
function createQuietPeriod() {
  const state = { lastArrival: 0 };
  return {
    restart: () => {
      state.lastArrival = performance.now();
    },
    ended: async () => {
      const until = performance.now() + longestWait;
      for (;;) {
        const now = performance.now();
        const wait = Math.min(state.lastArrival + quiet, until) - now;
        if (wait <= 0) return;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    },
  };
}

/** Better told twice than not at all: nobody else repeats an answer that Slack did not take. */
async function insist(respond: () => Promise<unknown>): Promise<void> {
  for (const pause of [300, 1200]) {
    try {
      await respond();
      return;
    } catch (error) {
      // An address that has expired or is used up stays so.
      const { statusCode = 500 } = error as { statusCode?: number };
      if (statusCode < 500 && statusCode !== 429) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  await respond();
}

const deps = (options: RouterOptions): Deps => ({
  db: options.db,
  boss: options.boss,
  now: options.now,
  log: options.log,
  slices: options.slices,
  appendEntries: options.appendEntries,
  wake: (jobs) => options.wake(jobs),
});

type Delivery = {
  workspaceId: string;
  userId: string;
  channelId: string | null;
  deliveryKey: string;
  triggerId: string;
  ack: Once;
  inForm?: boolean;
  tell: (reply: Reply, openNotice: (reply: Reply) => Promise<void>) => Promise<void>;
};
/** `tell` works even when who acts could not be found out: a "no" is told. */
type Started = {
  call: Call | null;
  problem: unknown;
  /** When the delivery came, on the monotonic clock. */
  at: number;
  acked: () => boolean;
  tell: (reply: Reply) => Promise<void>;
};

async function begin(options: RouterOptions, delivery: Delivery): Promise<Started> {
  const at = performance.now();
  const acked = () => delivery.ack.done;
  const openModal = async (view: ModalView) => {
    await delivery.ack.run();
    const slack = await options.slackOf(delivery.workspaceId);
    const open = delivery.inForm ? slack.pushView : slack.openView;
    return (await open(delivery.triggerId, view)).view.id;
  };
  const tellIn = (language: 'en' | 'fr') => (reply: Reply) =>
    delivery.tell(reply, async (shown) => {
      try {
        await openModal(notice(language, shown));
      } catch (error) {
        if (!(error instanceof SlackFailure)) throw error;
        if (error instanceof NotInstalled) return;
        // No form opens any more for this press; a message always arrives.
        const slack = await options.slackOf(delivery.workspaceId);
        const channelId = await slack.directChannel(delivery.userId);
        const said = message(shown.text, shown.blocks ?? sections(shown.text));
        await slack.postMessage({ channelId }, said, `notice:${delivery.deliveryKey}`);
      }
    });
  try {
    const slack = await options.slackOf(delivery.workspaceId);
    const who = await options.findWho(delivery.workspaceId, delivery.userId);
    const call: Call = {
      ...deps(options),
      slack,
      who,
      deliveryKey: delivery.deliveryKey,
      channelId: delivery.channelId,
      openModal,
      updateModal: async (viewId, view) => {
        await delivery.ack.run();
        await slack.updateView(viewId, view);
      },
      tell: tellIn(who.language),
    };
    return { call, problem: null, at, acked, tell: (reply) => call.tell(reply) };
  } catch (problem) {
    return { call: null, problem, at, acked, tell: tellIn('en') };
  }
}

/** Runs a listener. A fault is logged and answered in words with its reference; a repeated delivery is answered with silence. */
async function guarded<T>(
  options: RouterOptions,
  start: Started,
  run: (call: Call) => Promise<T>,
): Promise<T | Reply | undefined> {
  const answered = answerOf(options, start, run);
  if (start.acked()) return answered;
  const timer: { stop?: () => void } = {};
  const late = new Promise<'late'>((resolve) => {
    const timeout = setTimeout(() => resolve('late'), start.at + acknowledgementTimeout - performance.now());
    timer.stop = () => clearTimeout(timeout);
  });
  const first = await Promise.race([answered, late]);
  timer.stop?.();
  // A form that was opened meanwhile is an answer.
  if (first !== 'late' || start.acked()) return first === 'late' ? answered : first;
  options.log.error({}, 'a delivery is answered before its work has ended');
  // What became of it is told as well, once it is known.
  void answered
    .then((reply) => (reply && typeof reply === 'object' && 'text' in reply ? start.tell(reply) : undefined))
    .catch((error: unknown) => options.log.warn({ err: error }, 'a late answer could not be told'));
  return inTheirs(start, (w) => w.overloaded);
}

/** Slack shows a failure of its own after 3 s, which says nothing. */
const acknowledgementTimeout = 2500;

async function answerOf<T>(
  options: RouterOptions,
  start: Started,
  run: (call: Call) => Promise<T>,
): Promise<T | Reply | undefined> {
  try {
    if (!start.call) throw start.problem;
    const { language, isOutsider, workspaceId, userId } = start.call.who;
    if (isOutsider) return { text: words(language).outsider };
    if (!options.rateLimit(`${workspaceId}/${userId}`, performance.now())) return { text: words(language).tooFast };
    return await run(start.call);
  } catch (error) {
    if (error instanceof DuplicateDelivery) return undefined;
    if (isSpentTrigger(error)) return inTheirs(start, (w) => w.tooLate);
    if (error instanceof NotInstalled) return inTheirs(start, (w) => w.notInstalled);
    const reference = report(options, error, {});
    return inTheirs(start, (w) => (options.isDatabaseDown(error) ? w.overloaded : w.fault(reference)));
  }
}

/** In both languages when who asks could not be found out. */
const inTheirs = (start: Started, say: (w: ReturnType<typeof words>) => string): Reply => ({
  text: start.call ? say(words(start.call.who.language)) : [say(words('en')), say(words('fr'))].join('\n\n'),
});

function report(options: RouterOptions, error: unknown, fields: Record<string, unknown>): string {
  const reference = error instanceof Fault ? error.reference : newReference();
  options.log.error({ reference, err: error, ...fields }, 'a delivery failed');
  return reference;
}

const notice = (language: 'en' | 'fr', reply: Reply): ModalView =>
  modal({
    id: 'slack.notice',
    title: words(language).formTitle,
    close: words(language).close,
    blocks: reply.blocks ?? (reply.text ? sections(reply.text) : [contextBlock('–')]),
  });

/** A form that was not taken stays open with what was typed in it, and says why under its first field. */
function formReply(view: { blocks: { type: string; block_id?: string }[] }, reply: Reply, language: 'en' | 'fr') {
  const field = view.blocks.find((block) => block.type === 'input')?.block_id;
  return field === undefined
    ? { response_action: 'update' as const, view: notice(language, reply) }
    : { response_action: 'errors' as const, errors: { [field]: reply.text } };
}

type Once = { run: () => Promise<void>; done: boolean };
function once(act: () => Promise<void>): Once {
  const state: Once = {
    done: false,
    run: async () => {
      if (state.done) return;
      state.done = true;
      await act();
    },
  };
  return state;
}

/** Slack leaves no field out; whatever stands where a text should is no text. */
const typedText = z.string().catch('');

const messageSchema = z.looseObject({
  ts: z.string(),
  thread_ts: z.string().optional(),
  user: z.string().optional(),
  text: z.string().optional(),
  files: z
    .array(
      z.looseObject({
        id: z.string(),
        name: z.string().nullish(),
        mimetype: z.string().optional(),
        url_private: z.string().optional(),
        size: z.number().optional(),
      }),
    )
    .optional(),
});

function sourceMessage(raw: unknown, channelId: string): SourceMessage {
  const m = messageSchema.parse(raw);
  return {
    channelId,
    ts: m.ts,
    threadTs: m.thread_ts ?? null,
    authorId: m.user ?? null,
    text: plainText(m.text ?? ''),
    files: (m.files ?? []).map((f) => ({
      id: f.id,
      name: storable(f.name ?? f.id),
      ...(f.mimetype ? { mimetype: f.mimetype } : {}),
      ...(f.url_private ? { url: f.url_private } : {}),
      ...(f.size === undefined ? {} : { size: f.size }),
    })),
  };
}

const bodySchema = z.looseObject({
  team: z.looseObject({ id: z.string() }).nullish(),
  user: z.looseObject({ id: z.string(), team_id: z.string().optional() }),
  channel: z.looseObject({ id: z.string() }).nullish(),
  container: z.looseObject({ channel_id: z.string().optional() }).nullish(),
  message: z.unknown().optional(),
  trigger_id: z.string().default(''),
  response_url: z.string().optional(),
  view: z
    .looseObject({
      id: z.string(),
      type: z.string(),
      callback_id: z.string().default(''),
      private_metadata: z.string().default(''),
      app_installed_team_id: z.string().optional(),
      state: z.unknown().optional(),
    })
    .nullish(),
});
const actionSchema = z.looseObject({
  action_id: z.string(),
  block_id: z.string().default(''),
  action_ts: z.string().default(''),
  type: z.string(),
  value: z.string().nullish(),
  url: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_user: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_date_time: z.number().nullish(),
});

function readPress(rawBody: unknown, rawAction: unknown) {
  const body = bodySchema.parse(rawBody);
  const action = actionSchema.parse(rawAction);
  const channelId = body.channel?.id ?? body.container?.channel_id ?? null;
  const isForm = body.view?.type === 'modal';
  const form: OpenForm | null =
    isForm && body.view
      ? {
          viewId: body.view.id,
          callbackId: body.view.callback_id,
          metadata: json(body.view.private_metadata || '{}'),
          values: formValues(body.view.state),
        }
      : null;
  const chosen =
    action.selected_option?.value ??
    action.selected_user ??
    action.selected_conversation ??
    action.selected_date ??
    action.selected_time ??
    action.selected_date_time?.toString() ??
    null;
  const carried = action.value ?? (action.type === 'overflow' ? action.selected_option?.value : action.block_id) ?? '';
  return {
    workspaceId: body.view?.app_installed_team_id ?? body.team?.id ?? body.user.team_id ?? '',
    userId: body.user.id,
    channelId,
    triggerId: body.trigger_id,
    deliveryId: body.trigger_id || `${body.user.id}:${action.action_ts}`,
    hasResponseUrl: body.response_url !== undefined,
    actionId: action.action_id,
    isLink: action.url !== undefined,
    value: json(carried),
    chosen,
    message: body.message && channelId ? sourceMessage(body.message, channelId) : null,
    form,
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
