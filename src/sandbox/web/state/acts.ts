import type { Deed, Outcome } from '../../page/wire.ts';
import { failureOf, send } from './live.ts';
import { asMessages, nextNumber, type Place, set, state } from './store.ts';
import type { Message } from './types.ts';

/** Goes somewhere: the address bar follows, so that Back works and a window can be opened on the same place. */
export function go(place: Place, options: { thread?: string | null; quiet?: boolean } = {}): void {
  const { thread = null, quiet = false } = options;
  set({ place, thread, failures: [] });
  // Following a link in a form leaves the form.
  if (state().modals.length > 0) void send({ do: 'close', all: true });
  const url = new URL(location.href);
  url.searchParams.set('at', place === 'home' ? 'home' : place.channel);
  if (thread) url.searchParams.set('thread', thread);
  else url.searchParams.delete('thread');
  if (!quiet && url.href !== location.href) history.pushState(null, '', url);
}

/** Where the address bar says the window stands. */
export function placeFromAddress(): { place: Place; thread: string | null } {
  const query = new URLSearchParams(location.search);
  const at = query.get('at');
  return { place: at === 'home' ? 'home' : { channel: at ?? '' }, thread: query.get('thread') };
}

export const openThread = (thread: string | null): void => go(state().place, { thread });

export async function loadHistory(channel: string): Promise<void> {
  const outcome = await send({ do: 'history', channel });
  if (outcome.ok)
    set(({ messages }) => ({ messages: { ...messages, [channel]: asMessages(outcome.result as never) } }));
}

/** Does it, and says it when it did not work. */
export async function attempt(deed: Deed): Promise<Outcome> {
  const outcome = await send(deed);
  if (!outcome.ok) complain(outcome.error);
  return outcome;
}

export function complain(text: string): void {
  set(({ failures }) => ({ failures: [...failures, { id: nextNumber(), text }].slice(-3) }));
}

/** A message is on the screen of whoever writes it before the server knows. */
export async function say(deed: Extract<Deed, { do: 'say' }>): Promise<boolean> {
  const { me } = state().hello ?? { me: '' };
  const shown: Message = {
    type: 'message',
    channel: deed.channel,
    ts: ((Date.now() + state().clockOffset) / 1000 + 0.001).toFixed(6),
    user: me,
    text: deed.text,
    pending: true,
    ...(deed.thread_ts ? { thread_ts: deed.thread_ts } : {}),
  };
  const put = (change: (list: Message[]) => Message[]) =>
    set(({ messages }) => ({ messages: { ...messages, [deed.channel]: change(messages[deed.channel] ?? []) } }));
  if (deed.text) put((list) => [...list, shown]);
  const outcome = await attempt(deed);
  put((list) => list.filter((m) => m !== shown));
  return outcome.ok;
}

export async function command(channel: string, text: string): Promise<void> {
  const outcome = await send({ do: 'command', channel, text });
  if (!outcome.ok) complain(outcome.error);
}

export async function shortcut(deed: Extract<Deed, { do: 'shortcut' | 'message_shortcut' }>): Promise<void> {
  const failure = failureOf(await send(deed));
  if (failure) complain(failure);
}

export async function openDirect(who: string): Promise<void> {
  const outcome = await attempt({ do: 'open_direct', who });
  if (outcome.ok) go({ channel: String(outcome.result) });
}

/** The app's home asks the app to draw it: it shows what was drawn before in the meantime. */
export function openHome(): void {
  go('home');
  void send({ do: 'open_home' });
}

/** A conversation, or the app's home. */
export const goWhere = (place: string): void => (place === 'home' ? openHome() : go({ channel: place }));

/** Says it to those who listen instead of looking. */
export const announce = (announced: string): void => set({ announced });

export function becomePerson(id: string, { elsewhere = false, place = null }: Becoming = {}): void {
  const url = new URL(location.href);
  url.searchParams.set('as', id);
  url.searchParams.delete('thread');
  if (place) url.searchParams.set('at', place);
  if (elsewhere) window.open(url, '_blank');
  else location.assign(url);
}
type Becoming = { elsewhere?: boolean; place?: string | null };
