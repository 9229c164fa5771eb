import { type DestinationStream, pino } from 'pino';
import type { Log } from './core/logger.ts';

/** Everything that looks like a Slack token or an address that acts as one. */
const secrets = /xox[a-z]-[\w-]+|xapp-[\w-]+|https:\/\/hooks\.slack\.com\/[^\s"\\]+/g;

/** Logs as JSON lines on standard output: ids, codes and references, never what people wrote and never a token. */
export const createLog = (
  level: 'debug' | 'info' | 'warn' | 'error',
  to: DestinationStream = pino.destination(1),
): Log =>
  pino(
    {
      level,
      base: null,
      serializers: { err: describeError },
      hooks: { streamWrite: (line) => line.replace(secrets, '[secret]') },
    },
    to,
  );

/** A database error carries the statement's parameters in its message, and those carry what people wrote. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error };
  const { code, reference } = error as { code?: unknown; reference?: unknown };
  return {
    type: error.name,
    message: messageOf(error, code),
    ...(code === undefined ? {} : { code: typeof code === 'string' ? code : typeof code }),
    ...(reference === undefined ? {} : { reference: typeof reference === 'string' ? reference : typeof reference }),
    // Without the message, whose own lines may look like those of a stack.
    stack: error.stack
      ?.replace(error.message, '')
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 12),
    ...(error.cause ? { cause: describeError(error.cause) } : {}),
  };
}

/** Without the values that some errors repeat: what could not be read as a number, a date or JSON was written by somebody. */
function messageOf({ name, message }: Error, code: unknown): string | undefined {
  if (name === 'SyntaxError') return 'a text could not be read';
  // Class 22 of SQL: data exceptions.
  if (name === 'RangeError' || (typeof code === 'string' && /^22\w{3}$/.test(code))) return message.split(/[:"]/)[0];
  return message.split(/\n?params:/)[0];
}
