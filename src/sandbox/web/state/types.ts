import type { KnownBlock } from '@slack/types';
import type { Json } from '../../page/wire.ts';

/** Slack's payloads as the page reads them. They were checked by the sandbox before they got here. */
export type SlackFile = { id: string; name: string; title: string; mimetype: string; size: number; mode: string };
export type Reaction = { name: string; users: string[]; count: number };

export type Message = {
  type: 'message' | 'ephemeral';
  channel: string;
  ts: string;
  user: string;
  text: string;
  subtype?: string;
  bot_id?: string;
  blocks?: KnownBlock[];
  thread_ts?: string;
  reply_count?: number;
  reply_users?: string[];
  latest_reply?: string;
  edited?: { user: string; ts: string };
  reactions?: Reaction[];
  files?: SlackFile[];
  /** Said in this window and not yet confirmed by the server. */
  pending?: boolean;
};

type PlainText = { type: 'plain_text'; text: string; emoji?: boolean };

export type View = {
  id: string;
  type: 'modal' | 'home';
  hash: string;
  callback_id: string;
  blocks: KnownBlock[];
  title?: PlainText;
  submit?: PlainText | null;
  close?: PlainText | null;
  state: { values: Record<string, Record<string, Json>> };
  errors?: Record<string, string>;
};
