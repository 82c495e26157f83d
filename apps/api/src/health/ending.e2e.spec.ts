import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { temporaryFolder } from '../../../../test/support/product.js';
import { compileProduct, ProductProcess } from '../../../../test/support/product-process.js';
import { environmentOf, removeData } from '../../../../test/support/setup.js';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const END_MS = 10_000;

let dataDir: string;
let running: ProductProcess | undefined;

beforeAll(compileProduct, 120_000);

beforeEach(() => {
  dataDir = temporaryFolder();
});

afterEach(async () => {
  await running?.signal('SIGKILL');
  await removeData(dataDir);
});

async function start(env: NodeJS.ProcessEnv = {}) {
  const product = await ProductProcess.start({ ...(await environmentOf(dataDir)), RECORD: 'none', ...env });
  running = product;
  return product;
}

/** A request whose body never comes: under way for as long as anybody waits. */
async function hangingRequest(address: string): Promise<Socket> {
  const client = connect(Number(new URL(address).port), '127.0.0.1');
  client.on('error', () => undefined);
  client.write(
    'PUT /api/organizations/example-union HTTP/1.1\r\nHost: localhost\r\nActor: example\r\n' +
      'Content-Type: application/json\r\nContent-Length: 99\r\nExpect: 100-continue\r\n\r\n',
  );
  // It is told to go on with the body.
  await once(client, 'data');
  return client;
}

describe('the end of the product', () => {
  it('breaks off a request that hangs, says so, and still closes the log', async () => {
    const product = await start();
    const client = await hangingRequest(product.api.address);
    const asked = Date.now();
    const { code, errors, output } = await product.signal('SIGTERM');
    expect(Date.now() - asked).toBeLessThan(END_MS);
    expect(code).toBe(1);
    const lines = errors.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      step: 'requests under way',
      message: expect.stringMatching(/^requests under way had not ended after 7000 ms: it is cut off$/),
    });
    expect(output).not.toContain('Ended.');
    client.destroy();
    expect((await (await start()).signal('SIGTERM')).code).toBe(0);
  }, 60_000);

  it('comes at once with a second signal', async () => {
    const product = await start();
    const client = await hangingRequest(product.api.address);
    const ended = product.signal('SIGINT');
    while (!product.output.includes('SIGINT: letting requests under way finish')) await wait(20);
    const asked = Date.now();
    const { code, errors } = await product.signal('SIGINT');
    // The request would have been cut off after seven seconds.
    expect(Date.now() - asked).toBeLessThan(5_000);
    expect(code).toBe(130);
    expect(errors).toContain('SIGINT for the second time');
    await ended;
    client.destroy();
  }, 60_000);
});

describe('a step of the end that hangs', () => {
  it('is named, and the process is gone when its patience ends', async () => {
    const program = `
      import { endOnSignal, openLog } from '#operation';
      const log = openLog({ level: 'warn', format: 'text' }, 'worker');
      setInterval(() => undefined, 1000);
      endOnSignal({
        log,
        patienceMs: 300,
        tell: (line) => process.stdout.write(line + '\\n'),
        steps: [
          { name: 'queue', run: () => new Promise(() => undefined) },
          { name: 'store', run: async () => void process.stdout.write('the store is closed\\n') },
        ],
      });
      process.stdout.write('up\\n');
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { cwd: ROOT });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    while (!output.includes('up')) await wait(20);
    const asked = Date.now();
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining('queue had not ended after 300 ms') });
    expect(Date.now() - asked).toBeLessThan(5_000);
    expect(output).toContain('the store is closed');
  });
});

describe('the log as JSON', () => {
  it('is all that the process writes, from the first line to the last', async () => {
    const env = { ...(await environmentOf(dataDir)), PATH: process.env['PATH'], PORT: '0', RECORD: 'none' };
    const main = join(ROOT, 'dist', 'apps', 'api', 'src', 'main.js');
    const child = execFile(process.execPath, [main], { env: { ...env, LOG_FORMAT: 'json', LOGS_LEVEL: 'debug' } });
    let output = '';
    let errors = '';
    child.stdout?.on('data', (text: string) => (output += text));
    child.stderr?.on('data', (text: string) => (errors += text));
    const lines = () =>
      output.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Record<string, string>] : []));
    const addressed = () => lines().find(({ address }) => address !== undefined);
    while (!/"address"/.test(output)) await wait(20);
    const { address = '' } = addressed() ?? {};
    const mine = randomUUID();
    await fetch(`${address}/api/organizations`, { headers: { 'Correlation-Id': mine } });
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(errors).toBe('');
    const messages = lines().map(({ message }) => message);
    expect(messages[0]).toMatch(/^LOGS_LEVEL is not read: if LOG_LEVEL was meant/);
    expect(messages.at(-1)).toBe('Ended.');
    expect(lines()).toContainEqual(
      expect.objectContaining({ route: '/api/organizations', status: 200, correlationId: mine, app: 'api' }),
    );
  }, 60_000);
});
