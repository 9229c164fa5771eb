import { AlertFillIcon, ArrowLeftIcon, XIcon } from '@primer/octicons-react';
import { useEffect, useRef, useState } from 'react';
import { Button, Dialog, Form, Heading, Modal, ModalOverlay, ProgressBar } from 'react-aria-components';
import { Blocks } from '../blocks/Blocks.tsx';
import { HandsOf } from '../blocks/hands.ts';
import { Avatar } from '../shell/Avatar.tsx';
import { IconButton } from '../shell/IconButton.tsx';
import { attempt } from '../state/acts.ts';
import { useStore } from '../state/store.ts';
import type { View } from '../state/types.ts';
import { useHello, useWords } from '../state/use.ts';
import { plain } from '../text/Text.tsx';
import { useViewHands } from './useViewHands.ts';

/** The pile of modals the app has opened for this person: the one on top is shown, Back goes to the one under it. */
export function ModalStack() {
  const modals = useStore((s) => s.modals);
  const top = modals.at(-1);
  return (
    <ModalOverlay
      className="overlay"
      isOpen={top !== undefined}
      isKeyboardDismissDisabled={false}
      onOpenChange={(open) => !open && void attempt({ do: 'close' })}
    >
      <Modal className="modal-frame">
        <Dialog className="modal">{top && <ModalView key={top.id} view={top} depth={modals.length} />}</Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function ModalView({ view, depth }: { view: View; depth: number }) {
  const words = useWords();
  const { app } = useHello();
  const bot = useStore((s) => s.people[app.user_id]);
  const hands = useViewHands(view);
  const [sending, setSending] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const errors = view.errors ?? {};
  const general = errors[''];
  const hasErrors = Object.keys(errors).length > 0;

  // Whoever cannot see the red finds themselves in the first field that is wrong.
  useEffect(() => {
    if (!hasErrors) return;
    const wrong = body.current?.querySelector<HTMLElement>('[data-invalid] :is(input, textarea, button, [tabindex])');
    wrong?.focus();
    wrong?.scrollIntoView({ block: 'center' });
  }, [hasErrors, view.errors]);

  async function submit(): Promise<void> {
    setSending(true);
    await hands.flush();
    await attempt({ do: 'submit', view: view.id });
    setSending(false);
  }

  return (
    <Form
      className="modal-form"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        if (view.submit) void submit();
      }}
    >
      <header className="modal-header">
        {depth > 1 ? (
          <IconButton label={words.back} onPress={() => void attempt({ do: 'close' })}>
            <ArrowLeftIcon size={20} />
          </IconButton>
        ) : (
          <Avatar person={bot} size={28} />
        )}
        <Heading slot="title">{plain(view.title)}</Heading>
        <IconButton label={words.close} onPress={() => void attempt({ do: 'close', all: true })}>
          <XIcon size={20} />
        </IconButton>
      </header>
      <div className="modal-body" ref={body}>
        {general && (
          <p className="notice" role="alert">
            <AlertFillIcon size={16} /> <span>{words.local(general)}</span>
          </p>
        )}
        <HandsOf value={hands}>
          <Blocks blocks={view.blocks} />
        </HandsOf>
      </div>
      <footer className="modal-footer">
        <Button className="button button-default" onPress={() => void attempt({ do: 'close' })}>
          {plain(view.close) || (view.submit ? words.cancel : words.close)}
        </Button>
        {view.submit && (
          <Button type="submit" className="button button-primary" isPending={sending}>
            {sending && <ProgressBar aria-label={words.sending} isIndeterminate className="spinner" />}
            <span>{plain(view.submit)}</span>
          </Button>
        )}
      </footer>
    </Form>
  );
}
