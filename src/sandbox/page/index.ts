import type { ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Guest, Sandbox } from '../server/index.ts';
import { type Asset, assetOf, buildSite, type Site } from './build.ts';
import { createGuide, type GuideBook } from './guide.ts';
import { appOf, peopleOf } from './sights.ts';
import { createTime } from './time.ts';
import { createWeather } from './weather.ts';
import { openWindow, type Window } from './window.ts';
import type { Who } from './wire.ts';

export type PageOptions = {
  sandbox: Sandbox;
  /** Moves the clock of the workspace and the deadlines of the product. */
  advance: (ms: number) => Promise<void>;
  /** The stories the guide can tell, given a way to let time pass. */
  book?: (pass: (ms: number) => Promise<void>) => GuideBook;
  site?: Promise<Site>;
};

/** `pass` lets time pass as the page's own button does: every window is told. */
export type Page = { url: string; pass: (ms: number) => Promise<void> };

/** Opens the workspace page on the sandbox's own port. */
export async function openPage({ sandbox, advance, book, site: building }: PageOptions): Promise<Page> {
  const site = await (building ?? buildSite());
  const windows = new Set<Window>();
  const weather = createWeather(sandbox, () => windows.forEach((one) => one.weatherChanged()));
  const time = createTime(advance, () => windows.forEach((one) => one.clockChanged()));
  const guide = createGuide(sandbox, book?.(time.pass), () => windows.forEach((one) => one.guideChanged()));
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });

  const guest: Guest = {
    request(request, response) {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const [, area = '', id = ''] = url.pathname.split('/');
      const asset = url.pathname === '/who.json' ? whoAsset(sandbox) : site.get(url.pathname);
      if (!asset && area !== 'download') return false;
      if (!asset) return download(sandbox, response, id, url.searchParams.get('as') ?? '');
      const zipped = request.headers['accept-encoding']?.includes('gzip') === true;
      response.writeHead(200, {
        'content-type': asset.type,
        'cache-control': 'no-cache',
        ...(zipped ? { 'content-encoding': 'gzip' } : {}),
        ...SECURITY,
      });
      response.end(zipped ? asset.gzipped : asset.body);
      return true;
    },
    upgrade(request, raw, head) {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (url.pathname !== '/live') return false;
      const person = personNamed(sandbox, url.searchParams.get('as') ?? '');
      if (!person) {
        raw.destroy();
        return true;
      }
      sockets.handleUpgrade(request, raw, head, (socket) => {
        const window = openWindow({ sandbox, weather, guide, time }, socket, person);
        windows.add(window);
        socket.on('close', () => windows.delete(window));
      });
      return true;
    },
    stop() {
      weather.stop();
      guide.stop();
      for (const window of windows) window.close();
      sockets.close();
    },
  };
  sandbox.host(guest);
  return { url: `http://localhost:${sandbox.port}/`, pass: time.pass };
}

/** Nothing but this server is ever asked for anything. */
const SECURITY = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' ws:; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

function whoAsset(sandbox: Sandbox): Asset {
  const app = appOf(sandbox);
  const people = peopleOf(sandbox).filter((person) => !person.is_bot && !person.deleted);
  const who: Who = { team: sandbox.team.name, app: { name: app.name, color: app.color }, people };
  return assetOf('application/json', Buffer.from(JSON.stringify(who)));
}

function download(sandbox: Sandbox, response: ServerResponse, id: string, as: string): true {
  const file = sandbox.file(id);
  try {
    const content = personNamed(sandbox, as)?.downloadFile(id);
    if (!file || !content) throw new Error('There is no such file.');
    response.writeHead(200, {
      'content-type': file.mimetype,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      ...SECURITY,
    });
    response.end(content);
  } catch (error) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(error instanceof Error ? error.message : 'not found');
  }
  return true;
}

const personNamed = (sandbox: Sandbox, id: string) => {
  const known = sandbox.people().find((user) => user.id === id && user.team_id === sandbox.team.id && !user.deleted);
  return known && sandbox.person(known.id);
};
