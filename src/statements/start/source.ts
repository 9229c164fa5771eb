import { longestBody, tidyBody } from '../wording.ts';

type File = { name: string; mimetype?: string; url?: string; size?: number };
type Source = { text: string; files: readonly File[] };

/** What a message offers as a text, or why it offers none. A text file stands before the words that came with it. */
export type Offer =
  | { from: 'text'; text: string }
  | { from: 'file'; url: string }
  | { from: 'nowhere'; because: 'nothing' | 'several' }
  | { from: 'nowhere'; because: 'too_large'; size: number };

const largestFile = 200_000;

export function offerOf({ text, files }: Source): Offer {
  const readable = files.filter((file) => file.url && isText(file));
  const [file] = readable;
  if (readable.length > 1) return { from: 'nowhere', because: 'several' };
  if (file?.url) {
    const size = file.size ?? 0;
    return size > largestFile ? { from: 'nowhere', because: 'too_large', size } : { from: 'file', url: file.url };
  }
  return text.trim() ? { from: 'text', text } : { from: 'nowhere', because: 'nothing' };
}

const isText = ({ name, mimetype }: File): boolean =>
  /^text\/(plain|markdown|x-markdown)\b/.test(mimetype ?? '') || /\.(txt|md|markdown|text)$/i.test(name);

export type Read = { text: string } | { problem: 'unreadable' } | { problem: 'too_long'; length: number };

/** Slack answers with its sign-in page where it does not let the product read a file; and bytes that are no text show. */
export function readAsBody(content: string): Read {
  const text = tidyBody(content.replace(/^\uFEFF/, ''));
  if (/^\s*<!doctype html|^\s*<html/i.test(text) || content.includes('\u0000')) return { problem: 'unreadable' };
  return text.length > longestBody ? { problem: 'too_long', length: text.length } : { text };
}
