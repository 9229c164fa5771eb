import { AlertIcon, XIcon } from '@primer/octicons-react';
import { set, useStore } from '../state/store.ts';
import { useWords } from '../state/use.ts';
import { IconButton } from './IconButton.tsx';

/** What Slack itself has to say when something did not work. */
export function Notices() {
  const words = useWords();
  const failures = useStore((s) => s.failures);
  return (
    <div className="notices" role="alert">
      {failures.map((failure) => (
        <p key={failure.id} className="notice">
          <AlertIcon size={16} />
          <span>{words.local(failure.text)}</span>
          <IconButton
            label={words.dismiss}
            onPress={() => set((s) => ({ failures: s.failures.filter((one) => one.id !== failure.id) }))}
          >
            <XIcon size={14} />
          </IconButton>
        </p>
      ))}
    </div>
  );
}
