import {
  type CalendarDate,
  type DateValue,
  fromAbsolute,
  parseDate,
  parseTime,
  type Time,
  type ZonedDateTime,
} from '@internationalized/date';
import { CalendarIcon, ChevronLeftIcon, ChevronRightIcon } from '@primer/octicons-react';
import { useState } from 'react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
  TimeField,
} from 'react-aria-components';
import { heldMoment, heldText } from '../blocks/values.ts';
import { useMe } from '../state/use.ts';
import type { FieldProps } from './Field.tsx';
import { FieldLabel, FieldNotes, naming } from './Frame.tsx';

export function DateField(props: FieldProps) {
  const [date, setDate] = useState<CalendarDate | null>(() => read(heldText(props.held), parseDate));
  return (
    <DateFrame
      {...props}
      value={date}
      onPicked={(value) => {
        setDate(value as CalendarDate | null);
        props.onChange(value?.toString() ?? null);
      }}
    />
  );
}

/** A moment is picked in the person's own time zone and kept as Unix seconds. */
export function MomentField(props: FieldProps) {
  const { tz } = useMe();
  const [moment, setMoment] = useState<ZonedDateTime | null>(() => {
    const unix = heldMoment(props.held);
    return unix === null ? null : fromAbsolute(unix * 1000, tz);
  });
  return (
    <DateFrame
      {...props}
      value={moment}
      onPicked={(value) => {
        const picked = value as ZonedDateTime | null;
        setMoment(picked);
        props.onChange(picked ? Math.floor(picked.toDate().getTime() / 1000) : null);
      }}
      placeholder={fromAbsolute(Math.ceil(Date.now() / 3_600_000) * 3_600_000, tz)}
    />
  );
}

type DateFrameProps = FieldProps & {
  value: DateValue | null;
  placeholder?: DateValue;
  onPicked: (value: DateValue | null) => void;
};

function DateFrame({ value, placeholder, onPicked, ...props }: DateFrameProps) {
  return (
    <DatePicker<DateValue>
      className="field-frame"
      {...naming(props)}
      value={value}
      isInvalid={Boolean(props.error)}
      hideTimeZone
      shouldForceLeadingZeros
      {...(placeholder ? { placeholderValue: placeholder, granularity: 'minute' as const } : {})}
      onChange={onPicked}
    >
      <FieldLabel {...props} />
      <Group className="date-group">
        <DateInput className="date-input">
          {(segment) => <DateSegment segment={segment} className="date-segment" />}
        </DateInput>
        <Button className="date-open">
          <CalendarIcon size={16} />
        </Button>
      </Group>
      <FieldNotes hint={props.hint ?? null} error={props.error ?? null} />
      <Popover className="popover">
        <Dialog className="calendar-dialog">
          <Calendar className="calendar">
            <header>
              <Button slot="previous" className="icon-button">
                <ChevronLeftIcon size={16} />
              </Button>
              <Heading />
              <Button slot="next" className="icon-button">
                <ChevronRightIcon size={16} />
              </Button>
            </header>
            <CalendarGrid>{(date) => <CalendarCell date={date} className="calendar-cell" />}</CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

export function TimeOfDayField(props: FieldProps) {
  const [time, setTime] = useState<Time | null>(() => read(heldText(props.held), parseTime));
  return (
    <TimeField
      className="field-frame"
      {...naming(props)}
      value={time}
      isInvalid={Boolean(props.error)}
      onChange={(value) => {
        setTime(value);
        props.onChange(value ? value.toString().slice(0, 5) : null);
      }}
    >
      <FieldLabel {...props} />
      <DateInput className="date-input date-alone">
        {(segment) => <DateSegment segment={segment} className="date-segment" />}
      </DateInput>
      <FieldNotes hint={props.hint ?? null} error={props.error ?? null} />
    </TimeField>
  );
}

const read = <T,>(text: string, parse: (text: string) => T): T | null => (text === '' ? null : parse(text));
