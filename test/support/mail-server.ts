import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail that the server has taken: it has read the full stop behind it, and has said so. */
export interface TakenMail {
  readonly to: readonly string[];
  readonly text: string;
  readonly messageId: string;
}

/** What an answer other than yes is: a reply such as `450 4.2.0 Try again later`. */
export type Reply = string | undefined;

/** A mail server on a free port of this machine, which says no where a test wants it to. */
export class MailServer {
  readonly taken: TakenMail[] = [];
  /** Asked for each recipient, and for each message after its end. */
  onRecipient: (address: string) => Reply = () => undefined;
  onMessage: (text: string) => Reply = () => undefined;
  /** Called when a message was taken: the client is told once it has ended. */
  onTaken: () => void | Promise<void> = () => undefined;
  private readonly server: SMTPServer;

  private constructor(options: SMTPServerOptions) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 200,
      onRcptTo: ({ address }, _, answer) => answer(refusal(this.onRecipient(address))),
      onData: (stream, { envelope }, answer) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const no = refusal(this.onMessage(text));
          if (no) return answer(no);
          const messageId = /^Message-ID: (.*)$/im.exec(text)?.[1]?.trim() ?? '';
          this.taken.push({ to: envelope.rcptTo.map(({ address }) => address), text, messageId });
          void Promise.resolve(this.onTaken()).then(() => answer(null));
        });
      },
      ...options,
    });
    // Connections that break are what tests are about.
    this.server.on('error', () => undefined);
  }

  static async start(options: SMTPServerOptions = {}): Promise<MailServer> {
    const mailServer = new MailServer(options);
    const listening = mailServer.server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return mailServer;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Ends all connections as they stand. */
  cut(): void {
    for (const connection of this.server.connections as Iterable<{ _socket: { destroy(): void } }>) {
      connection._socket.destroy();
    }
  }

  close(): Promise<void> {
    this.cut();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

function refusal(reply: Reply): Error | undefined {
  if (reply === undefined) return undefined;
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
}
