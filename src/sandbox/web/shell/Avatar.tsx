import { ShieldCheckIcon } from '@primer/octicons-react';
import type { PersonSight } from '../../page/wire.ts';
import { useHello } from '../state/use.ts';

/** Dark enough for white letters at every size. */
const COLORS = ['#8a4b08', '#1d5e4a', '#1c5a8a', '#7a2f6b', '#94362b', '#4b4a8f', '#54603b', '#8c3a5e'];

export function Avatar({ person, size }: { person: PersonSight | undefined; size: number }) {
  const { app } = useHello();
  const style = { width: size, height: size, fontSize: Math.round(size * 0.4) };
  if (person?.is_bot)
    return (
      <span className="avatar" aria-hidden="true" style={{ ...style, background: app.color }}>
        <ShieldCheckIcon size={Math.round(size * 0.6)} />
      </span>
    );
  return (
    // The initials are drawn, not written: the name always stands beside them.
    <span
      className="avatar"
      aria-hidden="true"
      data-initials={initials(person?.real_name ?? '?')}
      style={{ ...style, background: colorOf(person?.id ?? '') }}
    />
  );
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase();

function colorOf(id: string): string {
  const sum = Array.from(id, (letter) => letter.charCodeAt(0)).reduce((total, code) => total * 7 + code, 0);
  return COLORS[sum % COLORS.length] ?? '#444';
}
