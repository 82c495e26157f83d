import { KurrentDbEventStore } from '../../libs/event-store/src/index.js';

/** Opens the store of a URL, and says what came of it. */
const [url = ''] = process.argv.slice(2);

try {
  const store = await KurrentDbEventStore.open(url, { attemptMs: 5_000, callMs: 5_000 });
  process.stdout.write('opened');
  await store.close();
} catch (error) {
  process.stdout.write((error as Error).message);
}
