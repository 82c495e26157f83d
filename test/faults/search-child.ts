import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Expected, SqliteEventStore } from '../../libs/event-store/src/index.js';
import { ALL_VIEWS, SearchIndex, Views } from '../../libs/views/src/index.js';

/** Writes drafts and searches until it is killed, and says when it has begun to; goes on where the one before it was. */
const [folder = ''] = process.argv.slice(2);

const store = SqliteEventStore.open(join(folder, 'events.sqlite'));
const views = new Views({ folder: join(folder, 'views'), store, views: ALL_VIEWS });
await views.start();
const index = new SearchIndex({ folder: join(folder, 'views'), store, views, editions: ALL_VIEWS });
index.start();

const heads = new Map<string, Expected>();
for (let told = 1; ; told++) {
  const stream = `report-ec-performance-2008-example-${randomInt(8)}`;
  const expected = heads.get(stream) ?? (await headOf(stream));
  const [type, data] =
    expected === 'no-stream'
      ? (['ReportStarted', { form: 'sample-form/1' }] as const)
      : ([
          'SectionAnswered',
          { section: `S0${randomInt(1, 9)}`, lang: 'en', text: `Said ${randomUUID()}`, origin: 'written' },
        ] as const);
  const metadata = { actor: 'example-editor', recordedAt: new Date().toISOString() };
  const { revision, position } = await store.append(stream, expected, [{ id: randomUUID(), type, data, metadata }]);
  heads.set(stream, revision);
  if (told === 30) process.stdout.write('ready\n');
  if (randomInt(4) === 0) {
    await views.passedPosition(position, 60_000);
    await index.current(60_000);
  }
}

async function headOf(stream: string): Promise<Expected> {
  for await (const { revision } of store.readIfAny(stream, { direction: 'backwards', limit: 1 })) return revision;
  return 'no-stream';
}
