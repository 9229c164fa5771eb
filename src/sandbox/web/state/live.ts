import type { Deed, Outcome, ToPage } from '../../page/wire.ts';
import { apply, nextNumber, set } from './store.ts';

let socket: WebSocket | undefined;
const waiting = new Map<number, (outcome: Outcome) => void>();
const AGAIN_MS = 1000;

/** Opens this window's one line to the server, as one person, and keeps it open. */
export function connect(as: string): void {
  const line = new WebSocket(`ws://${location.host}/live?as=${encodeURIComponent(as)}`);
  socket = line;
  line.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as ToPage;
    if ('pushes' in message) return apply(message.pushes);
    waiting.get(message.id)?.(message.outcome);
    waiting.delete(message.id);
  });
  line.addEventListener('close', () => {
    for (const answer of waiting.values()) answer({ ok: false, error: 'connection_lost' });
    waiting.clear();
    set({ connected: false });
    setTimeout(() => connect(as), AGAIN_MS);
  });
}

/** Asks the server to do something in this person's name. Never throws. */
export function send(deed: Deed): Promise<Outcome> {
  if (socket?.readyState !== WebSocket.OPEN) return Promise.resolve({ ok: false, error: 'connection_lost' });
  const id = nextNumber();
  const answered = new Promise<Outcome>((resolve) => waiting.set(id, resolve));
  socket.send(JSON.stringify({ id, deed }));
  return answered;
}

/** What the app or Slack said no to, when the act itself went through. */
export function failureOf(outcome: Outcome): string | null {
  if (!outcome.ok) return outcome.error;
  const result = outcome.result as { ok?: boolean; failure?: string } | null;
  return result && result.ok === false ? (result.failure ?? null) : null;
}
