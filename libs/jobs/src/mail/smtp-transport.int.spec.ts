import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { MailServer } from '../../../../test/support/mail-server.js';
import { MailNotTaken } from './mail-transport.js';
import { type Message, messageOf, senderOf } from './message.js';
import { SmtpTransport } from './smtp-transport.js';

const now = Date.parse('2028-02-22T08:00:00Z');
const going = new AbortController().signal;

async function messageTo(...to: readonly string[]): Promise<Message> {
  const mail = {
    id: '7d5b4f0e-2a43-5f1c-8a55-0d9f2f0c1b11',
    revision: 0,
    key: 'k',
    to: { organization: 'example-registry', role: 'focal-point' },
    template: 'example',
    facts: {},
    preparedAt: new Date(now).toISOString(),
    until: '',
    phase: 'prepared',
  } as const;
  const letter = { subject: 'Bericht für Zürich — 年度报告', text: 'Grüße\n.\nEnde\n', html: '<p>Grüße</p>' };
  return messageOf(mail, letter, senderOf('Para 71 <para71@sender.example>'), to);
}

describe('A mail server', () => {
  let server: MailServer;
  let message: Message;
  let claims: number;
  beforeEach(async () => {
    server = await MailServer.start();
    message = await messageTo('a@registry.example', 'b@registry.example');
    claims = 0;
  });
  afterEach(() => server.close());

  const claim = async () => void claims++;
  const transport = (options = {}) => new SmtpTransport(server.url, { now: () => now, ...options });

  it('takes one message for all addresses, in text and HTML, with letters of all languages', async () => {
    expect(await transport().deliver(message, claim, going)).toEqual({ refused: 0 });
    expect(server.taken).toHaveLength(1);
    const [{ to, text, messageId }] = server.taken as [(typeof server.taken)[0]];
    expect(to).toEqual(['a@registry.example', 'b@registry.example']);
    expect(messageId).toBe('<7d5b4f0e-2a43-5f1c-8a55-0d9f2f0c1b11@sender.example>');
    // smtp-server hands out what it read, with the stuffed dots taken out.
    expect(text).toBe(message.bytes.toString());
    expect(text).toContain('text/plain; charset=utf-8');
    expect(text).toContain('text/html; charset=utf-8');
    expect(text).toContain('Gr=C3=BC=C3=9Fe\r\n.\r\nEnde');
    expect(text).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(text).toContain('Date: Tue, 22 Feb 2028 08:00:00 +0000');
    expect(text).toContain('Auto-Submitted: auto-generated');
  });

  it('has no message before it is claimed, and none where the claim is lost', async () => {
    const seen: number[] = [];
    const lost = async () => {
      await delay(50);
      seen.push(server.taken.length);
      throw Object.assign(new Error('lost'), { code: 'wrong-expected-revision' });
    };
    await expect(transport().deliver(message, lost, going)).rejects.toMatchObject({
      message: 'lost',
      code: 'wrong-expected-revision',
    });
    await delay(50);
    expect([seen, server.taken]).toEqual([[0], []]);
  });

  it('that refuses every address for good ends it before the claim', async () => {
    server.onRecipient = () => '550 5.1.1 No such user';
    await expect(transport().deliver(message, claim, going)).rejects.toMatchObject({
      name: 'MailNotTaken',
      message: 'The mail server answered 550 5.1.1 to RCPT TO',
      refusal: { isPermanent: true, reply: '550 5.1.1' },
    });
    expect(claims).toBe(0);
  });

  it('that refuses one address for good takes the mail for the others', async () => {
    server.onRecipient = (address) => (address.startsWith('a@') ? '550 5.1.1 No such user' : undefined);
    expect(await transport().deliver(message, claim, going)).toEqual({ refused: 1 });
    expect(server.taken[0]?.to).toEqual(['b@registry.example']);
  });

  it('that puts one address off makes all wait, but no longer than a day', async () => {
    server.onRecipient = (address) => (address.startsWith('a@') ? '450 4.2.0 Greylisted' : undefined);
    await expect(transport().deliver(message, claim, going)).rejects.toMatchObject({
      refusal: { isPermanent: false, reply: '450 4.2.0' },
    });
    expect([claims, server.taken]).toEqual([0, []]);
    const nextDay = transport({ now: () => now + 86_400_000 });
    expect(await nextDay.deliver(message, claim, going)).toEqual({ refused: 1 });
  });

  it.each([
    ['451 4.3.0 Out of space', false],
    ['554 5.6.0 Looks like an advertisement', true],
  ])('that says %s to the whole of it has certainly not taken it', async (reply, isPermanent) => {
    server.onMessage = () => reply;
    await expect(transport().deliver(message, claim, going)).rejects.toMatchObject({ refusal: { isPermanent } });
    expect(claims).toBe(1);
  });

  it('of which nobody knows whether it took the mail leaves that open', async () => {
    server.onTaken = () => server.cut();
    const delivery = transport().deliver(message, claim, going);
    await expect(delivery).rejects.not.toBeInstanceOf(MailNotTaken);
    await expect(delivery).rejects.toThrow('Connection closed unexpectedly');
    expect([claims, server.taken.length]).toEqual([1, 1]);
  });

  it('that breaks off while the mail is being claimed has certainly not taken it', async () => {
    const slow = async () => {
      server.cut();
      await delay(50);
      // The transport has been told by then, however busy the machine is.
      for (let n = 0; n < 50; n++) await turn();
      claims++;
    };
    await expect(transport().deliver(message, slow, going)).rejects.toBeInstanceOf(MailNotTaken);
    // The transport came back only when it was known how the claim ended.
    expect([claims, server.taken]).toEqual([1, []]);
  });

  it('is left when the process ends, unless the mail is being claimed', async () => {
    const ending = new AbortController();
    server.onRecipient = () => {
      ending.abort(new Error('The queue is closed'));
      return undefined;
    };
    await expect(transport().deliver(message, claim, ending.signal)).rejects.toThrow('The queue is closed');
    expect(claims).toBe(0);

    server.onRecipient = () => undefined;
    const late = new AbortController();
    const slow = async () => {
      late.abort(new Error('The queue is closed'));
      await delay(20);
    };
    expect(await transport().deliver(message, slow, late.signal)).toEqual({ refused: 0 });
    expect(server.taken).toHaveLength(1);
  });

  it('cannot be given another recipient or header by a subject', async () => {
    const { bytes } = await messageOf(
      { ...(await mailOf()), id: message.mail },
      { subject: 'Ours\r\nBcc: c@elsewhere.example\r\n\r\nText', text: 'x', html: 'x' },
      senderOf('para71@sender.example'),
      ['a@registry.example'],
    );
    const [head] = bytes.toString().split('\r\n\r\n');
    expect(head).not.toMatch(/^Bcc:/im);
    expect(head).toMatch(/^Subject: Ours Bcc: c@elsewhere\.example +Text$/m);
  });

  async function mailOf() {
    return {
      id: '',
      revision: 0,
      key: 'k',
      to: { organization: 'example-registry', role: 'focal-point' },
      template: 'example',
      facts: {},
      preparedAt: new Date(now).toISOString(),
      until: '',
      phase: 'prepared',
    } as const;
  }
});

