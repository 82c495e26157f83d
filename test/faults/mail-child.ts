import { setTimeout as delay } from 'node:timers/promises';
import { RecordingClock } from '#commands';
import { SqliteEventStore } from '#event-store';
import { Contacts, mailJob, type MailTransport, openMailTransport, Outbox } from '#jobs';

/**
 * Prepares mails and sends them, three at a time, until it is killed or all are done; says `ready` when it begins. With
 * `hasty` a mail goes out before it is claimed: the planted bug.
 */
const [file = '', contacts = '', url = '', mails = '0', hasty] = process.argv.slice(2);

const store = SqliteEventStore.open(file);
const outbox = new Outbox(store, new RecordingClock());
const smtp = openMailTransport(url);
const transport: MailTransport = hasty
  ? {
      name: smtp.name,
      isRepeatable: false,
      deliver: async (...[message, claim, signal]: Parameters<MailTransport['deliver']>) => {
        const delivery = await smtp.deliver(message, async () => undefined, signal);
        await delay(50);
        await claim();
        return delivery;
      },
    }
  : smtp;
const job = mailJob({
  outbox,
  transport,
  contacts: new Contacts(contacts),
  templates: {
    example: { write: () => ({ subject: 'A report', text: 'Text', html: '<p>Text</p>' }), isDue: async () => true },
  },
  from: 'Para 71 <para71@sender.example>',
});
process.stdout.write('ready\n');

let next = 0;
async function send(): Promise<void> {
  while (next < Number(mails)) {
    const id = await outbox.prepare({
      key: `example/${next++}`,
      to: { organization: 'example-registry', role: 'focal-point' },
      template: 'example',
      facts: {},
      until: new Date(Date.now() + 86_400_000),
    });
    const { signal } = new AbortController();
    await job.run({ mail: id }, { id, attempt: 1, signal, progress: async () => undefined });
  }
}
await Promise.all([send(), send(), send()]);
await store.close();
