import { randomInt, randomUUID } from 'node:crypto';
import {
  type Expected,
  SqliteEventStore,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../../libs/event-store/src/index.js';

/**
 * Appends to the file until it is killed, by 16 writers to 5 streams, and says on stdout what was acknowledged:
 * `ack <stream> <revision of the last event> <ids>`. Writes to a pipe are synchronous: what it said, its parent can read.
 * With `hasty` it acknowledges what it has not committed: the planted bug.
 */
const [file = '', hasty] = process.argv.slice(2);

const ATTEMPTS = 5;

process.stdout.write('ready\n');
const store = SqliteEventStore.open(file);
const heads = new Map<string, Expected>();
for (let writer = 0; writer < 16; writer++) void write();

async function write(): Promise<never> {
  for (;;) {
    const stream = `report-${randomInt(5)}`;
    const batch = randomUUID();
    const of = randomInt(1, 5);
    const events = Array.from({ length: of }, (_, n) => ({
      id: randomUUID(),
      type: 'SectionAnswered',
      data: { batch, n, of, text: 'x'.repeat(randomInt(600)) },
      metadata: {},
    }));
    const ids = events.map((event) => event.id).join();
    const expected = heads.get(stream) ?? 'no-stream';
    try {
      const appended = append(stream, expected, events);
      if (hasty) process.stdout.write(`ack ${stream} ${expected === 'no-stream' ? of - 1 : expected + of} ${ids}\n`);
      const { revision } = await appended;
      heads.set(stream, revision);
      if (!hasty) process.stdout.write(`ack ${stream} ${revision} ${ids}\n`);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      heads.set(stream, error.actual);
    }
  }
}

/** Repeats the same append when its outcome is unknown, as a caller should. */
async function append(...args: Parameters<SqliteEventStore['append']>) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await store.append(...args);
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || attempt === ATTEMPTS) throw error;
      process.stdout.write(`unavailable ${error.message}\n`);
    }
  }
}
