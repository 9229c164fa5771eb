import { channelNamed } from './state.ts';
import type { World } from './world.ts';

/** `@handle`, `#channel` and people's ids as the app receives them when it asked for escaped text: of channels, those that `by` can see. */
export function escaped(world: World, text: string, by: string, withNames = true): string {
  const tag = (mark: string, id: string, name: string): string => `<${mark}${id}${withNames ? `|${name}` : ''}>`;
  return withoutControls(text)
    .replaceAll(/<@([A-Z0-9]+)(\|[^>]*)?>/g, (whole, id: string) => {
      const user = world.state.users[id];
      return user ? tag('@', id, user.name) : whole;
    })
    .replaceAll(/(?<![<\w])@([a-z0-9._-]*[a-z0-9])/g, (whole, handle: string) => {
      const user = Object.values(world.state.users).find((u) => u.name === handle);
      if (user) return tag('@', user.id, user.name);
      const group = Object.values(world.state.groups).find((g) => g.handle === handle);
      return group ? `<!subteam^${group.id}|@${group.handle}>` : whole;
    })
    .replaceAll(/<#([A-Z0-9]+)(\|[^>]*)?>/g, (whole, id: string) => {
      const channel = world.state.channels[id];
      return channel ? tag('#', id, channel.is_private ? '' : channel.name) : whole;
    })
    .replaceAll(/(?<![<\w&])#([a-z0-9_-]+)/g, (whole, name: string) => {
      const channel = channelNamed(world.state, name);
      const isSeen = channel && (!channel.is_private || channel.members.includes(by));
      return isSeen ? tag('#', channel.id, channel.is_private ? '' : channel.name) : whole;
    });
}

/** People cannot type control sequences: what looks like one arrives as plain characters, mentions picked from the list apart. */
function withoutControls(text: string): string {
  return text
    .split(/(<[@#][A-Z0-9]+(?:\|[^>]*)?>|https?:\/\/[^\s<>]+)/)
    .map((part, i) => (i % 2 === 1 ? typedToken(part) : escapeThree(part)))
    .join('');
}

function typedToken(token: string): string {
  return token.startsWith('http') ? `<${escapeThree(token)}>` : token;
}

function escapeThree(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function raw(world: World, text: string): string {
  return text
    .replaceAll(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (whole, id: string) => `@${world.state.users[id]?.name ?? whole}`)
    .replaceAll(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, (whole, id: string) => `#${world.state.channels[id]?.name ?? whole}`);
}
