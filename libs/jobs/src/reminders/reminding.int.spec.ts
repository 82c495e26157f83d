import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandsModule, RecordingClock } from '#commands';
import { recognise } from '#reporting';
import {
  everythingAdmitted,
  FrozenClock,
  opened,
  RecordInFolder,
  registered,
  requested,
  sampleVocabulary,
  started,
  submitted,
} from '#testing';
import { MailServer } from '../../../../test/support/mail-server.js';
import { InProcessQueue } from '../queue/in-process-queue.js';
import { until } from '../queue/job-queue.contract.js';
import { Reminding } from './reminding.js';

const DAY = 86_400_000;
const REPORT = 'report-ec-performance-2028-example-registry';

let record: RecordInFolder;
let server: MailServer;
let clock: FrozenClock;
let running: { reminding: Reminding; queue: InProcessQueue; app: INestApplicationContext };

beforeEach(async () => {
  record = new RecordInFolder();
  server = await MailServer.start();
  clock = new FrozenClock('2028-02-22T09:00:00Z');
  record.setClock('2028-01-01T09:00:00.000Z');
  await record.tell('organization-example-registry', registered({ name: 'Example Registry' }));
  await record.tell('cycle-ec-performance-2028', opened({ opensOn: '2028-01' }));
  await record.tell(REPORT, requested({ on: '2028-01-01', deadline: '2028-02-29' }));
  contacts({ 'example-registry': ['reports@registry.example'] });
  await begin();
});
afterEach(async () => {
  await end();
  await server.close();
  await record.close();
});

const contacts = (byOrganization: object) =>
  writeFileSync(join(record.folder, 'contacts.json'), JSON.stringify(byOrganization));

async function begin(): Promise<void> {
  const recording = new RecordingClock(clock.now);
  const { store } = record;
  const reminding = new Reminding({
    store,
    clock: recording,
    reminders: { days: [-7, 1], at: '09:00', timeZone: 'UTC' },
    mail: {
      url: server.url,
      from: 'Para 71 <para71@sender.example>',
      contacts: join(record.folder, 'contacts.json'),
    },
    publicUrl: 'https://para71.example.org',
    now: clock.now,
  });
  const commands = CommandsModule.register({
    store,
    vocabulary: sampleVocabulary,
    clock: recording,
    admitted: everythingAdmitted,
  });
  const app = await Test.createTestingModule({ imports: [commands] }).compile();
  await app.init();
  const queue = new InProcessQueue({ now: clock.now });
  await queue.work([...reminding.jobs(queue, app.get(CommandBus, { strict: false }))]);
  running = { reminding, queue, app };
}

async function end(): Promise<void> {
  await running.queue.close();
  await running.app.close();
}

/** As its schedule does, at once; resolves when nothing is left to run now. */
let looks = 0;
async function look(): Promise<void> {
  const { queue } = running;
  await queue.add('reminders', `look-${++looks}`, {});
  for (let depth = await queue.depth(); depth.active + depth.waiting > 0; depth = await queue.depth()) await delay(5);
}

const states = async () =>
  (await running.reminding.plan.entries()).map(({ days, state, reason, late }) =>
    [days, state, reason, late && 'late'].filter((part) => part !== undefined).join(' '),
  );

async function onRecord() {
  const sent: object[] = [];
  for await (const event of record.store.readIfAny('reminder-ec-performance-2028-example-registry')) {
    sent.push(recognise(event).data);
  }
  return sent;
}

describe('A reminder that is due', () => {
  it('is sent, and then stands on the record', async () => {
    expect(await states()).toEqual(['-7 due', '1 planned']);
    await look();
    expect(server.taken.map(({ to }) => to)).toEqual([['reports@registry.example']]);
    expect(server.taken[0]!.text).toContain('That is in 7 days. No answer is on record yet.');
    expect(await onRecord()).toEqual([]);
    await look();
    expect(await onRecord()).toEqual([
      {
        to: 'focal-point',
        deadline: '2028-02-29',
        days: -7,
        due: '2028-02-22T09:00:00.000Z',
        sentOn: '2028-02-22',
        sentAt: expect.stringMatching(/^2028-02-22T09:0/),
        mail: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ]);
    await look();
    expect(server.taken).toHaveLength(1);
    expect(await states()).toEqual(['-7 sent', '1 planned']);
  });

  it('is looked for as often as is scheduled', async () => {
    await running.reminding.schedule(running.queue);
    await until('it is sent', () => server.taken.length > 0);
    expect(server.taken).toHaveLength(1);
  });

  it('waits for an address, which is seen, and is sent when there is one', async () => {
    contacts({});
    await look();
    await look();
    expect(await states()).toEqual(['-7 not-sent no-address', '1 planned']);
    contacts({ 'example-registry': ['reports@registry.example'] });
    await look();
    await look();
    expect(server.taken).toHaveLength(1);
    expect(await states()).toEqual(['-7 sent', '1 planned']);
  });

  it('is not sent to who has answered while it waited', async () => {
    contacts({});
    await look();
    await record.tell(REPORT, started({ on: '2028-02-22' }), submitted({ on: '2028-02-22' }));
    contacts({ 'example-registry': ['reports@registry.example'] });
    await look();
    await look();
    expect(server.taken).toEqual([]);
    expect(await states()).toEqual(['-7 not-sent no-longer-due']);
  });

  it('is sent late after two days without us, and not at all after more than five', async () => {
    clock.pass(2 * DAY);
    await look();
    await look();
    expect(server.taken).toHaveLength(1);
    expect(await states()).toEqual(['-7 sent late', '1 planned']);
    clock.pass(12 * DAY);
    expect(await states()).toEqual(['-7 sent late', '1 missed']);
    await look();
    expect(server.taken).toHaveLength(1);
  });

  it('stands on the record as unconfirmed where nobody knows whether the server took it', async () => {
    server.onTaken = () => server.cut();
    await look();
    expect(await states()).toEqual(['-7 unconfirmed', '1 planned']);
    clock.pass(11 * 60_000);
    await look();
    expect(await onRecord()).toMatchObject([{ days: -7, unconfirmed: true }]);
    expect(server.taken).toHaveLength(1);
  });

  it('does not wait for another one that cannot be looked after', async () => {
    await record.tell('organization-example-union', registered({ name: 'Example Union' }));
    await record.tell(
      'report-ec-performance-2028-example-union',
      requested({ on: '2028-01-01', deadline: '2028-02-29' }),
    );
    contacts({});
    await look();
    // From now on the contacts cannot be read, but what was prepared is queued and recorded as far as it goes.
    writeFileSync(join(record.folder, 'contacts.json'), '{');
    await look();
    expect(await running.queue.status(`look-${looks}`)).toMatchObject({
      state: 'failed',
      failure: '2 mails could not be looked after',
    });
    contacts({ 'example-union': ['reports@union.example'] });
    await look();
    expect(server.taken.map(({ to }) => to)).toEqual([['reports@union.example']]);
  });
});
