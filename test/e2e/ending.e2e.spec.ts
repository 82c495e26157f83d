import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningProduct, runProduct } from '../support/product.js';

let product: RunningProduct;
beforeEach(async () => {
  // Long enough for a request to come meanwhile, also on a busy machine.
  product = await runProduct({ options: { drainMs: 1_500 } });
});
afterEach(() => product.remove());

const portOf = () => Number(new URL(product.address).port);
const READ = 'GET /api/organizations HTTP/1.1\r\nHost: localhost\r\n\r\n';
const REST = '{}';

/** A command without its rest: under way until that comes. */
async function begin(socket: Socket): Promise<void> {
  socket.write(
    'PUT /api/organizations/example-union HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n' +
      `Content-Length: ${REST.length}\r\nExpect: 100-continue\r\n\r\n`,
  );
  // It is told to go on.
  await once(socket, 'data');
}

function listen(socket: Socket): { text: string } {
  const heard = { text: '' };
  socket.setEncoding('utf8').on('data', (text: string) => (heard.text += text));
  return heard;
}

const answersIn = (text: string) =>
  text
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .map((answer) => ({
      status: Number(answer.slice(9, 12)),
      type: /^content-type: (.*)$/im.exec(answer)?.[1],
      closes: /^connection: close\r$/im.test(answer),
    }))
    .filter(({ status }) => status >= 200);

/** Resolves once nobody new is let in; a test that waits for it in vain ends by its time limit. */
async function shut(): Promise<void> {
  const fault = () =>
    product.api.get('/health/live').then(
      () => undefined,
      (error: { cause?: { code?: string } }) => error.cause?.code,
    );
  while ((await fault()) !== 'ECONNREFUSED') await wait(20);
}

describe('a server that is told to end', () => {
  it('answers what is under way and what comes over the same connection, and then closes it', async () => {
    const socket = connect(portOf(), '127.0.0.1');
    const heard = listen(socket);
    await begin(socket);
    const ended = product.close();
    await shut();
    socket.write(REST + READ);
    await once(socket, 'close');
    await ended;
    expect(answersIn(heard.text)).toEqual([
      expect.objectContaining({ status: 400, type: 'application/problem+json' }),
      { status: 200, type: 'application/json; charset=utf-8', closes: true },
    ]);
  });

  it('lets a connection go that is kept alive with the next answer', async () => {
    const socket = connect(portOf(), '127.0.0.1');
    const heard = listen(socket);
    socket.write(READ);
    await once(socket, 'data');
    const ended = product.close();
    socket.write(READ);
    await once(socket, 'close');
    await ended;
    expect(answersIn(heard.text).map(({ status, closes }) => [status, closes])).toEqual([
      [200, false],
      [200, true],
    ]);
  });

  it('refuses new connections while it finishes what is under way', async () => {
    const socket = connect(portOf(), '127.0.0.1');
    const heard = listen(socket);
    await begin(socket);
    const ended = product.close();
    await shut();
    expect(answersIn(heard.text)).toEqual([]);
    socket.write(REST);
    await once(socket, 'close');
    await ended;
    expect(answersIn(heard.text)).toMatchObject([{ status: 400 }]);
  });
});
