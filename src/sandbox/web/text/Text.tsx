import { useMemo } from 'react';
import { withEmoji } from './emoji.ts';
import { Inlines, Lines } from './Inlines.tsx';
import { parseMrkdwn } from './mrkdwn.ts';

export function Mrkdwn({ text }: { text: string }) {
  const paragraphs = useMemo(() => parseMrkdwn(text), [text]);
  return paragraphs.map((paragraph, i) => {
    if (paragraph.is === 'code')
      return (
        <pre key={i} className="code-block">
          {paragraph.text}
        </pre>
      );
    if (paragraph.is === 'quote')
      return (
        <blockquote key={i}>
          <Inlines parts={paragraph.inside} />
        </blockquote>
      );
    return (
      <span key={i} className="text-lines">
        <Inlines parts={paragraph.inside} />
      </span>
    );
  });
}

export type TextObject = { type: string; text: string; emoji?: boolean };

export function TextOf({ text }: { text: TextObject }) {
  if (text.type === 'mrkdwn') return <Mrkdwn text={text.text} />;
  return <Lines text={text.emoji === false ? text.text : withEmoji(text.text)} />;
}

/** A label where only characters can go: the name of a button, an option, a title. */
export const plain = (text: TextObject | null | undefined): string =>
  text ? (text.emoji === false ? text.text : withEmoji(text.text)) : '';
