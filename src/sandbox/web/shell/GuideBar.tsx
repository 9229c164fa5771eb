import { MortarBoardIcon, XIcon } from '@primer/octicons-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, ProgressBar } from 'react-aria-components';
import type { GuideSight, GuideStep } from '../../page/wire.ts';
import { attempt, becomePerson } from '../state/acts.ts';
import { useStore } from '../state/store.ts';
import { useHello, useWords } from '../state/use.ts';
import { Mrkdwn } from '../text/Text.tsx';
import { IconButton } from './IconButton.tsx';

/** One line above the workspace: the next step of a story, to be followed, played or ignored. */
export function GuideBar() {
  const words = useWords();
  const guide = useStore((s) => s.guide);
  if (guide.scenarios.length === 0) return null;
  if (!guide.current) return <Offer guide={guide} />;
  const { steps } = guide.current;
  const at = steps.findIndex((step) => !step.done);
  const step = steps[at];
  return (
    <section className="guide" aria-label={words.guide}>
      <MortarBoardIcon size={18} />
      {step ? (
        <>
          <span className="guide-count">{words.guideStep(at + 1, steps.length)}</span>
          <NextStep step={step} />
          <span className="guide-buttons">
            {guide.playing ? (
              <Button className="button button-guide" onPress={() => void attempt({ do: 'guide_pause' })}>
                <ProgressBar aria-label={words.guidePlaying} isIndeterminate className="spinner" />
                {words.guidePause}
              </Button>
            ) : (
              <>
                <Button
                  className="button button-guide"
                  onPress={() => void attempt({ do: 'guide_play', step: step.id })}
                >
                  {words.guidePlay}
                </Button>
                <Button className="button button-guide" onPress={() => void attempt({ do: 'guide_play_rest' })}>
                  {words.guideRest}
                </Button>
              </>
            )}
          </span>
        </>
      ) : (
        <span className="guide-text" role="status">
          {words.guideDone}
        </span>
      )}
      {guide.trouble && (
        <span className="guide-trouble" role="alert">
          {guide.trouble}
        </span>
      )}
      <IconButton label={words.guideStop} onPress={() => void attempt({ do: 'guide_choose', scenario: null })}>
        <XIcon size={16} />
      </IconButton>
    </section>
  );
}

function NextStep({ step }: { step: GuideStep }) {
  const words = useWords();
  const { me } = useHello();
  const person = useStore((s) => s.people[step.as]);
  const name = person?.real_name ?? step.as;
  return (
    <span className="guide-text" role="status">
      {step.as === 'time' ? (
        <strong>{words.time}</strong>
      ) : step.as === me ? (
        <strong>{words.guideYou}</strong>
      ) : (
        <Button className="button button-guide" onPress={() => becomePerson(step.as)}>
          {words.become(name)}
        </Button>
      )}
      <span className="guide-tell">
        <Mrkdwn text={step.tell} />
        <span className="guide-how">
          <Mrkdwn text={step.how} />
        </span>
      </span>
    </span>
  );
}

function Offer({ guide }: { guide: GuideSight }) {
  const words = useWords();
  const ordered = guide.scenarios.toSorted(
    (a, b) => Number(b.language === words.language) - Number(a.language === words.language),
  );
  return (
    <section className="guide" aria-label={words.guide}>
      <MortarBoardIcon size={18} />
      <span className="guide-text">{words.guideStart}</span>
      <MenuTrigger>
        <Button className="button button-guide">{words.guideChoose}</Button>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="menu"
            aria-label={words.guideChoose}
            onAction={(key) => void attempt({ do: 'guide_choose', scenario: String(key) })}
          >
            {ordered.map((one) => (
              <MenuItem key={one.id} id={one.id} className="menu-item">
                {one.title} ({one.language.toUpperCase()})
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </section>
  );
}
