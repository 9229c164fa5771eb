import { HashIcon, LockIcon } from '@primer/octicons-react';
import type { ChannelSight } from '../../page/wire.ts';
import { heldChoices } from '../blocks/values.ts';
import { useChannelName } from '../shell/names.ts';
import { useStore } from '../state/store.ts';
import { useWords } from '../state/use.ts';
import { plain, type TextObject } from '../text/Text.tsx';
import type { FieldProps } from './Field.tsx';
import { Picker } from './Picker.tsx';

type Filter = { include?: string[]; exclude_bot_users?: boolean };

export function ChannelField(props: FieldProps) {
  const { element, held, onChange } = props;
  const words = useWords();
  const nameOf = useChannelName();
  const channels = useStore((s) => s.channels);
  const many = element.type.startsWith('multi_');
  const offered = Object.values(channels).filter((channel) => !channel.is_archived && isOffered(channel, element));
  const choices = offered.map((channel) => ({
    id: channel.id,
    label: nameOf(channel),
    sign: channel.is_private ? <LockIcon size={14} /> : <HashIcon size={14} />,
  }));
  return (
    <Picker
      {...props}
      groups={[{ label: '', choices }]}
      chosen={heldChoices(held)}
      many={many}
      {...(element['max_selected_items'] ? { max: Number(element['max_selected_items']) } : {})}
      optional={props.optional === true}
      placeholder={plain(element['placeholder'] as TextObject | undefined) || words.chooseChannel}
      autoFocus={element['focus_on_load'] === true}
      onChange={(chosen) => onChange(many ? chosen : (chosen[0] ?? null))}
    />
  );
}

/** A channels select offers public channels only; a conversations select what its filter lets through. */
function isOffered(channel: ChannelSight, element: FieldProps['element']): boolean {
  if (element.type.endsWith('channels_select')) return channel.kind === 'channel' && !channel.is_private;
  const { include } = (element['filter'] as Filter | undefined) ?? {};
  const family = channel.kind !== 'channel' ? channel.kind : channel.is_private ? 'private' : 'public';
  return include === undefined || include.includes(family);
}
