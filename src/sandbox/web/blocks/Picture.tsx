import { ImageIcon } from '@primer/octicons-react';
import { useHello, useWords } from '../state/use.ts';
import type { ElementJson } from './Element.tsx';

/** Pictures kept in the workspace are drawn; pictures of the Internet are named, never fetched. */
export function Picture({ image, className }: { image: ElementJson; className: string }) {
  const { me } = useHello();
  const words = useWords();
  const alt = (image['alt_text'] as string | undefined) ?? '';
  const source = addressOf(image, me);
  if (source) return <img src={source} alt={alt} className={className} />;
  return (
    <span className="remote-image" title={words.remoteImage}>
      <ImageIcon size={16} /> {alt}
    </span>
  );
}

function addressOf(image: ElementJson, me: string): string | null {
  const file = image['slack_file'] as { id?: string; url?: string } | undefined;
  const url = file?.url ?? (image['image_url'] as string | undefined) ?? '';
  const id = file?.id ?? /\/files-pri\/([A-Z0-9]+)/.exec(url)?.[1];
  return id ? `/download/${id}?as=${me}` : null;
}
