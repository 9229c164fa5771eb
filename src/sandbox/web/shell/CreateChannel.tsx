import { PlusIcon } from '@primer/octicons-react';
import { useState } from 'react';
import {
  Button,
  Checkbox,
  Dialog,
  DialogTrigger,
  Form,
  Heading,
  Input,
  Label,
  Modal,
  ModalOverlay,
  TextField,
} from 'react-aria-components';
import { attempt, go } from '../state/acts.ts';
import { useWords } from '../state/use.ts';

export function CreateChannel() {
  const words = useWords();
  const [name, setName] = useState('');
  const [isPrivate, setPrivate] = useState(false);
  const tidy = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')
      .slice(0, 80);

  async function create(close: () => void): Promise<void> {
    if (!name) return;
    const outcome = await attempt({ do: 'create_channel', name, is_private: isPrivate });
    close();
    setName('');
    if (outcome.ok) go({ channel: String(outcome.result) });
  }

  return (
    <DialogTrigger>
      <Button className="sidebar-add" aria-label={words.addChannel}>
        <PlusIcon size={14} />
      </Button>
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="confirm-frame">
          <Dialog className="confirm">
            {({ close }) => (
              <Form
                onSubmit={(event) => {
                  event.preventDefault();
                  void create(close);
                }}
              >
                <Heading slot="title">{words.createTitle}</Heading>
                <TextField className="field-frame" value={name} onChange={(text) => setName(tidy(text))} autoFocus>
                  <Label className="field-label">{words.createName}</Label>
                  <Input className="text-input" />
                </TextField>
                <Checkbox className="tick" isSelected={isPrivate} onChange={setPrivate}>
                  <span className="tick-box">✓</span> {words.createPrivate}
                </Checkbox>
                <div className="confirm-buttons">
                  <Button className="button button-default" onPress={close}>
                    {words.cancel}
                  </Button>
                  <Button type="submit" className="button button-primary">
                    {words.create}
                  </Button>
                </div>
              </Form>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
