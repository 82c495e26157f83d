import { jsonEvent, KurrentDBClient, START, streamNameFilter } from '@kurrent/kurrentdb-client';
import { type Append, appendingTo, appendingUntilKilled } from '../measuring/callers.js';
import { answering } from '../measuring/side.js';

/** The client as its documentation uses it: nothing is checked, nothing bounded, nothing repeated. */
const [url = '', run = ''] = process.argv.slice(2);
const client = KurrentDBClient.connectionString(url);

const append: Append = (stream, revision, { id, type, data, metadata }) =>
  client.appendToStream(`bare${run}-${stream}`, jsonEvent({ id, type, data, metadata }), {
    streamState: revision === -1 ? 'no_stream' : BigInt(revision),
  });

answering({
  append: appendingTo(append),
  appendUntilKilled: appendingUntilKilled(append),
  /** The log of one category, from its beginning until so many have come. Events per second. */
  catchUp: async ({ events }: { events: number }): Promise<number> => {
    const began = performance.now();
    let read = 0;
    const filter = streamNameFilter({ prefixes: [`record${run}-`] });
    for await (const _ of client.subscribeToAll({ fromPosition: START, filter })) if (++read === events) break;
    return read / ((performance.now() - began) / 1_000);
  },
});
