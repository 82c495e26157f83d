import { SqliteEventStore } from '#event-store';
import { type Append, appendingTo, appendingUntilKilled } from '../measuring/callers.js';
import { answering } from '../measuring/side.js';

const [file = ''] = process.argv.slice(2);
const store = SqliteEventStore.open(file);

const append: Append = (stream, revision, event) =>
  store.append(stream, revision === -1 ? 'no-stream' : revision, [event]);

answering({ append: appendingTo(append), appendUntilKilled: appendingUntilKilled(append) });
