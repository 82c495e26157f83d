import { StoreUnavailable } from '../errors.js';
import type { KurrentDBClient } from '@kurrent/kurrentdb-client';

const JSON_TYPE = 'application/json';

/** What of the client's inside is mended. It is the same in no other version for certain, and so the version is pinned. */
interface Inside {
  handleError: (...failed: unknown[]) => Promise<void>;
  GRPCStreamCreator: (kind: unknown, name: string, open: (grpc: unknown) => unknown, cache?: unknown) => unknown;
}

/** The stream of appends. */
interface Writable {
  write(request: AppendRequest, ...rest: unknown[]): boolean;
}
interface AppendRequest {
  getProposedMessagesList(): readonly { getMetadataMap(): { set(key: string, value: string): unknown } }[];
}

/**
 * Two mistakes in version 1.3.1 end the process with a rejection that nobody can catch, and one way of it is slow:
 *
 * - A lost connection of a cluster is handled beside the call that lost it (`handleError`, not awaited). If no server is
 *   found meanwhile, this is rejected. The call itself is rejected, too, and the next one looks again.
 * - Appends that wait because the stream of appends is full are rejected within an `async` promise executor when the
 *   stream breaks: from the 18th on that is under way at once. So it is never full: its bound is how many appends there
 *   are, as each caller waits for its own.
 * - What it is given as JSON it makes into base64, and that back into bytes, twice, in JavaScript: measured, a fifth of
 *   what an append costs. So it is given bytes, and what they are called is put right on the way out.
 */
export function mend(client: KurrentDBClient): KurrentDBClient {
  const inside = client as unknown as Inside;
  const { handleError, GRPCStreamCreator } = inside;
  if (typeof handleError !== 'function' || typeof GRPCStreamCreator !== 'function') {
    throw new StoreUnavailable('KurrentDB cannot be used with this version of its client. Install exactly 1.3.1');
  }
  inside.handleError = (...failed) => handleError(...failed).catch(() => undefined);
  inside.GRPCStreamCreator = (kind, name, open, cache) =>
    GRPCStreamCreator(
      kind,
      name,
      (grpc) => (cache === undefined ? open(grpc) : mendAppends(open(grpc) as Writable)),
      cache,
    );
  return client;
}

/** Changed in place, as the client knows its stream of appends by identity. */
function mendAppends(stream: Writable): Writable {
  const write = stream.write.bind(stream);
  stream.write = (request, ...rest) => {
    for (const event of request.getProposedMessagesList()) event.getMetadataMap().set('content-type', JSON_TYPE);
    write(request, ...rest);
    return true;
  };
  return stream;
}
