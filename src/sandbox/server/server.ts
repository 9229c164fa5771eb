import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Answer, type Api, recorded } from './api.ts';
import type { SocketHub } from './delivery/socket.ts';
import { authorize } from './oauth.ts';
import { handleResponseUrl } from './response-url.ts';
import { serveFile, takeUpload } from './transfer.ts';
import type { Json } from './types.ts';
import type { World } from './world.ts';

/** What else may be served beside the API. It goes on answering when Slack is made to be down. */
export type Guest = {
  /** True when it takes the request. */
  request(request: IncomingMessage, response: ServerResponse): boolean;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  stop(): void;
};

export type WebServer = { port: number; host: (guest: Guest) => void; stop(): Promise<void> };

/** Binds the loopback address only: anybody who reaches the sandbox is whoever they say they are. */
export async function startServer(world: World, api: Api, hub: () => SocketHub, port: number): Promise<WebServer> {
  const sockets = new Set<Socket>();
  let guest: Guest | undefined;
  const server = createServer((request, response) => {
    if (!isLocal(request))
      return void response
        .writeHead(403, { 'content-type': 'text/plain' })
        .end('The sandbox answers this machine only.');
    if (!guest?.request(request, response)) void handle(world, api, request, response);
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    if (world.settings.down === 'refuse') return void socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    if (!isLocal(request)) return void socket.destroy();
    if (!guest?.upgrade(request, socket, head)) hub().upgrade(request, socket, head);
  });
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    host: (one) => {
      guest = one;
    },
    stop: () =>
      new Promise((resolve) => {
        guest?.stop();
        server.close(() => resolve());
        // One turn of the loop lets farewells leave before the lines are cut.
        setImmediate(() => {
          for (const socket of sockets) socket.destroy();
        });
      }),
  };
}

/** A page of another site must not act here in somebody's name, even from this machine's own browser. */
function isLocal(request: IncomingMessage): boolean {
  const local = (host: string) => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
  const { host = '', origin } = request.headers;
  // Another page of this machine is another site as well.
  return local(host) && (origin === undefined || origin === `http://${host}`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

async function handle(world: World, api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await readAll(request);
    if (world.settings.down === 'refuse') return void request.socket.destroy();
    if (world.settings.down) return send(response, { status: 503, headers: {}, body: 'down' });
    const answer = await route(world, api, request, body);
    if (answer.reset) return void request.socket.destroy();
    send(response, answer);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    send(response, { status: 500, headers: {}, body: message });
  }
}

async function route(world: World, api: Api, request: IncomingMessage, body: Buffer): Promise<RawAnswer> {
  const url = new URL(request.url ?? '/', world.baseUrl());
  const [, area = '', ...rest] = url.pathname.split('/');
  if (area === 'api') return callApi(api, rest.join('/'), url, request, body);
  if (area === 'response' && request.method === 'POST') return handleResponseUrl(world, rest[0] ?? '', body.toString());
  const file = (id = '') => ({ args: { file: id }, token: bearer(request) });
  if (area === 'upload')
    return recorded(world, { method: 'file upload', ...file(rest[1]) }, () =>
      takeUpload(world, rest[1] ?? '', request.headers['content-type'] ?? '', body),
    );
  if (area === 'files-pri')
    return recorded(world, { method: 'file download', ...file(rest[0]) }, async () =>
      serveFile(world, rest[0] ?? '', bearer(request)),
    );
  if (url.pathname === '/oauth/v2/authorize') return authorize(world, url.searchParams);
  return { status: 404, headers: {}, body: 'not found' };
}

export type RawAnswer = Omit<Answer, 'body'> & { body: Json | string | Buffer };

function send(response: ServerResponse, answer: RawAnswer): void {
  if (response.destroyed || response.headersSent) return;
  const isText = typeof answer.body === 'string' || Buffer.isBuffer(answer.body);
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(answer.status, { 'content-type': type, ...answer.headers });
  response.end(isText ? (answer.body as string | Buffer) : JSON.stringify(answer.body));
}

async function callApi(api: Api, method: string, url: URL, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const parsed = await parseBody(request.headers['content-type'] ?? '', body);
  if (typeof parsed === 'string') return { status: 200, headers: {}, body: { ok: false, error: parsed } };
  const args: Json = { ...Object.fromEntries(url.searchParams), ...parsed };
  const token = bearer(request) || (typeof args.token === 'string' ? args.token : '') || basicSecret(request, args);
  delete args.token;
  return api({ method, args, token });
}

function bearer(request: IncomingMessage): string {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/** oauth.v2.access may carry the client's id and secret as basic authentication. */
function basicSecret(request: IncomingMessage, args: Json): string {
  const [, encoded] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (!encoded) return '';
  const [id, secret] = Buffer.from(encoded, 'base64').toString().split(':');
  args.client_id = id;
  args.client_secret = secret;
  return '';
}

async function parseBody(type: string, body: Buffer): Promise<Json | string> {
  if (body.length === 0) return {};
  if (type.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(body.toString()));
  if (type.startsWith('application/json')) return parseJson(body.toString());
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries(form.entries());
  }
  return 'invalid_post_type';
}

function parseJson(text: string): Json | string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : 'json_not_object';
  } catch {
    return 'invalid_json';
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
