import type { RichTextBlock, RichTextElement } from '@slack/types';
import { ChannelMention, EmojiSign, GroupMention, Lines, LocalDate, OutLink, UserMention } from './Inlines.tsx';

export function RichText({ block }: { block: Pick<RichTextBlock, 'elements'> }) {
  return block.elements.map((element, i) => <Part key={i} element={element} />);
}

function Part({ element }: { element: RichTextBlock['elements'][number] }) {
  switch (element.type) {
    case 'rich_text_section':
      return (
        <p className="rich-section">
          <Inside elements={element.elements} />
        </p>
      );
    case 'rich_text_quote':
      return (
        <blockquote>
          <Inside elements={element.elements} />
        </blockquote>
      );
    case 'rich_text_preformatted':
      return (
        <pre className="code-block">
          <Inside elements={element.elements} />
        </pre>
      );
    case 'rich_text_list': {
      const List = element.style === 'ordered' ? 'ol' : 'ul';
      return (
        <List style={{ marginInlineStart: `${(element.indent ?? 0) * 1.5}em` }}>
          {element.elements.map((item, i) => (
            <li key={i}>{'elements' in item && <Inside elements={item.elements} />}</li>
          ))}
        </List>
      );
    }
    default:
      return null;
  }
}

function Inside({ elements }: { elements: readonly RichTextElement[] }) {
  return elements.map((element, i) => <Styled key={i} element={element} />);
}

function Styled({ element }: { element: RichTextElement }) {
  const style: Record<string, boolean | undefined> = ('style' in element && element.style) || {};
  let drawn = <Bare element={element} />;
  if (style['code']) drawn = <code className="inline-code">{drawn}</code>;
  if (style['strike']) drawn = <s>{drawn}</s>;
  if (style['italic']) drawn = <em>{drawn}</em>;
  return style['bold'] ? <strong>{drawn}</strong> : drawn;
}

function Bare({ element }: { element: RichTextElement }) {
  switch (element.type) {
    case 'text':
      return <Lines text={element.text} />;
    case 'user':
      return <UserMention id={element.user_id} />;
    case 'usergroup':
      return <GroupMention id={element.usergroup_id} />;
    case 'channel':
      return <ChannelMention id={element.channel_id} />;
    case 'broadcast':
      return <span className="mention mention-me">@{element.range}</span>;
    case 'emoji':
      return <EmojiSign name={element.name} />;
    case 'link':
      return <OutLink url={element.url} label={element.text ?? element.url} />;
    case 'date':
      return <LocalDate unix={element.timestamp} format={element.format} url={element.url ?? null} />;
    case 'color':
      return <code className="inline-code">{element.value}</code>;
    case 'team':
    default:
      return null;
  }
}
