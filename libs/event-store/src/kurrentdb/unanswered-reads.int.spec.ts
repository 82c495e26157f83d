import { status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../../test/stand-in/messages.js';
import {
  BOUNDED,
  BUSY_MS,
  CALL_MS,
  never,
  StoreOnStandIn,
  unavailable,
} from '../../../../test/stand-in/store-on-stand-in.js';
import { collect, some } from '../contract/stage.contract.js';

const on = StoreOnStandIn.forEachTest();

describe('a read without an answer', () => {
  it.each<[string, () => Promise<void>]>([
    ['there is none', never],
    ['it is a refusal that passes', () => Promise.reject(failure(status.UNAVAILABLE, 'Server Is Not Ready'))],
  ])('is tried again with another client where %s', async (_, answer) => {
    await on.store.append(on.stream, 'no-stream', some(3));
    const connections: string[] = [];
    on.node.faults = {
      before: async (call, { peer }) => {
        if (call === 'read' && connections.push(peer) === 1) await answer();
      },
    };
    expect(await on.ids()).toHaveLength(3);
    expect(connections.length).toBeGreaterThan(1);
    expect(connections[1]).not.toBe(connections[0]);
  });

  it.each(BOUNDED)('ends within the time of a call, %s', async (_, bounds) => {
    const bounded = await on.open(on.server.url, bounds);
    on.node.faults = { before: never };
    const began = performance.now();
    await Promise.all([
      expect(collect(bounded.read(on.stream))).rejects.toEqual(unavailable(/does not answer \(TimedOut/)),
      expect(collect(bounded.readAll())).rejects.toEqual(unavailable(/does not answer/)),
    ]);
    expect(performance.now() - began).toBeLessThan(CALL_MS + BUSY_MS);
  });

  it('ends, too, when it asks for a position that the server never gave', async () => {
    const { position } = await on.store.append(on.stream, 'no-stream', some(1));
    const [commit] = position.split('/').map(BigInt);
    const after = `${commit! - 1n}/${commit! - 1n}`;
    const bounded = await on.open(on.server.url, { callMs: CALL_MS });
    await Promise.all([
      expect(collect(bounded.readAll({ after }))).rejects.toEqual(unavailable(/does not answer/)),
      expect(collect(bounded.subscribe({ after }))).rejects.toEqual(unavailable(/refuses/)),
    ]);
  });

  it.each(['1', '1/', '/1', '1/2', '-1/-1', '1/1/1', '99999999999999999999/1', ' 1/1'])(
    'is not even begun for the position %j',
    async (after) => {
      await expect(collect(on.store.readAll({ after }))).rejects.toMatchObject({ code: 'bad-read' });
      await expect(collect(on.store.subscribe({ after }))).rejects.toMatchObject({ code: 'bad-read' });
    },
  );
});
