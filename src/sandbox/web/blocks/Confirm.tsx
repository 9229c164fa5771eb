import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { create } from 'zustand';
import { plain, type TextObject, TextOf } from '../text/Text.tsx';

export type Confirm = {
  title?: TextObject;
  text: TextObject;
  confirm?: TextObject;
  deny?: TextObject;
  style?: 'primary' | 'danger';
};

type Open = { asked: Confirm | null; shown: boolean; answer: (yes: boolean) => void };
const useOpen = create<Open>()(() => ({ asked: null, shown: false, answer: () => {} }));

/** Slack's "are you sure". It stays open whatever becomes of the message it was asked for. */
export function ask(confirm: Confirm | undefined): Promise<boolean> {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    useOpen.setState({
      asked: confirm,
      shown: true,
      answer: (yes) => {
        useOpen.setState({ shown: false });
        resolve(yes);
      },
    });
  });
}

/** Where the open confirmation is drawn, once per window. */
export function ConfirmDialog() {
  const { asked, shown, answer } = useOpen();
  return (
    <ModalOverlay className="overlay" isOpen={shown} onOpenChange={(open) => !open && answer(false)} isDismissable>
      <Modal className="confirm-frame">
        <Dialog role="alertdialog" className="confirm">
          <Heading slot="title">{plain(asked?.title)}</Heading>
          <div className="confirm-text">{asked && <TextOf text={asked.text} />}</div>
          <div className="confirm-buttons">
            <Button className="button button-default" onPress={() => answer(false)}>
              {plain(asked?.deny)}
            </Button>
            <Button
              autoFocus
              className={`button button-${asked?.style === 'danger' ? 'danger-full' : 'primary'}`}
              onPress={() => answer(true)}
            >
              {plain(asked?.confirm)}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
