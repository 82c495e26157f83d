import { connect, type Socket } from 'node:net';
import { CONNECTIONS, type Loaded, type OwnLoad } from '../measuring/load.js';
import { answering } from '../measuring/side.js';

const HEAD_END = Buffer.from('\r\n\r\n');

/** Asks again as soon as it is answered, and reads of an answer no more than its status and where it ends. */
answering({
  load: async ({ port, path, body, seconds }: OwnLoad): Promise<Loaded> => {
    const began = performance.now();
    const end = began + seconds * 1_000;
    const latencies: number[] = [];
    let asked = 0;
    const next = () =>
      body === undefined
        ? `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`
        : `PUT ${path}${++asked} HTTP/1.1\r\nHost: 127.0.0.1\r\nActor: example-focal-point\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    await Promise.all(Array.from({ length: CONNECTIONS }, () => askAgainUntil(end, port, next, latencies)));
    const perSecond = latencies.length / ((performance.now() - began) / 1_000);
    latencies.sort((a, b) => a - b);
    const at = (part: number) => latencies[Math.floor((latencies.length - 1) * part)] ?? Number.NaN;
    return { perSecond, p50: at(0.5), p99: at(0.99) };
  },
});

function askAgainUntil(end: number, port: number, next: () => string, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let missing = -1;
    let head = Buffer.alloc(0);
    const ask = (socket: Socket) => {
      sent = performance.now();
      socket.write(next());
    };
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => ask(socket));
    socket.on('error', reject).on('data', (chunk) => {
      let rest = chunk;
      if (missing < 0) {
        head = head.length ? Buffer.concat([head, chunk]) : chunk;
        const headEnd = head.indexOf(HEAD_END);
        if (headEnd < 0) return;
        const text = head.toString('latin1', 0, headEnd);
        const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
        if (!text.startsWith('HTTP/1.1 2') || length === undefined) return void socket.destroy(new Error(text));
        missing = Number(length);
        rest = head.subarray(headEnd + HEAD_END.length);
        head = Buffer.alloc(0);
      }
      missing -= rest.length;
      if (missing > 0) return;
      missing = -1;
      const now = performance.now();
      latencies.push(now - sent);
      if (now < end) return ask(socket);
      socket.destroy();
      resolve();
    });
  });
}
