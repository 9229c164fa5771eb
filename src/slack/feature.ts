import type { z } from 'zod';
import type { EntryKind } from '../core/entries.ts';
import type { Bilingual, Language } from '../core/locale.ts';
import type { Follow, Says, Turn, Verifies, Waits } from '../core/slices.ts';
import type { Deps } from '../jobs/commit.ts';
import type { Message, ModalView } from './blocks.ts';
import type { Gateway } from './gateway.ts';
import type { Effect, Pace } from './ledger.ts';

/** The person who acts, as far as Slack says: what they may do is decided by rules, inside the transaction. */
export type Who = {
  workspaceId: string;
  userId: string;
  name: string;
  language: Language;
  timeZone: string;
  /** Guests, Slack Connect people, bots and deactivated accounts are outsiders. */
  isOutsider: boolean;
};

export type Reply = { text: string; blocks?: Message['blocks'] };

/** What a person does, as far as changing state goes: who, where, and which delivery of Slack brought it. */
export type Act = Deps & {
  who: Pick<Who, 'workspaceId' | 'userId' | 'isOutsider'>;
  /** The same for every repetition of one press, command, submission or event. */
  deliveryKey: string;
  channelId: string | null;
};

/** What every listener is given. */
export type Call = Act & {
  slack: Gateway;
  who: Who;
  /** Opens (or, on top of a form, pushes) a form. Acknowledges first: a trigger lives 3 s. Answers the view's id. */
  openModal(view: ModalView): Promise<string>;
  /** Replaces a form that is open. */
  updateModal(viewId: string, view: ModalView): Promise<void>;
  /** Says something to this person only, wherever they are. */
  tell(reply: Reply): Promise<void>;
};

/** The message a press or a message shortcut was about. */
export type SourceMessage = {
  channelId: string;
  ts: string;
  threadTs: string | null;
  authorId: string | null;
  text: string;
  files: { id: string; name: string; mimetype?: string; url?: string; size?: number }[];
};

export type Subcommand = {
  /** The English word; French ones are aliases, and each works in both languages. */
  name: string;
  aliases: readonly string[];
  /** Arguments, as shown by help and in Slack's hint: `<title> [@someone] [in 20 min]`. */
  usage: Bilingual;
  summary: Bilingual;
  /**
   * Changes nothing: shows something or opens a form. Acknowledged before anything is read, because there is nothing
   * that could be lost. Everything else commits first and is acknowledged with its outcome.
   */
  readsOnly?: boolean;
  run(call: Call, text: string): Promise<Reply | void>;
};

/** The open form that a press happened in. */
export type OpenForm = { viewId: string; callbackId: string; metadata: unknown; values: Record<string, unknown> };
export type Press = { chosen: string | null; message: SourceMessage | null; form: OpenForm | null };
export type Action = {
  id: string;
  aliases?: readonly string[];
  run(call: Call, value: unknown, press: Press): Promise<Reply | void>;
};

export type FormAnswer = { errors: Record<string, string> } | { update: ModalView } | { push: ModalView } | void;
export type Form = {
  id: string;
  aliases?: readonly string[];
  run(call: Call, values: Record<string, unknown>, metadata: unknown, viewId: string): Promise<FormAnswer>;
};

type Shortcut = {
  id: string;
  type: 'global' | 'message';
  /** At most 24 characters; Slack shows one name to everybody. */
  name: string;
  description: string;
  run(call: Call, source: SourceMessage | null): Promise<Reply | void>;
};

export type EventListener = { type: string; run(call: EventCall, event: unknown): Promise<void> };
export type EventCall = Deps & { slack: Gateway; workspaceId: string; deliveryKey: string };

/** `job` is the one being done: what it shows is recorded with it, so that a repair can order it again. */
export type JobContext = Deps & { slack: Gateway; pace: Pace; job?: Effect['job'] };
/** `what`: the work as the lead is told of it when it could not be done, after a colon: `show a task`. */
export type JobHandler = {
  kind: string;
  aliases?: readonly string[];
  what: Bilingual;
  run(context: JobContext, data: unknown): Promise<void>;
};

/** What a slice registers: router, help, hints and manifest are derived from it. */
export type Feature = {
  name: string;
  /** What it is called; help finds its commands by it. */
  title: Bilingual;
  /** The kinds of timeline entry that it writes. */
  entryKinds?: Readonly<Record<string, EntryKind>>;
  /** What it does when a crisis turns. */
  follows?: Partial<Record<Turn, Follow>>;
  /** Its line in the brief. */
  says?: Says;
  /** What it waits for from people, in *What waits on you*, in `/crisis` and on Home. */
  waits?: Waits;
  /** What it keeps beside the timeline, held against it in `/crisis verify`. */
  verifies?: Verifies;
  subcommands?: readonly Subcommand[];
  actions?: readonly Action[];
  forms?: readonly Form[];
  shortcuts?: readonly Shortcut[];
  events?: readonly EventListener[];
  jobs?: readonly JobHandler[];
  /** Runs for each workspace once the product is connected to it: orders upkeep, never does it. */
  start?(deps: Deps, workspaceId: string): Promise<void>;
};

/** An event that does not fit `schema` is logged and acknowledged: it would be no better the next time Slack brought it. */
export const onEvent = <S extends z.ZodType>(
  type: string,
  schema: S,
  run: (call: EventCall, event: z.infer<S>) => Promise<void>,
): EventListener => ({
  type,
  run: async (call, event) => {
    const read = schema.safeParse(event);
    if (read.success) return run(call, read.data);
    const where = read.error.issues.map(({ path }) => path.join('.'));
    call.log.warn({ event: type, where }, 'an event that cannot be read was left out');
  },
});

export const onJob = <S extends z.ZodType>(
  kind: string,
  what: Bilingual,
  schema: S,
  run: (context: JobContext, data: z.infer<S>) => Promise<void>,
): JobHandler => ({ kind, what, run: (context, data) => run(context, schema.parse(data)) });
