import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answering } from '../measuring/side.js';

/** The same bytes, whatever is asked: no router, no record, no headers beyond what a body needs. */
let body = Buffer.alloc(0);
const server = createServer((_, reply) => {
  reply.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  reply.end(body);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

answering({
  port: (): number => (server.address() as AddressInfo).port,
  send: (text: string): void => {
    body = Buffer.from(text);
  },
});
