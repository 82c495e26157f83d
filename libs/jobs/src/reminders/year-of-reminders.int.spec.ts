import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { CommandsModule, RecordingClock } from '#commands';
import { SqliteEventStore } from '#event-store';
import { recognise, reminderStream, type ReportingEvent, wasLate } from '#reporting';
import {
  everythingAdmitted,
  deadlineExtended,
  type Death,
  declined,
  FrozenClock,
  MortalStore,
  opened,
  registered,
  requested,
  sampleVocabulary,
  started,
  submitted,
} from '#testing';
import { MailServer } from '../../../../test/support/mail-server.js';
import { Contacts } from '../mail/contacts.js';
import { FolderTransport } from '../mail/folder-transport.js';
import { mailJob } from '../mail/mail-job.js';
import type { MailTransport } from '../mail/mail-transport.js';
import { Outbox } from '../mail/outbox.js';
import { SmtpTransport } from '../mail/smtp-transport.js';
import { InProcessQueue } from '../queue/in-process-queue.js';
import { Agenda } from './agenda.js';
import { REMINDER, reminderTemplate } from './reminder-mail.js';
import { type ReminderEntry, ReminderPlan } from './reminder-plan.js';
import { remindersJob } from './reminders-job.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const round = { series: 'ec-performance', year: 2028 };
/** At half past two on the wall, which comes twice on 29 October and not at all on 26 March. */
const policy = { days: [-30, -7, -1, 1, 14], at: '02:30', timeZone: 'Europe/Zurich' };

let folder: string;
let store: SqliteEventStore;
let server: MailServer;
let clock: FrozenClock;
let revisions: Map<string, number>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'para71-year-'));
  store = SqliteEventStore.open(join(folder, 'events.sqlite'));
  server = await MailServer.start();
  clock = new FrozenClock('2028-01-01T00:00:00Z');
  revisions = new Map();
  const addresses = ASKED.map(([organization]) => [organization, [`reports@${organization}.example`]] as const);
  writeFileSync(join(folder, 'contacts.json'), JSON.stringify(Object.fromEntries(addresses)));
});
afterEach(async () => {
  await server.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const ASKED = [
  ['example-leap', '2028-02-29'],
  ['example-spring', '2028-03-27'],
  ['example-month', '2028-06'],
  ['example-autumn', '2028-10-30'],
  ['example-moved', '2028-08-31'],
  ['example-declining', '2028-05-31'],
  ['example-year', '2028'],
] as const;

async function tell(stream: string, ...events: readonly ReportingEvent[]): Promise<void> {
  const recordedAt = new Date(clock.now()).toISOString();
  for (const { type, data } of events) {
    const id = crypto.randomUUID();
    const event = {
      id,
      type,
      data: data as object as Record<string, never>,
      metadata: { actor: 'editor', recordedAt },
    };
    const { revision } = await store.append(stream, revisions.get(stream) ?? 'no-stream', [event]);
    revisions.set(stream, revision);
  }
}
const reportOf = (organization: string) => `report-ec-performance-2028-${organization}`;

async function begun(): Promise<void> {
  await tell('organization-example-secretariat', registered({ name: 'Example Secretariat' }));
  await tell('cycle-ec-performance-2028', opened({ opensOn: '2028-01-01', title: 'Example round 2028' }));
  for (const [organization, deadline] of ASKED) {
    await tell(`organization-${organization}`, registered({ name: `Example “${organization}” – Zürich & Sons` }));
    await tell(reportOf(organization), requested({ on: '2028-01-01', deadline }));
  }
}

/** One process: everything that it holds is gone with it. */
class Worker {
  private constructor(
    readonly plan: ReminderPlan,
    private readonly sweep: ReturnType<typeof remindersJob>,
    readonly queue: InProcessQueue,
    private readonly app: INestApplicationContext,
    readonly store: MortalStore,
  ) {}

  static async begin(transport: MailTransport, death?: Death, jobs: 'run' | 'only-queued' = 'run'): Promise<Worker> {
    const mortal = new MortalStore(store, death);
    const recording = new RecordingClock(clock.now);
    recording.notBefore(await lastRecordedAt());
    const vocabulary = sampleVocabulary;
    const commands = CommandsModule.register({
      store: mortal,
      vocabulary,
      clock: recording,
      admitted: everythingAdmitted,
    });
    const app = await Test.createTestingModule({ imports: [commands] }).compile();
    await app.init();
    const agenda = new Agenda(mortal, policy);
    const outbox = new Outbox(mortal, recording);
    const contacts = new Contacts(join(folder, 'contacts.json'));
    const queue = new InProcessQueue({ now: clock.now });
    const bus = app.get(CommandBus, { strict: false });
    const templates = { [REMINDER]: reminderTemplate(agenda, 'https://para71.example.org') };
    const from = 'Para 71 <para71@sender.example>';
    const now = clock.now;
    if (jobs === 'run') await queue.work([mailJob({ outbox, contacts, transport, templates, from, now })]);
    const sweep = remindersJob({ agenda, outbox, contacts, queue, bus, now });
    return new Worker(new ReminderPlan(agenda, outbox, now), sweep, queue, app, mortal);
  }

  /** Until it is killed. As the schedule does: looks through the log, and lets the jobs run that come of it. */
  async look(): Promise<void> {
    const { signal } = new AbortController();
    const running = { id: 'sweep', attempt: 1, signal, progress: async () => undefined };
    await this.sweep.run({}, running).catch((error: unknown) => {
      if (!this.store.isDead) throw error;
    });
    for (let depth = await this.queue.depth(); depth.active > 0; depth = await this.queue.depth()) await turn();
  }

  async end(): Promise<void> {
    await this.queue.close();
    await this.app.close();
  }
}

async function lastRecordedAt(): Promise<string> {
  let last = '';
  for await (const { metadata } of store.readAll()) last = metadata['recordedAt']!;
  return last;
}

interface Sent {
  readonly organization: string;
  readonly days: number;
  readonly deadline: string;
  readonly due: string;
  readonly sentOn: string;
  readonly sentAt?: string;
  readonly unconfirmed?: boolean;
  readonly mail: string;
}

async function onRecord(): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const [organization] of ASKED) {
    for await (const event of store.readIfAny(reminderStream({ ...round, organization }))) {
      sent.push({ organization, ...(recognise(event).data as Omit<Sent, 'organization'>) });
    }
  }
  return sent;
}

