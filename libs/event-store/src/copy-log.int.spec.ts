import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StandIn } from '../../../test/stand-in/stand-in.js';
import { copyLog, type CopyProgress, sumOf } from './copy-log.js';
import { type EventStore, MAX_APPEND_BYTES, type NewEvent, type RecordedEvent } from './event-store.js';
import { KurrentDbEventStore } from './kurrentdb/kurrentdb-event-store.js';
import { SqliteEventStore } from './sqlite/sqlite-event-store.js';

let folder: string;
let source: SqliteEventStore;
let server: StandIn;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'para71-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  source = file();
  server = await StandIn.start();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await server.stop();
});

const opened: EventStore[] = [];
const file = (): SqliteEventStore => keep(SqliteEventStore.open(join(folder, `${randomUUID()}.sqlite`)));
const onServer = async (): Promise<EventStore> => keep(await KurrentDbEventStore.open(server.url));

function keep<T extends EventStore>(store: T): T {
  opened.push(store);
  return store;
}

const told = (command: string, text = 'An answer', metadata: Record<string, string> = {}): NewEvent => ({
  id: randomUUID(),
  type: 'SectionAnswered',
  data: { text, 2: 'second', 1: 'first', nested: { of: [null, true, -1.5e-7, 'ß\u2028🜚'] } },
  metadata: { commandId: command, salt: 'example', ...metadata },
});

/** Streams in turn, of which one is not public, and commands of several events; the last of them is as large as any may be. */
async function fill(store: EventStore, commands: number): Promise<void> {
  const revisions = new Map<string, number>();
  const tell = async (stream: string, events: NewEvent[]) => {
    const { revision } = await store.append(stream, revisions.get(stream) ?? 'no-stream', events);
    revisions.set(stream, revision);
  };
  for (let n = 0; n < commands; n++) {
    const stream = n % 5 === 0 ? `mail-${n}` : `report-${n % 7}`;
    await tell(
      stream,
      Array.from({ length: 1 + (n % 3) }, () => told(`command-${n}`)),
    );
  }
  const large = [told('large', 'x'.repeat(400_000)), told('large', 'x'.repeat(400_000))];
  await tell('report-large', large);
}

async function all(store: EventStore): Promise<Omit<RecordedEvent, 'position'>[]> {
  const events: Omit<RecordedEvent, 'position'>[] = [];
  for await (const { position: _, ...event } of store.readAll()) events.push(event);
  return events;
}

