import type {
  ActionsBlock,
  ContextBlock,
  HeaderBlock,
  ImageBlock,
  KnownBlock,
  SectionBlock,
  TableBlock,
} from '@slack/types';
import { RichText } from '../text/RichText.tsx';
import { plain, TextOf } from '../text/Text.tsx';
import { Element, type ElementJson } from './Element.tsx';
import { InputField } from './InputField.tsx';
import { Picture } from './Picture.tsx';
import { Unknown } from './Unknown.tsx';

export function Blocks({ blocks }: { blocks: readonly KnownBlock[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, i) => (
        <div key={block.block_id ?? i} className={`block block-${block.type}`} data-block-id={block.block_id}>
          <Block block={block} />
        </div>
      ))}
    </div>
  );
}

function Block({ block }: { block: KnownBlock }) {
  switch (block.type) {
    case 'header':
      return <Header block={block} />;
    case 'section':
      return <Section block={block} />;
    case 'context':
      return <Context block={block} />;
    case 'divider':
      return <hr />;
    case 'actions':
      return <Actions block={block} />;
    case 'input':
      return <InputField block={block} />;
    case 'image':
      return <Image block={block} />;
    case 'rich_text':
      return <RichText block={block} />;
    case 'table':
      return <Table block={block} />;
    case 'alert':
    case 'card':
    case 'carousel':
    case 'container':
    case 'context_actions':
    case 'data_table':
    case 'file':
    case 'markdown':
    case 'plan':
    case 'task_card':
    case 'video':
    default:
      return <Unknown type={block.type} />;
  }
}

function Header({ block }: { block: HeaderBlock }) {
  return <h3 className="block-title">{plain(block.text)}</h3>;
}

function Section({ block }: { block: SectionBlock }) {
  return (
    <div className="section">
      <div className="section-text">
        {block.text && <TextOf text={block.text} />}
        {block.fields && (
          <div className="fields">
            {block.fields.map((field, i) => (
              <div key={i} className="field">
                <TextOf text={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {block.accessory && (
        <div className="accessory">
          <Element
            element={block.accessory as ElementJson}
            blockId={block.block_id ?? ''}
            about={block.text ? plain({ ...block.text, type: 'plain_text' }) : ''}
          />
        </div>
      )}
    </div>
  );
}

function Context({ block }: { block: ContextBlock }) {
  return (
    <div className="context">
      {block.elements.map((element, i) =>
        element.type === 'image' ? (
          <Picture key={i} image={{ ...element }} className="context-image" />
        ) : (
          <span key={i}>
            <TextOf text={element} />
          </span>
        ),
      )}
    </div>
  );
}

function Actions({ block }: { block: ActionsBlock }) {
  return (
    <div className="actions">
      {block.elements.map((element, i) => (
        <Element key={i} element={element as ElementJson} blockId={block.block_id ?? ''} about="" />
      ))}
    </div>
  );
}

function Image({ block }: { block: ImageBlock }) {
  return (
    <figure className="image-block">
      {block.title && <figcaption>{plain(block.title)}</figcaption>}
      <Picture image={{ ...block }} className="image" />
    </figure>
  );
}

function Table({ block }: { block: TableBlock }) {
  const [head = [], ...rows] = block.rows;
  const align = (column: number) => block.column_settings?.[column]?.align ?? 'left';
  const cell = (one: (typeof head)[number]) => (one.type === 'rich_text' ? <RichText block={one} /> : one.text);
  return (
    // Wide tables are scrolled, and what scrolls must be reachable with the keyboard.
    // eslint-disable-next-line
    <div className="table-frame" tabIndex={0} role="group">
      <table>
        <thead>
          <tr>
            {head.map((one, i) => (
              <th key={i} scope="col" style={{ textAlign: align(i) }}>
                {cell(one)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r}>
              {row.map((one, i) => (
                <td key={i} style={{ textAlign: align(i) }}>
                  {cell(one)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
