import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type Delivery, MailNotTaken, MailTransport } from './mail-transport.js';
import type { Message } from './message.js';

export interface SmtpOptions {
  /** How long to wait for a connection, and then for each answer of the server. */
  readonly connectMs?: number;
  readonly answerMs?: number;
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly now?: () => number;
}

/** Refusals by these are about the mail; what is said before them is about us, and wants to be mended here. */
const ABOUT_THE_MAIL = ['RCPT TO', 'DATA'];
/** For so long a mail waits for an address that the server puts off while it takes others. */
const TOGETHER_MS = 86_400_000;
const LEAVE_MS = 2_000;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/**
 * To a mail server, `smtp://` or `smtps://`. One message for all addresses. The server has a mail when it has read the
 * full stop behind it (RFC 5321, section 4.1.1.4); until then, a connection that ends leaves nothing. nodemailer writes
 * that full stop when the stream of the message ends, and the stream ends only after the claim.
 */
export class SmtpTransport extends MailTransport {
  readonly name = 'smtp';
  readonly isRepeatable = false;
  private readonly url: URL;
  private readonly options: Required<SmtpOptions>;

  constructor(url: string, { connectMs = 30_000, answerMs = 120_000, now = Date.now }: SmtpOptions = {}) {
    super();
    this.url = new URL(url);
    this.options = { connectMs, answerMs, now };
  }

  override async deliver(message: Message, claim: () => Promise<void>, signal: AbortSignal): Promise<Delivery> {
    signal.throwIfAborted();
    const connection = this.connection();
    const gate = new Gate(message, claim, () => this.putOff(message, connection));
    try {
      const { rejected } = await untilClaimed(signal, gate, () => this.transact(connection, message, gate));
      leave(connection);
      return { refused: rejected.length };
    } catch (error) {
      gate.shut();
      connection.close();
      await gate.settled();
      if (gate.kept) throw gate.kept.reason;
      throw notTaken(error as SmtpError, gate) ?? error;
    }
  }

  private async transact(connection: SMTPConnection, { from, to }: Message, gate: Gate) {
    await step<void>(connection, (done) => connection.connect((error) => done(error)));
    await this.logIn(connection);
    const content = Readable.from(gate.content(), { objectMode: false });
    return step<{ readonly rejected: readonly string[] }>(connection, (done) =>
      connection.send({ from, to: [...to] }, content, done),
    );
  }

  /** All wait for a while where the server puts one of the addresses off: there is one mail, and it is sent once. */
  private putOff({ preparedAt }: Message, connection: SMTPConnection): MailNotTaken | undefined {
    if (this.options.now() - Date.parse(preparedAt) >= TOGETHER_MS) return undefined;
    const [deferred] = refusalsIn(connection).filter(({ responseCode = 0 }) => responseCode < 500);
    return deferred && refused(deferred);
  }

  private connection(): SMTPConnection {
    const { hostname, port, protocol, username } = this.url;
    const { connectMs, answerMs } = this.options;
    const connection = new SMTPConnection({
      host: hostname.replace(/^\[|\]$/g, ''),
      ...(port && { port: Number(port) }),
      secure: protocol === 'smtps:',
      // A password goes over no line that others can read.
      requireTLS: protocol === 'smtp:' && username !== '' && !LOOPBACK.test(hostname),
      connectionTimeout: connectMs,
      dnsTimeout: connectMs,
      greetingTimeout: connectMs,
      socketTimeout: answerMs,
      socketCloseTimeout: 0,
    });
    // Whoever waits is told by `step`; an error of a connection that nobody waits for must not end the process.
    connection.on('error', () => undefined);
    return connection;
  }

  private async logIn(connection: SMTPConnection): Promise<void> {
    const { username, password } = this.url;
    if (username === '') return;
    const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
    await step<unknown>(connection, (done) => connection.login({ credentials }, done));
  }
}

/** Lets the end of a message pass once it is claimed. */
class Gate {
  /** Why the end was kept back. */
  kept: { readonly reason: unknown } | undefined;
  isClaimed = false;
  hasPassed = false;
  private claiming: Promise<void> | undefined;
  private isShut = false;

  constructor(
    private readonly message: Message,
    private readonly claim: () => Promise<void>,
    private readonly putOff: () => MailNotTaken | undefined,
  ) {}

  async *content(): AsyncGenerator<Buffer> {
    const { bytes } = this.message;
    const last = bytes.length - 1;
    yield bytes.subarray(0, last);
    try {
      const reason = this.putOff();
      if (reason) throw reason;
      this.isClaimed = true;
      await (this.claiming = this.claim());
    } catch (reason) {
      // Kept here as well, since nodemailer puts a code of its own on the error that a stream ends with.
      this.kept = { reason };
      throw new Error('The message was kept back', { cause: reason });
    }
    // An end, rather than an error, would be the end of the message.
    if (this.isShut) throw new Error('The connection is of no use any more');
    this.hasPassed = true;
    yield bytes.subarray(last);
  }

  /** The end does not pass any more. */
  shut(): void {
    this.isShut = true;
  }

  /** Once no claim is under way. */
  async settled(): Promise<void> {
    await this.claiming?.catch(() => undefined);
  }
}

type Done<T> = (error?: Error | null, value?: T) => void;

/** One thing that is asked of a connection, which may instead break. */
function step<T>(connection: SMTPConnection, begin: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    begin((error, value) => {
      connection.off('error', reject);
      if (error) reject(error);
      else resolve(value as T);
    });
  });
}

/** Gives up when it is told to, but not any more once the message is being claimed. */
async function untilClaimed<T>(signal: AbortSignal, gate: Gate, work: () => Promise<T>): Promise<T> {
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => {
      if (!gate.isClaimed) reject(signal.reason as Error);
    };
  });
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Takes leave of the server, and does not wait long for its answer. */
function leave(connection: SMTPConnection): void {
  const patience = setTimeout(() => connection.close(), LEAVE_MS);
  connection.once('end', () => clearTimeout(patience));
  connection.quit();
}

/** What nodemailer tells of a refusal. */
interface SmtpError extends Error {
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/** nodemailer tells which addresses were refused only after the message; here it has to be known before its end. */
function refusalsIn(connection: SMTPConnection): readonly SmtpError[] {
  const { _envelope } = connection as unknown as { _envelope?: { rejectedErrors: readonly SmtpError[] } | false };
  return _envelope ? _envelope.rejectedErrors : [];
}

/** Nothing where the mail may have been taken. */
function notTaken(error: SmtpError, { hasPassed, isClaimed }: Gate): MailNotTaken | undefined {
  if (error.responseCode) return refused(error);
  return isClaimed && !hasPassed ? new MailNotTaken(error.message, undefined, { cause: error }) : undefined;
}

function refused({ responseCode = 0, response = '', command = 'the connection' }: SmtpError): MailNotTaken {
  const [, enhanced] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? [];
  const reply = [responseCode, enhanced].filter(Boolean).join(' ');
  const isPermanent = responseCode >= 500 && ABOUT_THE_MAIL.includes(command);
  // Without a cause: the words of the server tend to repeat the address, and errors end up in logs.
  return new MailNotTaken(`The mail server answered ${reply} to ${command}`, { isPermanent, reply });
}
