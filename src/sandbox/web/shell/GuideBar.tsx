import { CopyIcon, MortarBoardIcon, XIcon } from '@primer/octicons-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, ProgressBar } from 'react-aria-components';
import type { Deed, GuideAct, GuideSight, GuideValue } from '../../page/wire.ts';
import { announce, attempt, becomePerson, goWhere } from '../state/acts.ts';
import { state, useStore } from '../state/store.ts';
import { useHello, useWords } from '../state/use.ts';
import { Mrkdwn } from '../text/Text.tsx';
import { IconButton } from './IconButton.tsx';

/** Above the workspace and above its forms: the next step of a story, to be followed, played or ignored. */
export function GuideBar() {
  const words = useWords();
  const guide = useStore((s) => s.guide);
  const frame = useRef<HTMLElement>(null);
  const offered = guide.scenarios.length > 0;
  useRoomForForms(frame, offered);
  useWayToFocus(frame);
  if (!offered) return null;
  return (
    // Forms leave what is marked so usable beside them.
    <section ref={frame} className="guide" aria-label={words.guide} aria-keyshortcuts="F6" data-react-aria-top-layer>
      <MortarBoardIcon size={18} />
      {guide.current ? <Story guide={guide} story={guide.current} /> : <Offer guide={guide} />}
    </section>
  );
}

/** Forms begin below the guide, however many lines it has. */
function useRoomForForms(frame: React.RefObject<HTMLElement | null>, offered: boolean): void {
  useLayoutEffect(() => {
    const bar = frame.current;
    if (!bar) return;
    const root = document.documentElement.style;
    const sized = new ResizeObserver(() =>
      root.setProperty('--guide-end', `${Math.ceil(bar.getBoundingClientRect().bottom)}px`),
    );
    sized.observe(bar);
    return () => {
      sized.disconnect();
      root.removeProperty('--guide-end');
    };
  }, [frame, offered]);
}

/** A form keeps Tab to itself: F6 goes to the guide, F6 or Escape back. */
function useWayToFocus(frame: React.RefObject<HTMLElement | null>): void {
  const back = useRef<Element | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const bar = frame.current;
      const isIn = bar?.contains(document.activeElement) === true;
      if (!bar || !(event.key === 'F6' || (event.key === 'Escape' && isIn))) return;
      event.preventDefault();
      if (!isIn) back.current = document.activeElement;
      const to = isIn
        ? (back.current ?? document.querySelector('.modal-form input, .composer textarea'))
        : bar.querySelector('button');
      if (to instanceof HTMLElement) to.focus();
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [frame]);
}

type Told = NonNullable<GuideSight['current']>;

function Story({ guide, story }: { guide: GuideSight; story: Told }) {
  const words = useWords();
  const { steps, at, acts, next } = story;
  const step = steps[at];
  return (
    <>
      {step && next ? (
        <>
          <span className="guide-count">
            {words.guideStep(at + 1, steps.length)}
            {acts.of > 1 && <span className="guide-acts">{words.guideActs(acts.done, acts.of)}</span>}
          </span>
          <span className="guide-text">
            <span className="guide-tell" role="status">
              <Mrkdwn text={step.tell} />
            </span>
            <NextAct next={next} />
          </span>
          <span className="guide-buttons">
            <Plays playing={guide.playing} step={step.id} />
          </span>
        </>
      ) : (
        <span className="guide-text" role="status">
          {words.guideDone}
        </span>
      )}
      <IconButton label={words.guideStop} onPress={() => void attempt({ do: 'guide_choose', scenario: null })}>
        <XIcon size={16} />
      </IconButton>
      {guide.trouble && (
        <span className="guide-trouble">
          <span role="alert">{guide.trouble}</span>
          {next && (
            <Button className="button button-guide" onPress={() => void attempt({ do: 'guide_skip', act: next.id })}>
              {words.guideSkip}
            </Button>
          )}
        </span>
      )}
    </>
  );
}

function Plays({ playing, step }: { playing: boolean; step: string }) {
  const words = useWords();
  if (playing)
    return (
      <Button className="button button-guide" onPress={() => void attempt({ do: 'guide_pause' })}>
        <ProgressBar aria-label={words.guidePlaying} isIndeterminate className="spinner" />
        {words.guidePause}
      </Button>
    );
  return (
    <>
      <Button className="button button-guide" onPress={() => void playAndFollow({ do: 'guide_play', step })}>
        {words.guidePlay}
      </Button>
      <Button className="button button-guide" onPress={() => void playAndFollow({ do: 'guide_play_rest' })}>
        {words.guideRest}
      </Button>
    </>
  );
}

/** Who had a step played is shown where the story goes on, if they may be there; a form that has had its time is left. */
async function playAndFollow(deed: Deed): Promise<void> {
  await attempt(deed);
  const place = state().guide.current?.next?.place;
  if (place && (place === 'home' || state().channels[place])) goWhere(place);
}

/** Who does what now, and with which words. */
function NextAct({ next }: { next: GuideAct }) {
  const words = useWords();
  const { me } = useHello();
  const person = useStore((s) => s.people[next.as]);
  const isThere = useStore(
    (s) => s.modals.length > 0 || next.place === null || next.place === (s.place === 'home' ? 'home' : s.place.channel),
  );
  const { place } = next;
  return (
    <span className="guide-next">
      {next.as === 'time' ? (
        <strong>{words.time}</strong>
      ) : next.as === me ? (
        <strong>{words.guideYou}</strong>
      ) : (
        <Button className="button button-guide" onPress={() => becomePerson(next.as, { place })}>
          {words.become(person?.real_name ?? next.as)}
        </Button>
      )}
      <span className="guide-how">
        <Mrkdwn text={next.how} />
      </span>
      {next.as === me && place && !isThere && (
        <Button className="button button-guide" onPress={() => goWhere(place)}>
          {words.guideThere}
        </Button>
      )}
      {next.values.length > 0 && <Values values={next.values} />}
    </span>
  );
}

/** What goes into the form, each to be copied with one press. */
function Values({ values }: { values: readonly GuideValue[] }) {
  const words = useWords();
  return (
    // What scrolls is reached with the keyboard through the buttons in it.
    <span className="guide-values">
      {values.map(({ label, value }) => (
        <Button
          key={label}
          className="guide-value"
          onPress={() => {
            void navigator.clipboard.writeText(value);
            announce(words.guideCopied(label));
          }}
        >
          <span>{label}</span> <strong>{value}</strong> <CopyIcon size={12} aria-label={words.guideCopy} />
        </Button>
      ))}
    </span>
  );
}

function Offer({ guide }: { guide: GuideSight }) {
  const words = useWords();
  const ordered = guide.scenarios.toSorted(
    (a, b) => Number(b.language === words.language) - Number(a.language === words.language),
  );
  return (
    <>
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
    </>
  );
}
