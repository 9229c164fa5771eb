import { useRef, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { plain, type TextObject, TextOf } from '../text/Text.tsx';

export type Confirm = {
  title?: TextObject;
  text: TextObject;
  confirm?: TextObject;
  deny?: TextObject;
  style?: 'primary' | 'danger';
};

/** Slack's "are you sure": `ask` answers at once where the element wants no confirmation. */
export function useConfirm(confirm: Confirm | undefined) {
  const [open, setOpen] = useState(false);
  const answer = useRef<(yes: boolean) => void>(() => {});

  const ask = (): Promise<boolean> => {
    if (!confirm) return Promise.resolve(true);
    setOpen(true);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  };
  const say = (yes: boolean) => {
    setOpen(false);
    answer.current(yes);
  };
  const dialog = confirm && (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={(is) => !is && say(false)} isDismissable>
      <Modal className="confirm-frame">
        <Dialog role="alertdialog" className="confirm">
          <Heading slot="title">{plain(confirm.title)}</Heading>
          <div className="confirm-text">
            <TextOf text={confirm.text} />
          </div>
          <div className="confirm-buttons">
            <Button className="button button-default" onPress={() => say(false)}>
              {plain(confirm.deny)}
            </Button>
            <Button
              autoFocus
              className={`button button-${confirm.style === 'danger' ? 'danger-full' : 'primary'}`}
              onPress={() => say(true)}
            >
              {plain(confirm.confirm)}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
  return { ask, dialog };
}
