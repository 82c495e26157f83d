import { appendingTo, appendingUntilKilled } from '../measuring/callers.js';
import { answering } from '../measuring/side.js';
import { appendTo, type EmmettStore, peer } from './emmett.js';

interface EmmettSqlite {
  getSQLiteEventStore: (options: object) => EmmettStore;
  sqliteConnection: (options: object) => object;
}

const [fileName = '', connections] = process.argv.slice(2);
const { getSQLiteEventStore, sqliteConnection } = await peer<EmmettSqlite>('@event-driven-io/emmett-sqlite');
const store =
  connections === 'one-each'
    ? getSQLiteEventStore({ fileName })
    : getSQLiteEventStore({
        fileName,
        connectionOptions: { singleton: true, connection: sqliteConnection({ fileName }) },
      });
const append = appendTo(store);

answering({ append: appendingTo(append), appendUntilKilled: appendingUntilKilled(append) });
