import { SqliteEventStore } from '#event-store';
import { answering } from '../measuring/side.js';

/** What Node allows: the texts of all events lie in memory, and are parsed. */
const [file = ''] = process.argv.slice(2);
const store = SqliteEventStore.open(file);
const texts: string[] = [];
for await (const page of store.readPages()) {
  for (const { id, type, data, metadata } of page) texts.push(JSON.stringify({ id, type, data, metadata }));
}
await store.close();
const bytes = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;

answering({
  events: (): { count: number; bytes: number } => ({ count: texts.length, bytes: Math.round(bytes) }),
  /** Events per second. */
  parse: (): number => {
    const began = performance.now();
    let types = 0;
    for (const text of texts) types += (JSON.parse(text) as { type: string }).type.length;
    if (types === 0) throw new Error('The texts are no events');
    return texts.length / ((performance.now() - began) / 1_000);
  },
});
