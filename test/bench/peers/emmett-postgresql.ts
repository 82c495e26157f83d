import { appendingTo, appendingUntilKilled } from '../measuring/callers.js';
import { answering } from '../measuring/side.js';
import { appendTo, type EmmettStore, peer } from './emmett.js';

interface EmmettPostgresql {
  getPostgreSQLEventStore: (connection: string) => EmmettStore & { schema: { migrate(): Promise<void> } };
}

const [connection = ''] = process.argv.slice(2);
const { getPostgreSQLEventStore } = await peer<EmmettPostgresql>('@event-driven-io/emmett-postgresql');
const store = getPostgreSQLEventStore(connection);
await store.schema.migrate();
const append = appendTo(store);

answering({ append: appendingTo(append), appendUntilKilled: appendingUntilKilled(append) });
