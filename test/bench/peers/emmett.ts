import type { Append } from '../measuring/callers.js';

/** The part of Emmett's event stores (MIT, https://event-driven-io.github.io/emmett/) that is measured. */
export interface EmmettStore {
  appendToStream(
    stream: string,
    events: readonly { type: string; data: object; metadata: object }[],
    options: { expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' },
  ): Promise<unknown>;
}

/** Its stream versions begin with 1. The event's id, which it gives itself, goes into the data to carry the same bytes. */
export const appendTo =
  (store: EmmettStore): Append =>
  (stream, revision, { id, type, data, metadata }) =>
    store.appendToStream(stream, [{ type, data: { ...data, id }, metadata }], {
      expectedStreamVersion: revision === -1 ? 'STREAM_DOES_NOT_EXIST' : BigInt(revision + 1),
    });

/** Peers have dependencies of their own, so the compiler does not look for them. */
export const peer = async <T>(name: string): Promise<T> => (await import(name)) as T;
