import { AlertFillIcon, LinkExternalIcon } from '@primer/octicons-react';
import { useState } from 'react';
import { Button, ProgressBar } from 'react-aria-components';
import type { FieldAt, Outcome } from '../../page/wire.ts';
import { send } from '../state/live.ts';
import { useWords } from '../state/use.ts';
import { plain, type TextObject } from '../text/Text.tsx';
import { ask, type Confirm } from './Confirm.tsx';
import type { ElementJson } from './Element.tsx';
import { attemptFailed } from './failed.ts';
import { useHands } from './hands.ts';

/** A button shows that it was pressed at once, and that it failed until it is pressed again. */
export function PressButton({ element, at }: { element: ElementJson; at: FieldAt }) {
  const hands = useHands();
  const words = useWords();
  const [stage, setStage] = useState<'idle' | 'pending' | 'failed'>('idle');
  const confirm = element['confirm'] as Confirm | undefined;
  const label = plain(element['text'] as TextObject);
  const spoken = element['accessibility_label'];
  const url = element['url'];

  async function press(): Promise<void> {
    if (typeof url === 'string') window.open(url, '_blank', 'noreferrer');
    if (!confirm) return finish(await pending(hands.press(at)));
    const open = await hands.hesitate(at);
    if (!open.ok) return finish(open);
    if (await ask(confirm)) finish(await pending(send({ do: 'confirm', id: Number(open.result) })));
  }

  function pending(outcome: Promise<Outcome>): Promise<Outcome> {
    setStage('pending');
    return outcome;
  }

  const finish = (outcome: Outcome) => setStage(attemptFailed(outcome) ? 'failed' : 'idle');

  return (
    <Button
      className={`button button-${(element['style'] as string | undefined) ?? 'default'}`}
      {...(typeof spoken === 'string' ? { 'aria-label': spoken } : {})}
      {...(confirm && { 'aria-haspopup': 'dialog' as const })}
      isPending={stage === 'pending'}
      onPress={() => void press()}
    >
      {stage === 'pending' && <ProgressBar aria-label={words.sending} isIndeterminate className="spinner" />}
      {stage === 'failed' && <AlertFillIcon size={14} className="warning-sign" aria-label={words.failed} />}
      <span>{label}</span>
      {typeof url === 'string' && <LinkExternalIcon size={12} />}
    </Button>
  );
}