/** The appends that it passes on, as the numbers of their events; from `failAt` on it fails instead. */
function watched<T extends EventStore>(store: T, failAt = Infinity): { store: T; sizes: number[] } {
  const sizes: number[] = [];
  const append: EventStore['append'] = (stream, expected, events) => {
    if (sizes.length >= failAt) return Promise.reject(new Error('The line was cut'));
    sizes.push(events.length);
    return store.append(stream, expected, events);
  };
  const bound = new Proxy(store, {
    get: (of, name) => {
      if (name === 'append') return append;
      const value: unknown = Reflect.get(of, name, of);
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
  });
  return { store: bound, sizes };
}

describe('the copy of a log', () => {
  it('on a server, and back in a file, is the same to the last member and in the same order', async () => {
    await fill(source, 60);
    const [server, back] = [await onServer(), file()];
    const there = await copyLog(source, server);
    const again = await copyLog(server, back);
    const original = await all(source);
    expect(await all(server)).toEqual(original);
    expect(await all(back)).toEqual(original);
    expect(there).toEqual({
      events: original.length,
      streams: new Set(original.map(({ stream }) => stream)).size,
      alreadyThere: 0,
      sha256: (await sumOf(source)).sha256,
      grown: false,
    });
    expect(again).toEqual(there);
  }, 30_000);

  it('keeps what was one append one append, in a file too, where many go into one sync', async () => {
    await fill(source, 700);
    const expected = [...Array.from({ length: 700 }, (_, n) => 1 + (n % 3)), 2];
    const copy = watched(file());
    await copyLog(source, copy.store);
    expect(copy.sizes).toEqual(expected);
    expect(await all(copy.store)).toEqual(await all(source));
  }, 30_000);

  it('takes events without a command one by one', async () => {
    const { commandId: _, ...rest } = told('none').metadata;
    await source.append(
      'person-1',
      'no-stream',
      ['a', 'b'].map((text) => ({ ...told('none', text), metadata: rest })),
    );
    const copy = watched(file());
    await copyLog(source, copy.store);
    expect(copy.sizes).toEqual([1, 1]);
  });

  it('divides what is one command but more than one append may carry', async () => {
    const half = 'x'.repeat(MAX_APPEND_BYTES / 2);
    await source.append('report-1', 'no-stream', [told('one', half)]);
    await source.append('report-1', 0, [told('one', half)]);
    const copy = watched(file());
    await copyLog(source, copy.store);
    expect(copy.sizes).toEqual([1, 1]);
  });

  it('of an empty log is empty', async () => {
    expect(await copyLog(source, file())).toMatchObject({ events: 0, streams: 0 });
  });

  it('says when the source has grown meanwhile', async () => {
    await fill(source, 3);
    const late = told('late');
    let once = false;
    const onProgress = ({ phase }: CopyProgress) => {
      if (phase !== 'verifying' || once) return;
      once = true;
      void source.append('report-late', 'no-stream', [late]);
    };
    expect(await copyLog(source, file(), { onProgress })).toMatchObject({ grown: true });
  });
});

describe('a copy that was cut off', () => {
  it.each([0, 1, 17, 60])('after %i appends goes on from there', async (appends) => {
    await fill(source, 60);
    const copy = await onServer();
    const first = copyLog(source, watched(copy, appends).store);
    await expect(first).rejects.toThrow('The line was cut');
    const left = (await all(copy)).length;
    const second = watched(copy);
    expect(await copyLog(source, second.store)).toMatchObject({ alreadyThere: left });
    expect(second.sizes.length).toBe(61 - appends);
    expect(await all(copy)).toEqual(await all(source));
  });

  it('by its signal has no command in parts, and goes on as well', async () => {
    await fill(source, 400);
    const copy = file();
    const end = new AbortController();
    const onProgress = () => end.abort(new Error('Ctrl-C'));
    await expect(copyLog(source, copy, { signal: end.signal, onProgress })).rejects.toThrow('Ctrl-C');
    const left = (await all(copy)).length;
    expect(left).toBeGreaterThan(0);
    expect(await copyLog(source, copy)).toMatchObject({ alreadyThere: left });
    expect(await all(copy)).toEqual(await all(source));
  });

  it('begins between commands when the signal comes between the events of one', async () => {
    const three = [told('one'), told('one'), told('one')];
    await source.append('report-1', 'no-stream', three);
    const end = new AbortController();
    const reading = new Proxy(source, {
      get: (of, name) => {
        if (name !== 'readPages') return Reflect.get(of, name, of) as unknown;
        return async function* () {
          for await (const page of of.readPages()) {
            yield page.slice(0, 2);
            end.abort(new Error('Ctrl-C'));
            yield page.slice(2);
          }
        };
      },
    });
    const copy = file();
    await expect(copyLog(reading, copy, { signal: end.signal })).rejects.toThrow('Ctrl-C');
    expect(await all(copy)).toEqual([]);
  });

  it('and is complete is only verified', async () => {
    await fill(source, 10);
    const copy = file();
    const { events } = await copyLog(source, copy);
    const again = watched(copy);
    expect(await copyLog(source, again.store)).toMatchObject({ events, alreadyThere: events });
    expect(again.sizes).toEqual([]);
  });
});

describe('a target that holds anything else is refused, and left as it is:', () => {
  const refuses = async (target: EventStore, message: RegExp) => {
    const before = await all(target);
    const copy = watched(target);
    await expect(copyLog(source, copy.store)).rejects.toMatchObject({
      code: 'logs-differ',
      message: expect.stringMatching(message),
    });
    expect(copy.sizes).toEqual([]);
    expect(await all(target)).toEqual(before);
  };

  it('another event', async () => {
    await fill(source, 5);
    const target = await onServer();
    await target.append('person-1', 'no-stream', [told('other')]);
    await refuses(target, /its event number 1 is SectionAnswered .* of person-1, where the source has .* of mail-0/);
  });

  it.each<[string, Partial<NewEvent>]>([
    ['the same event with other data', { data: { text: 'Another answer' } }],
    ['the same event with other metadata', { metadata: { commandId: 'one', salt: 'other' } }],
    ['the same event with another type', { type: 'SectionWithheld' }],
  ])('%s', async (_, change) => {
    const event = told('one');
    await source.append('report-1', 'no-stream', [event]);
    const target = file();
    await target.append('report-1', 'no-stream', [{ ...event, ...change }]);
    await refuses(target, /event number 1/);
  });

  it('the same events in another order', async () => {
    const [a, b] = [told('a'), told('b')];
    const target = file();
    await source.append('report-1', 'no-stream', [a]);
    await source.append('report-2', 'no-stream', [b]);
    await target.append('report-2', 'no-stream', [b]);
    await target.append('report-1', 'no-stream', [a]);
    await refuses(target, /event number 1/);
  });

  it('more than the source has', async () => {
    await fill(source, 5);
    const target = file();
    await copyLog(source, target);
    await target.append('report-more', 'no-stream', [told('more')]);
    await refuses(target, /of report-more, where the source has no more events/);
  });
});

describe('what cannot be copied is named:', () => {
  /** The source as a server tells it that has dropped the first events of a stream. */
  it('a source that has lost events', async () => {
    await source.append('report-1', 'no-stream', [told('a')]);
    await source.append('report-1', 0, [told('b')]);
    const { position } = (await source.readAll({ limit: 1 })[Symbol.asyncIterator]().next()).value as RecordedEvent;
    const truncated = new Proxy(source, {
      get: (of, name) =>
        name === 'readPages' ? () => of.readPages({ after: position }) : (Reflect.get(of, name, of) as unknown),
    });
    await expect(copyLog(truncated, file())).rejects.toThrow(/revision 1 of report-1 comes where 0 should/);
  });

  it('another writer at the target, who was faster than the copy', async () => {
    await fill(source, 5);
    const target = await onServer();
    const racing = new Proxy(target, {
      get: (of, name) => {
        if (name !== 'append') {
          const value: unknown = Reflect.get(of, name, of);
          return typeof value === 'function' ? (value.bind(of) as unknown) : value;
        }
        return async (...given: Parameters<EventStore['append']>) => {
          await of.append(`person-${randomUUID()}`, 'no-stream', [told('other')]);
          return of.append(...given);
        };
      },
    });
    await expect(copyLog(source, racing)).rejects.toThrow(/somebody else writing to the target/);
  });
});
