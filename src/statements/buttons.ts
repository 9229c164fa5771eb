import { z } from 'zod';
import { button } from '../slack/contract.ts';
import type { Statement } from './statement.ts';

const version = { s: z.uuid(), v: z.number(), h: z.string() };
export const ofVersion = z.object(version);
/** Which statement, and which wording of it was on the screen. */
export const seenVersion = ofVersion.transform(({ s, v, h }) => ({ statementId: s, seen: { version: v, hash: h } }));
export const versionOf = ({ id, current }: Statement) => ({ s: id, v: current.number, h: current.hash });

export const submitVersion = button('statements.submit', seenVersion);
export const approveVersion = button('statements.approve', seenVersion);
export const askChanges = button('statements.changes', seenVersion);
export const rejectVersion = button('statements.reject', seenVersion);

export const readVersion = button('statements.read', seenVersion);
export const allStatements = button('statements.all', z.object({ crisisId: z.uuid() }));

const acts = ['edit', 'diff', 'withdraw', 'publish', 'show', 'check', 'pair', 'waive', 'reject'] as const;
export type Act = (typeof acts)[number];
/** `v`: the version that was on the screen. */
export const more = button('statements.more', z.object({ do: z.enum(acts), s: z.uuid(), v: z.number() }));
export const to = (act: Act, { id, current }: Statement) => ({ do: act, s: id, v: current.number });
