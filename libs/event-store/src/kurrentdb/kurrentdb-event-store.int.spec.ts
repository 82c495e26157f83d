import { afterAll, beforeAll } from '@jest/globals';
import { StandIn } from '../../../../test/stand-in/stand-in.js';
import { eventStoreContract } from '../event-store.contract.js';
import { KurrentDbEventStore } from './kurrentdb-event-store.js';

let server: StandIn;
/** Most tests leave it open, and the next one then goes on with it. */
let store: KurrentDbEventStore;
const isOpen = () =>
  store.describe().then(
    () => true,
    () => false,
  );
beforeAll(async () => {
  server = await StandIn.start();
  store = await KurrentDbEventStore.open(server.url);
});
afterAll(async () => {
  await store.close();
  await server.stop();
});

eventStoreContract('KurrentDbEventStore', async () => {
  if (!(await isOpen())) store = await KurrentDbEventStore.open(server.url);
  return {
    store,
    async reopen() {
      await store.close();
      return (store = await KurrentDbEventStore.open(server.url));
    },
    close: async () => {},
  };
});
