import { describe, expect, it } from '@jest/globals';
import { KurrentDbEventStore } from '#event-store';
import { eventStoreContract } from '../../libs/event-store/src/event-store.contract.js';
import { answersOf, BY_VERSION, REAL_ANSWERS } from './observed/questions.js';

/** Run by `npm run test:kurrentdb` (`with-server.ts`). It writes to the server that it is given. */
const url = process.env['KURRENTDB_URL'];
if (url === undefined) {
  throw new Error('KURRENTDB_URL is not set: run these tests with npm run test:kurrentdb');
}

eventStoreContract(`KurrentDbEventStore on ${url.replace(/^.*(\/\/|@)|[/?].*$/g, '')}`, async () => {
  let store = await KurrentDbEventStore.open(url);
  return {
    store,
    async reopen() {
      await store.close();
      return (store = await KurrentDbEventStore.open(url));
    },
    close: () => store.close(),
  };
});

describe('The server', () => {
  it('answers as EventStoreDB 24.6.0 did, but for what newer ones do more of', async () => {
    const other = [...(await answersOf(url))].filter(([question, answer]) => answer !== REAL_ANSWERS.get(question));
    expect(other.filter(([question]) => !BY_VERSION.test(question))).toEqual([]);
  }, 120_000);
});
