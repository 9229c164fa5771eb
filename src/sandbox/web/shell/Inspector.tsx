import { XIcon } from '@primer/octicons-react';
import { useEffect, useState } from 'react';
import {
  Button,
  Disclosure,
  DisclosurePanel,
  Heading,
  Input,
  SearchField,
  Tab,
  TabList,
  TabPanel,
  Tabs,
} from 'react-aria-components';
import { type CallSight, type DeliverySight, type FaultName, faultNames } from '../../page/wire.ts';
import { attempt } from '../state/acts.ts';
import { send } from '../state/live.ts';
import { set, useStore } from '../state/store.ts';
import { useWords } from '../state/use.ts';
import { IconButton } from './IconButton.tsx';

/** What the bot asks of Slack and gets from it, and the switches that make things go wrong. */
export function Inspector() {
  const words = useWords();
  const connected = useStore((s) => s.connected);
  useEffect(() => {
    if (!connected) return;
    void send({ do: 'inspect', on: true });
    return () => {
      void send({ do: 'inspect', on: false });
      set({ calls: [], deliveries: [] });
    };
  }, [connected]);
  return (
    <aside className="side-panel inspector" aria-label={words.inspector}>
      <header className="panel-header">
        <h2>{words.inspector}</h2>
        <span className="quiet">{words.inspectorHint}</span>
        <IconButton label={words.close} onPress={() => set({ inspecting: false })}>
          <XIcon size={16} />
        </IconButton>
      </header>
      <Tabs className="inspector-tabs">
        <TabList className="tabs" aria-label={words.inspector}>
          <Tab id="faults" className="tab">
            {words.faults}
          </Tab>
          <Tab id="calls" className="tab">
            {words.calls}
          </Tab>
          <Tab id="deliveries" className="tab">
            {words.deliveries}
          </Tab>
        </TabList>
        <TabPanel id="faults" className="tab-panel">
          <Faults />
        </TabPanel>
        <TabPanel id="calls" className="tab-panel">
          <Calls />
        </TabPanel>
        <TabPanel id="deliveries" className="tab-panel">
          <Deliveries />
        </TabPanel>
      </Tabs>
    </aside>
  );
}

function Faults() {
  const words = useWords();
  const weather = useStore((s) => s.weather);
  const shown = faultNames.filter((name) => name !== (weather.down ? 'slack_down' : 'slack_up'));
  const press = (fault: FaultName) => void attempt({ do: 'fault', fault });
  return (
    <div className="faults">
      <p className="quiet" role="status">
        {weather.down ? words.slackDown : words.connections(weather.sockets)}
      </p>
      {shown.map((name) => (
        <Button key={name} className="fault" onPress={() => press(name)}>
          {words.faultNames[name]}
          {weather.faults.includes(name) && <span className="lit">{words.pending}</span>}
        </Button>
      ))}
      <fieldset className="latency">
        <legend>{words.latency}</legend>
        {[0, 150, 800, 2000].map((ms) => (
          <Button
            key={ms}
            className={`button ${weather.latency === ms ? 'button-primary' : 'button-default'}`}
            aria-pressed={weather.latency === ms}
            onPress={() => void attempt({ do: 'latency', ms })}
          >
            {ms} ms
          </Button>
        ))}
      </fieldset>
    </div>
  );
}

function Calls() {
  const words = useWords();
  const calls = useStore((s) => s.calls);
  const [filter, setFilter] = useState('');
  const found = calls.filter((call) => JSON.stringify(call).toLowerCase().includes(filter.toLowerCase())).toReversed();
  return (
    <>
      <Filter value={filter} onChange={setFilter} />
      {found.length === 0 && <p className="quiet">{words.nothingYet}</p>}
      {found.slice(0, SHOWN).map((call) => (
        <Entry
          key={call.id}
          title={call.method}
          state={call.ok === null ? 'running' : call.ok ? 'good' : 'bad'}
          note={callNote(call, words.running)}
          details={{ args: call.args, response: call.response, error: call.error, fault: call.fault }}
        />
      ))}
    </>
  );
}

const SHOWN = 100;

function callNote(call: CallSight, running: string): string {
  if (call.finishedAt === null) return running;
  const ms = `${Math.round(call.finishedAt - call.startedAt)} ms`;
  return [call.error, call.fault && `⚡ ${call.fault}`, ms].filter(Boolean).join(' · ');
}

function Deliveries() {
  const words = useWords();
  const deliveries = useStore((s) => s.deliveries);
  const people = useStore((s) => s.people);
  const [filter, setFilter] = useState('');
  const who = (one: DeliverySight) => people[one.user]?.real_name ?? '';
  const note = (one: DeliverySight) => {
    if (one.ok === null) return words.running;
    return one.ok ? words.acknowledgedIn(Math.round(one.ackedInMs ?? 0)) : `${words.notAcknowledged}: ${one.failure}`;
  };
  const found = deliveries.filter((one) => JSON.stringify(one).toLowerCase().includes(filter.toLowerCase()));
  return (
    <>
      <Filter value={filter} onChange={setFilter} />
      {found.length === 0 && <p className="quiet">{words.nothingYet}</p>}
      {found
        .toReversed()
        .slice(0, SHOWN)
        .map((one) => (
          <Entry
            key={one.id}
            title={`${one.name} ${who(one)}`}
            state={one.ok === null ? 'running' : one.ok ? 'good' : 'bad'}
            note={note(one)}
            details={one.payload}
          />
        ))}
    </>
  );
}

function Filter({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const words = useWords();
  return (
    <SearchField aria-label={words.filter} value={value} onChange={onChange}>
      <Input className="text-input" placeholder={words.filter} />
    </SearchField>
  );
}

type EntryProps = { title: string; state: 'good' | 'bad' | 'running'; note: string; details: unknown };

function Entry({ title, state, note, details }: EntryProps) {
  return (
    <Disclosure className={`entry entry-${state}`}>
      {({ isExpanded }) => (
        <>
          <Heading className="entry-heading">
            <Button slot="trigger" className="entry-line">
              <span className="entry-title">{title}</span>
              <span className="entry-note">{note}</span>
            </Button>
          </Heading>
          <DisclosurePanel>
            {isExpanded && <pre className="json">{JSON.stringify(details, null, 2)}</pre>}
          </DisclosurePanel>
        </>
      )}
    </Disclosure>
  );
}