const shown = ({ organization, days, deadline, due }: ReminderEntry | Sent) =>
  [due, organization, days, deadline].join(' ');

/** What happens to the reports in the course of the year, by the hour. */
const HAPPENING: Readonly<Record<string, () => Promise<void>>> = {
  '2028-05-10T12': () => tell(reportOf('example-declining'), declined({ on: '2028-05-10' })),
  '2028-06-27T12': () =>
    tell(reportOf('example-month'), started({ on: '2028-06-27' }), submitted({ on: '2028-06-27' })),
  '2028-08-28T12': () => tell(reportOf('example-moved'), deadlineExtended({ from: '2028-08-31', to: '2028-09-20' })),
};
const DOWN = ['2028-03-25T12', '2028-03-27T12'] as const;

/** All that is sent in the year, whatever goes wrong in it. */
const YEAR = [
  '2028-01-30T01:30:00.000Z example-leap -30 2028-02-29',
  '2028-02-22T01:30:00.000Z example-leap -7 2028-02-29',
  '2028-02-26T01:30:00.000Z example-spring -30 2028-03-27',
  '2028-02-28T01:30:00.000Z example-leap -1 2028-02-29',
  '2028-03-01T01:30:00.000Z example-leap 1 2028-02-29',
  '2028-03-14T01:30:00.000Z example-leap 14 2028-02-29',
  '2028-03-20T01:30:00.000Z example-spring -7 2028-03-27',
  // Half past two did not come on this day.
  '2028-03-26T01:30:00.000Z example-spring -1 2028-03-27',
  '2028-03-28T00:30:00.000Z example-spring 1 2028-03-27',
  '2028-04-10T00:30:00.000Z example-spring 14 2028-03-27',
  '2028-05-01T00:30:00.000Z example-declining -30 2028-05-31',
  '2028-05-31T00:30:00.000Z example-month -30 2028-06',
  '2028-06-23T00:30:00.000Z example-month -7 2028-06',
  '2028-08-01T00:30:00.000Z example-moved -30 2028-08-31',
  '2028-08-24T00:30:00.000Z example-moved -7 2028-08-31',
  '2028-09-13T00:30:00.000Z example-moved -7 2028-09-20',
  '2028-09-19T00:30:00.000Z example-moved -1 2028-09-20',
  '2028-09-21T00:30:00.000Z example-moved 1 2028-09-20',
  '2028-09-30T00:30:00.000Z example-autumn -30 2028-10-30',
  '2028-10-04T00:30:00.000Z example-moved 14 2028-09-20',
  '2028-10-23T00:30:00.000Z example-autumn -7 2028-10-30',
  // Half past two came twice: the first of them.
  '2028-10-29T00:30:00.000Z example-autumn -1 2028-10-30',
  '2028-10-31T01:30:00.000Z example-autumn 1 2028-10-30',
  '2028-11-13T01:30:00.000Z example-autumn 14 2028-10-30',
  '2028-12-01T01:30:00.000Z example-year -30 2028',
  '2028-12-24T01:30:00.000Z example-year -7 2028',
  '2028-12-30T01:30:00.000Z example-year -1 2028',
];

