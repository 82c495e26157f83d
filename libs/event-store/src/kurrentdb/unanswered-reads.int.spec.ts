import { status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../../test/stand-in/messages.js';
import {
  CALL_MS,
  collect,
  never,
  some,
  StoreOnStandIn,
  unavailable,
} from '../../../../test/stand-in/store-on-stand-in.js';

const on = StoreOnStandIn.forEachTest();

describe('a read without an answer', () => {
  it('is tried again with another client', async () => {
    await on.store.append(on.stream, 'no-stream', some(3));
    on.once('read', never);
    expect(await on.ids()).toHaveLength(3);
    on.once('read', async () => {
      throw failure(status.UNAVAILABLE, 'Server Is Not Ready');
    });
    expect(await on.ids()).toHaveLength(3);
  });

  it('ends within the time of a call', async () => {
    on.node.faults = { before: never };
    const began = performance.now();
    await expect(collect(on.store.read(on.stream))).rejects.toEqual(unavailable(/does not answer \(TimedOut/));
    await expect(collect(on.store.readAll())).rejects.toEqual(unavailable(/does not answer/));
    expect(performance.now() - began).toBeLessThan(2 * CALL_MS + 400);
  });

  it('ends, too, when it asks for a position that the server never gave', async () => {
    const { position } = await on.store.append(on.stream, 'no-stream', some(1));
    const [commit] = position.split('/').map(BigInt);
    const after = `${commit! - 1n}/${commit! - 1n}`;
    await expect(collect(on.store.readAll({ after }))).rejects.toEqual(unavailable(/does not answer/));
    await expect(collect(on.store.subscribe({ after }))).rejects.toEqual(unavailable(/refuses/));
  });

  it.each(['1', '1/', '/1', '1/2', '-1/-1', '1/1/1', '99999999999999999999/1', ' 1/1'])(
    'is not even begun for the position %j',
    async (after) => {
      await expect(collect(on.store.readAll({ after }))).rejects.toMatchObject({ code: 'bad-read' });
      await expect(collect(on.store.subscribe({ after }))).rejects.toMatchObject({ code: 'bad-read' });
    },
  );
});
