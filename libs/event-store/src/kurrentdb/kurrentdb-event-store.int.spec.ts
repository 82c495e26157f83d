import { afterAll, beforeAll } from '@jest/globals';
import { StandIn } from '../../../../test/stand-in/stand-in.js';
import { eventStoreContract } from '../event-store.contract.js';
import { KurrentDbEventStore } from './kurrentdb-event-store.js';

let server: StandIn;
beforeAll(async () => {
  server = await StandIn.start();
});
afterAll(() => server.stop());

eventStoreContract('KurrentDbEventStore', async () => {
  let store = await KurrentDbEventStore.open(server.url);
  return {
    store,
    async reopen() {
      await store.close();
      return (store = await KurrentDbEventStore.open(server.url));
    },
    close: () => store.close(),
  };
});
