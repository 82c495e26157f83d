import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  open: boolean;
}

/** Stands between a client and a server on the loopback interface, and breaks what passes. */
export class Proxy {
  readonly #pairs = new Set<Pair>();
  #bytesLeft = Infinity;
  #onBytes = () => {};
  /** Holds each piece of data back for so long. */
  delayMs = 0;
  /** What becomes of connections that are begun: they reach the server, are reset, or stand and nothing passes. */
  mode: 'sound' | 'refusing' | 'silent' = 'sound';

  private constructor(private readonly listener: Server) {}

  static async start(targetPort: number): Promise<Proxy> {
    const listener = createServer();
    const proxy = new Proxy(listener);
    listener.on('connection', (client) => {
      if (proxy.mode === 'refusing') client.resetAndDestroy();
      else proxy.#join(client, connect(targetPort, '127.0.0.1'), proxy.mode === 'sound');
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** Resets every connection there is. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** Lets every connection there is stand, but nothing passes any more, and nobody is told. New ones are sound. */
  halfOpen(): void {
    for (const pair of this.#pairs) pair.open = false;
  }

  /** Resolves once so many more bytes have come, in either direction, before the last of them are passed on. */
  afterBytes(bytes: number): Promise<void> {
    this.#bytesLeft = bytes;
    return new Promise((resolve) => (this.#onBytes = resolve));
  }

  async stop(): Promise<void> {
    this.cut();
    this.listener.close();
    await once(this.listener, 'close');
  }

  #join(client: Socket, server: Socket, open: boolean): void {
    const pair = { client, server, open };
    this.#pairs.add(pair);
    this.#pass(pair, client, server);
    this.#pass(pair, server, client);
  }

  #pass(pair: Pair, from: Socket, to: Socket): void {
    from.setNoDelay();
    // First come, first sent, also where the delay has just become shorter.
    const waiting: Buffer[] = [];
    const send = () => {
      const data = waiting.shift();
      if (data && pair.open && to.writable) to.write(data);
    };
    from.on('data', (data: Buffer) => {
      if ((this.#bytesLeft -= data.length) <= 0) {
        this.#bytesLeft = Infinity;
        this.#onBytes();
      }
      waiting.push(data);
      // A turn of the event loop at least: whoever waits for these bytes decides what becomes of them.
      if (this.delayMs > 0) setTimeout(send, this.delayMs);
      else setImmediate(send);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#pairs.delete(pair);
      if (pair.open) to.destroy();
    });
  }
}
