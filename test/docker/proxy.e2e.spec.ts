import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/free-port.js';

const DOCKER = join(import.meta.dirname, '..', '..', 'docker');
/** Debian has it where only root looks for programs. */
const NGINX = ['nginx', '/usr/sbin/nginx'].find((program) => spawnSync(program, ['-v']).error === undefined);

const START_MS = 25_000;
const isThere = NGINX !== undefined;
if (!isThere && process.env['CI'] === 'true') throw new Error('nginx is not installed, and CI must test the proxy');
const withNginx = isThere ? describe : describe.skip;

withNginx(`The proxy${isThere ? '' : ' (nginx is not installed: not tested here)'}`, () => {
  let folder: string;
  let nginx: ChildProcess;
  let nodes: Node[];
  let address: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'para71-proxy-'));
    mkdirSync(join(folder, 'tmp'));
    nodes = [await Node.start(), await Node.start()];
    const port = await freePort();
    const conf = readFileSync(join(DOCKER, 'nginx.conf'), 'utf8');
    const here = conf
      .replace('listen 8080;', `listen 127.0.0.1:${port};`)
      .replaceAll(/ \/tmp\//g, ` ${join(folder, 'tmp')}/`);
    expect(here).not.toContain('8080;');
    writeFileSync(join(folder, 'nginx.conf'), here);
    // By turns, not by who asks, so that a test meets both nodes. One that failed is asked again at once.
    const servers = nodes.map((node) => `server 127.0.0.1:${node.port} max_fails=0;`);
    writeFileSync(join(folder, 'upstream.conf'), `upstream nodes { ${servers.join(' ')} keepalive 4; }`);
    let said = '';
    nginx = spawn(
      NGINX ?? '',
      ['-c', join(folder, 'nginx.conf'), '-e', 'stderr', '-g', 'daemon off; master_process off;'],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    nginx.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    address = `http://127.0.0.1:${port}`;
    for (const end = Date.now() + START_MS; !(await isWell(`${address}/proxy-health`)); await delay(25)) {
      if (nginx.exitCode !== null || Date.now() > end) throw new Error(`nginx does not start: ${said}`);
    }
  });
  afterAll(async () => {
    const ended = once(nginx, 'exit');
    nginx.kill();
    await ended;
    for (const node of nodes) await node.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    for (const node of nodes) node.reset();
  });

  const asked = () => nodes.flatMap((node) => node.asked);

  it('shares requests out to both nodes', async () => {
    for (let n = 0; n < 4; n++) expect((await fetch(`${address}/api/organizations`)).status).toBe(200);
    expect(nodes.map((node) => node.asked.length)).toEqual([2, 2]);
  });

  it.each(['/metrics', '/metrics/', '//metrics', '/%6Detrics', '/METRICS', '/api/../metrics', '/metrics?name=all'])(
    'keeps %s from who asks from outside',
    async (path) => {
      expect(await statusOf(address, path)).toBe(404);
      expect(asked()).toEqual([]);
    },
  );

  it.each(['broken', 'away', 'unready'] as const)('reads from the other node where one is %s', async (state) => {
    nodes[0]!.state = state;
    for (let n = 0; n < 6; n++) expect((await fetch(`${address}/api/organizations`)).status).toBe(200);
    expect(nodes[1]!.asked.length).toBe(6);
  });

  it.each(['PUT', 'POST', 'PATCH', 'DELETE'])('sends a %s once, whatever becomes of it', async (method) => {
    for (const node of nodes) node.state = 'broken';
    const answer = await fetch(`${address}/api/organizations/example-registry`, { method, body: '{}' });
    expect(asked()).toEqual([`${method} /api/organizations/example-registry {}`]);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('Retry-After')).toBe('1');
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 503, detail: expect.stringContaining('Idempotency-Key') });
  });

  it('passes on what a node says of a command that it cannot do now', async () => {
    for (const node of nodes) node.state = 'unready';
    const answer = await fetch(`${address}/api/organizations/example-registry`, { method: 'PUT', body: '{}' });
    expect(asked()).toHaveLength(1);
    expect([answer.status, answer.headers.get('Retry-After'), await answer.text()]).toEqual([503, '7', 'not now']);
  });

  it('says so where no node is there', async () => {
    for (const node of nodes) node.state = 'away';
    const answer = await fetch(`${address}/api/organizations`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'no-node' });
  });

  it('leaves it to the nodes to refuse a body that is too large', async () => {
    const body = 'x'.repeat(1_500_000);
    expect((await fetch(`${address}/api/organizations/example`, { method: 'PUT', body })).status).toBe(200);
  });

  it('passes the name by which it was asked, who asked, and the stream of events as it comes', async () => {
    const host = new URL(address).host;
    const answer = await fetch(`${address}/api/events`, { headers: { 'X-Forwarded-For': '203.0.113.7' } });
    const chunks: string[] = [];
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      chunks.push(chunk);
      for (const node of nodes) node.goOn();
    }
    expect(chunks).toEqual([`first of ${host} for 127.0.0.1\n`, 'second\n']);
  });
});

type State = 'sound' | 'broken' | 'away' | 'unready';

/** Stands where an API node is: counts what reaches it, and fails as it is told. */
class Node {
  state: State = 'sound';
  readonly asked: string[] = [];
  goOn = () => {};

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {
    server.on('request', (request, reply) => void this.#answer(request, reply));
    // Away: whoever comes is sent off before a request is read.
    server.on('connection', (socket) => {
      if (this.state === 'away') socket.resetAndDestroy();
    });
  }

  static async start(): Promise<Node> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Node(server, (server.address() as AddressInfo).port);
  }

  reset(): void {
    this.state = 'sound';
    this.asked.length = 0;
    this.server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async #answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    if (this.state === 'away') return void request.socket.resetAndDestroy();
    const { method, url, headers } = request;
    this.asked.push(`${method} ${url}${body.length ? ` ${Buffer.concat(body).toString()}` : ''}`);
    if (this.state === 'broken') return void request.socket.resetAndDestroy();
    if (this.state === 'unready') return void reply.writeHead(503, { 'Retry-After': '7' }).end('not now');
    if (url !== '/api/events') return void reply.end('{}');
    reply.write(`first of ${headers.host} for ${String(headers['x-forwarded-for'])}\n`);
    this.goOn = () => reply.end('second\n');
  }
}

/** As it is written: `fetch` would tidy the path up. */
async function statusOf(address: string, path: string): Promise<number> {
  const { request } = await import('node:http');
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path }, (answer) => resolve(answer.resume().statusCode ?? 0))
      .on('error', reject)
      .end();
  });
}

const isWell = (address: string) =>
  fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );
