import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordingClock } from '#commands';
import { type EventStore, SqliteEventStore, StoreUnavailable } from '#event-store';
import { type Death, FrozenClock, MortalStore } from '#testing';
import { MailServer } from '../../../../test/support/mail-server.js';
import { Contacts } from './contacts.js';
import { FolderTransport } from './folder-transport.js';
import { mailJob } from './mail-job.js';
import type { MailTransport } from './mail-transport.js';
import { mailStream } from './mail.js';
import { type NewMail, Outbox } from './outbox.js';
import { SmtpTransport } from './smtp-transport.js';

const START = '2028-02-22T08:00:00Z';

let folder: string;
let store: SqliteEventStore;
let server: MailServer;
let clock: FrozenClock;
let isDue: boolean;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'para71-mail-'));
  store = SqliteEventStore.open(join(folder, 'events.sqlite'));
  server = await MailServer.start();
  clock = new FrozenClock(START);
  isDue = true;
  contacts({ 'example-registry': ['reports@registry.example'] });
});
afterEach(async () => {
  await server.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const contacts = (byOrganization: object) =>
  writeFileSync(join(folder, 'contacts.json'), JSON.stringify(byOrganization));
const smtp = () => new SmtpTransport(server.url, { now: clock.now });
const toFolder = () => new FolderTransport(join(folder, 'mail'));

const newMail = (key = 'example/1'): NewMail => ({
  key,
  to: { organization: 'example-registry', role: 'focal-point' },
  template: 'example',
  facts: { what: 'A report' },
  until: new Date(Date.parse(START) + 5 * 86_400_000),
});

/** A process with an outbox of its own, and what it does with one mail. */
function begin(transport: MailTransport = smtp(), over: EventStore = store) {
  const outbox = new Outbox(over, new RecordingClock(clock.now));
  const job = mailJob({
    outbox,
    transport,
    contacts: new Contacts(join(folder, 'contacts.json')),
    templates: {
      example: {
        write: (facts) => ({ subject: JSON.stringify(facts), text: 'Text', html: '<p>Text</p>' }),
        isDue: async () => isDue,
      },
    },
    from: 'Para 71 <para71@sender.example>',
    now: clock.now,
  });
  const { signal } = new AbortController();
  const send = async (mail: NewMail = newMail()) => {
    const id = await outbox.prepare(mail);
    const running = { id: 'job', attempt: 1, signal, progress: async () => undefined };
    const { outcome } = (await job.run({ mail: id }, running)) as { outcome: string };
    return outcome;
  };
  return { outbox, send };
}

async function eventsOf(mail: NewMail = newMail()) {
  const id = await begin().outbox.prepare(mail);
  const events: { type: string; data: object }[] = [];
  for await (const { type, data } of store.read(mailStream(id))) events.push({ type, data });
  return events;
}
const typesOf = async () => (await eventsOf()).map(({ type }) => type);

describe('A mail', () => {
  it('is prepared, handed over and sent, and once only, however often it is asked for', async () => {
    const { send } = begin();
    expect([await send(), await send(), await begin().send()]).toEqual(['sent', 'sent', 'sent']);
    expect(server.taken).toHaveLength(1);
    expect(await typesOf()).toEqual(['MailPrepared', 'MailHandedOver', 'MailSent']);
  });

  it('leaves no address on the log', async () => {
    server.onRecipient = () => '550 5.1.1 <reports@registry.example>: unknown';
    expect(await begin().send()).toBe('refused');
    const log = readFileSync(join(folder, 'events.sqlite')).toString('latin1');
    const wal = readFileSync(join(folder, 'events.sqlite-wal')).toString('latin1');
    expect(log + wal).toContain('550 5.1.1');
    expect(log + wal).not.toContain('registry.example');
  });

  it('that the server refuses for good is not sent again', async () => {
    server.onMessage = () => '554 5.6.0 No';
    expect(await begin().send()).toBe('refused');
    server.onMessage = () => undefined;
    expect(await begin().send()).toBe('refused');
    expect((await eventsOf()).at(-1)).toEqual({ type: 'MailFailed', data: { reason: 'refused', reply: '554 5.6.0' } });
  });

  it('that the server puts off, before the message or after it, is sent later', async () => {
    server.onRecipient = () => '450 4.2.0 Greylisted';
    await expect(begin().send()).rejects.toThrow('450 4.2.0');
    server.onRecipient = () => undefined;
    server.onMessage = () => '452 4.3.1 Full';
    await expect(begin().send()).rejects.toThrow('452 4.3.1');
    server.onMessage = () => undefined;
    expect(await begin().send()).toBe('sent');
    expect(server.taken).toHaveLength(1);
    expect(await typesOf()).toEqual(['MailPrepared', 'MailHandedOver', 'MailReleased', 'MailHandedOver', 'MailSent']);
  });

  it('that the server may have taken is not sent again, and is seen as unconfirmed', async () => {
    server.onTaken = () => server.cut();
    expect(await begin().send()).toBe('unconfirmed');
    server.onTaken = () => undefined;
    expect([await begin().send(), await begin().send()]).toEqual(['unconfirmed', 'unconfirmed']);
    expect(server.taken).toHaveLength(1);
  });

  it('waits for an address, and is sent once there is one', async () => {
    contacts({});
    expect([await begin().send(), await begin().send()]).toEqual(['no-address', 'no-address']);
    expect(await typesOf()).toEqual(['MailPrepared', 'MailFailed']);
    contacts({ 'example-registry': ['reports@registry.example'] });
    expect(await begin().send()).toBe('sent');
  });

  it('is given up after its time, and not sent where it does not hold any more', async () => {
    isDue = false;
    expect(await begin().send()).toBe('no-longer-due');
    isDue = true;
    clock.pass(5 * 86_400_000 + 1);
    expect(await begin().send(newMail('example/2'))).toBe('given-up');
    expect(server.taken).toEqual([]);
  });

  it('with contacts that cannot be used waits, and says where the fault is', async () => {
    writeFileSync(join(folder, 'contacts.json'), '{"example-registry":["reports@registry.example\\nBcc: x@y"]}');
    await expect(begin().send()).rejects.toThrow(
      /contacts\.json cannot be used:\n {2}example-registry\[0\] is no mail/,
    );
    expect(await typesOf()).toEqual(['MailPrepared']);
  });
});

const deaths: readonly Death[] = [0, 1, 2].flatMap((append) => [
  { append, when: 'before' as const },
  { append, when: 'after' as const },
]);

describe('A process that is killed', () => {
  it.each(deaths)('at append $append, $when it, has sent the mail once or not known it', async (death) => {
    const mortal = new MortalStore(store, death);
    await begin(smtp(), mortal)
      .send()
      .catch(() => undefined);
    expect(mortal.isDead).toBe(true);
    const outcome = await begin().send();
    // Between the claim and the record of what came of it lies what nobody can know.
    const isUnknown = (death.append === 1 && death.when === 'after') || (death.append === 2 && death.when === 'before');
    expect(outcome).toBe(isUnknown ? 'unconfirmed' : 'sent');
    expect(server.taken).toHaveLength(death.append === 1 && death.when === 'after' ? 0 : 1);
    expect(await begin().send()).toBe(outcome);
    expect(server.taken.length).toBeLessThanOrEqual(1);
  });

  it.each(deaths)('at append $append, $when it, leaves the mail in the folder once', async (death) => {
    const mortal = new MortalStore(store, death);
    await begin(toFolder(), mortal)
      .send()
      .catch(() => undefined);
    expect(await begin(toFolder()).send()).toBe('sent');
    expect(readdirSync(join(folder, 'mail'))).toHaveLength(1);
  });
});

describe('Two processes', () => {
  it('that send the same mail at once send it once', async () => {
    const outcomes = await Promise.all([begin().send(), begin().send(), begin().send()]);
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(1);
    expect(server.taken).toHaveLength(1);
    expect(await typesOf()).toEqual(['MailPrepared', 'MailHandedOver', 'MailSent']);
  });
});

describe('A store that writes and does not answer', () => {
  /** The `nth` append is written, and its caller told that nobody knows. */
  const silent = (nth: number) => {
    let appends = 0;
    return new Proxy(store, {
      get(target, property) {
        const value = Reflect.get(target, property, target) as unknown;
        if (property !== 'append') return typeof value === 'function' ? value.bind(target) : value;
        return async (...told: Parameters<EventStore['append']>) => {
          const appended = await target.append(...told);
          if (appends++ === nth) throw new StoreUnavailable('No answer');
          return appended;
        };
      },
    });
  };

  it('to a claim has the mail sent all the same, and once', async () => {
    const { send } = begin(smtp(), silent(1));
    await expect(send()).rejects.toThrow('No answer');
    expect(server.taken).toEqual([]);
    expect(await send()).toBe('sent');
    expect(server.taken).toHaveLength(1);
  });

  it('to what was sent has it sent once', async () => {
    const { send } = begin(smtp(), silent(2));
    await expect(send()).rejects.toThrow('No answer');
    expect(await send()).toBe('sent');
    expect(server.taken).toHaveLength(1);
  });
});