describe('A mail server that wants a password', () => {
  it('gets it, and a wrong one is a fault of ours and no refusal of the mail', async () => {
    const server = await MailServer.start({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, answer) =>
        password === 'p/ss' ? answer(null, { user: username }) : answer(new Error('Invalid login of a@b.example')),
    });
    try {
      const message = await messageTo('a@registry.example');
      const at = (credentials: string) => new SmtpTransport(`smtp://${credentials}@127.0.0.1:${server.port}`);
      expect(await at('para71:p%2Fss').deliver(message, async () => undefined, going)).toEqual({ refused: 0 });
      const refused = at('para71:wrong').deliver(message, async () => undefined, going);
      await expect(refused).rejects.toMatchObject({
        message: expect.stringMatching(/^The mail server answered 535( 5\.7\.8)? to AUTH/),
        refusal: { isPermanent: false },
      });
    } finally {
      await server.close();
    }
  });
});

/** A server by hand, for what a well-behaved one does not do. */
describe('A mail server that is not there', () => {
  let server: Server;
  const sockets = new Set<Socket>();
  beforeEach(async () => {
    server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('is given up after a while', async () => {
    const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const message = await messageTo('a@registry.example');
    const silent = new SmtpTransport(url, { connectMs: 1_500 });
    await expect(silent.deliver(message, async () => undefined, going)).rejects.toThrow('Greeting never received');
    server.close();
    for (const socket of sockets) socket.destroy();
    await delay(10);
    const gone = new SmtpTransport(url);
    await expect(gone.deliver(message, async () => undefined, going)).rejects.toThrow('ECONNREFUSED');
  });
});