describe('A year of reminders', () => {
  /** Each way in which a process can die at the four appends of a reminder; each is met some three times in the year. */
  const deaths: readonly Death[] = [0, 1, 2, 3].flatMap((append) => [
    { append, when: 'before' as const },
    { append, when: 'after' as const },
  ]);

  it.each([
    { way: 'folder', isKilled: true },
    { way: 'smtp', isKilled: false },
  ] as const)(
    'Trap (ORS): reminders that stand in the plan are sent, each once and as it was shown before, by $way (processes are killed: $isKilled)',
    async ({ way, isKilled }) => {
      await begun();
      const transport = () =>
        way === 'smtp' ? new SmtpTransport(server.url, { now: clock.now }) : new FolderTransport(join(folder, 'mail'));
      let died = 0;
      const next = () => Worker.begin(transport(), isKilled ? deaths[died % deaths.length] : undefined);
      let worker = await next();
      const firstPlan = (await worker.plan.entries()).map(shown);
      const before = new Set<string>();

      let lookedTo = clock.now();
      for (let hour = 0; hour < 366 * 24; hour++) {
        clock.set(new Date(Date.UTC(2028, 0, 1, hour, 31)).toISOString());
        const now = new Date(clock.now()).toISOString();
        await HAPPENING[now.slice(0, 13)]?.();
        if (now.slice(0, 13) > DOWN[0] && now.slice(0, 13) < DOWN[1]) continue;
        // The plan is asked at the latest moment before each reminder is due.
        const due = (await worker.plan.entries({ from: lookedTo, to: clock.now() })).filter(
          ({ state }) => state === 'due',
        );
        for (const entry of due) before.add(shown(entry));
        lookedTo = clock.now();
        await worker.look();
        if (worker.store.isDead) {
          died++;
          await worker.end();
          worker = await next();
        }
        // Twice a month the clock is set back: by an hour, or by three days.
        if (hour % 360 === 200) {
          clock.pass(hour % 720 === 200 ? -HOUR : -3 * DAY);
          await worker.look();
        }
        // Once a week all that the queue holds is lost, just when it is full.
        if (hour % 168 === 2) {
          await worker.end();
          const lost = await Worker.begin(transport(), undefined, 'only-queued');
          await lost.look();
          await lost.end();
          worker = await next();
        }
      }
      await worker.look();
      await worker.end();

      const sent = await onRecord();
      expect(sent.map(shown).sort()).toEqual(YEAR);
      expect([...before].sort()).toEqual(YEAR);
      // But for what was declined, answered and moved since, it is what was shown on the first day.
      expect(YEAR.filter((line) => !line.endsWith('2028-09-20')).every((line) => firstPlan.includes(line))).toBe(true);
      expect(firstPlan).toHaveLength(ASKED.length * policy.days.length);

      expect(sent.filter(({ unconfirmed }) => unconfirmed)).toEqual([]);
      const mails = way === 'smtp' ? server.taken.map(({ text }) => text) : mailsInFolder();
      expect(mails).toHaveLength(YEAR.length);
      const ids = mails.map((text) => /^Message-ID: <(.+)@sender\.example>/m.exec(text)![1]!);
      expect(ids.sort()).toEqual(sent.map(({ mail }) => mail).sort());
      if (isKilled) expect(died).toBeGreaterThan(deaths.length);
      // Only what fell into the downtime was late, and it was sent when that was over.
      if (!isKilled) {
        expect(sent.filter(wasLate).map((each) => [shown(each), each.sentOn])).toEqual([
          ['2028-03-26T01:30:00.000Z example-spring -1 2028-03-27', '2028-03-27'],
        ]);
      }
    },
    240_000,
  );

  const mailsInFolder = () =>
    readdirSync(join(folder, 'mail')).map((file) => readFileSync(join(folder, 'mail', file), 'utf8'));
});
