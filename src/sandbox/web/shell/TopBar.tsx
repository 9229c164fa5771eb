import { ClockIcon, MoonIcon, PulseIcon, SunIcon, ThreeBarsIcon } from '@primer/octicons-react';
import { useState } from 'react';
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  ProgressBar,
  Text,
} from 'react-aria-components';
import { attempt, becomePerson } from '../state/acts.ts';
import { set, useStore } from '../state/store.ts';
import { setTheme, theme } from '../state/theme.ts';
import { useMe, useNow, useWords } from '../state/use.ts';
import { clockTime } from '../text/time.ts';
import { Avatar } from './Avatar.tsx';
import { IconButton } from './IconButton.tsx';
import { Switcher } from './Switcher.tsx';

export function TopBar({ onMenu }: { onMenu: () => void }) {
  const words = useWords();
  const inspecting = useStore((s) => s.inspecting);
  const weather = useStore((s) => s.weather);
  return (
    <header className="top-bar">
      <IconButton className="only-narrow" label={words.openSidebar} onPress={onMenu}>
        <ThreeBarsIcon size={18} />
      </IconButton>
      <TimeMenu />
      <Switcher />
      <div className="top-end">
        <IconButton
          className={inspecting ? 'pressed' : ''}
          label={words.inspector}
          aria-expanded={inspecting}
          onPress={() => set({ inspecting: !inspecting })}
        >
          <PulseIcon size={18} />
          {(weather.down || weather.faults.length > 0) && <span className="stormy" />}
        </IconButton>
        <ThemeButton />
        <PersonMenu />
      </div>
    </header>
  );
}

function ThemeButton() {
  const words = useWords();
  const [now, setNow] = useState(theme());
  const other = now === 'dark' ? 'light' : 'dark';
  return (
    <IconButton
      label={other === 'dark' ? words.toDark : words.toLight}
      onPress={() => {
        setTheme(other);
        setNow(other);
      }}
    >
      {now === 'dark' ? <SunIcon size={18} /> : <MoonIcon size={18} />}
    </IconButton>
  );
}

/** The time of the workspace for this person, and the way to let it pass. */
function TimeMenu() {
  const words = useWords();
  const { locale, tz } = useMe();
  const now = useNow(5000);
  const passing = useStore((s) => s.timePassing);
  return (
    <MenuTrigger>
      <Button className="top-time" aria-label={`${words.timeTitle}: ${clockTime({ locale, tz, now }, now)}`}>
        {passing ? (
          <ProgressBar aria-label={words.passing} isIndeterminate className="spinner" />
        ) : (
          <ClockIcon size={14} />
        )}
        {clockTime({ locale, tz, now }, now)}
      </Button>
      <Popover className="popover" placement="bottom start">
        <Menu className="menu" aria-label={words.timeTitle}>
          <MenuSection>
            <Header className="menu-header">
              {words.timeTitle}
              <span className="menu-note">{words.timeHint}</span>
            </Header>
            {[5, 15, 60].map((minutes) => (
              <MenuItem key={minutes} className="menu-item" onAction={() => void attempt({ do: 'pass_time', minutes })}>
                + {words.minutes(minutes)}
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** Who this window is; another person can have it, or a window of their own. */
function PersonMenu() {
  const words = useWords();
  const me = useMe();
  const now = useNow();
  const people = useStore((s) => s.people);
  const others = Object.values(people).filter((one) => !one.is_bot && !one.deleted && one.id !== me.id);
  return (
    <MenuTrigger>
      <Button className="top-person">
        <Avatar person={me} size={26} />
        <span className="wide-name">{me.real_name}</span>
        <span className="only-spoken">{words.switchPerson}</span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu menu-people" aria-label={words.switchPerson}>
          <MenuSection>
            <Header className="menu-header">{words.switchPerson}</Header>
            {others.map((one) => (
              <MenuItem
                key={one.id}
                className="menu-item"
                textValue={one.real_name}
                onAction={() => becomePerson(one.id)}
              >
                <Avatar person={one} size={28} />
                <span className="option-words">
                  <Text slot="label">{one.real_name}</Text>
                  <Text slot="description">
                    {one.title} · {clockTime({ locale: me.locale, tz: one.tz, now }, now)}
                  </Text>
                </span>
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection>
            <Header className="menu-header">{words.otherWindow}</Header>
            {others.map((one) => (
              <MenuItem
                key={one.id}
                id={`window-${one.id}`}
                className="menu-item"
                onAction={() => becomePerson(one.id, { elsewhere: true })}
              >
                {words.becomeElsewhere(one.real_name)}
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
