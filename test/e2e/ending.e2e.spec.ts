import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningProduct, runProduct } from '../support/product.js';

let product: RunningProduct;
beforeEach(async () => {
  product = await runProduct({ options: { drainMs: 300 } });
});
afterEach(() => product.remove());

const portOf = () => Number(new URL(product.address).port);
const request = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
/** It is under way for two seconds. */
const SLOW = request('/api/organizations', 'Min-Sequence: 1000000\r\n');

function listen(socket: Socket): { text: string } {
  const heard = { text: '' };
  socket.setEncoding('utf8').on('data', (text: string) => (heard.text += text));
  return heard;
}

const answersIn = (text: string) =>
  text.split(/(?=HTTP\/1\.1 \d{3} )/).map((answer) => ({
    status: Number(answer.slice(9, 12)),
    type: /^content-type: (.*)$/im.exec(answer)?.[1],
    closes: /^connection: close\r$/im.test(answer),
  }));

describe('a server that is told to end', () => {
  it('answers what is under way and what comes over the same connection, and then closes it', async () => {
    const socket = connect(portOf(), '127.0.0.1');
    const heard = listen(socket);
    socket.write(SLOW);
    await wait(100);
    const closed = product.close();
    // Connections are no longer let go by now: the server has stopped listening.
    await wait(600);
    socket.write(request('/api/organizations'));
    await once(socket, 'close');
    await closed;
    expect(answersIn(heard.text)).toEqual([
      expect.objectContaining({ status: 503, type: 'application/problem+json' }),
      { status: 200, type: 'application/json; charset=utf-8', closes: true },
    ]);
  }, 20_000);

  it('lets a connection go that is kept alive with the next answer', async () => {
    const socket = connect(portOf(), '127.0.0.1');
    const heard = listen(socket);
    socket.write(request('/api/organizations'));
    await once(socket, 'data');
    const closed = product.close();
    await wait(50);
    socket.write(request('/api/organizations'));
    await once(socket, 'close');
    await closed;
    expect(answersIn(heard.text).map(({ status, closes }) => [status, closes])).toEqual([
      [200, false],
      [200, true],
    ]);
  }, 20_000);

  it('refuses new connections while it finishes what is under way', async () => {
    const socket = connect(portOf(), '127.0.0.1');
    socket.write(SLOW);
    await wait(100);
    const closed = product.close();
    await wait(600);
    await expect(product.api.get('/api/organizations')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await closed;
  }, 20_000);
});
