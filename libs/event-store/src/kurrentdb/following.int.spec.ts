import { status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { failure } from '../../../../test/stand-in/messages.js';
import { Proxy } from '../../../../test/stand-in/proxy.js';
import { never, StoreOnStandIn } from '../../../../test/stand-in/store-on-stand-in.js';
import { some, until } from '../contract/stage.contract.js';

const on = StoreOnStandIn.forEachTest();

/** Gives a busy machine the time that so much takes. */
const patient = () => on.open(on.server.url, { attemptMs: 5_000 });

describe('a subscription', () => {
  const follow = (of = on.store) => {
    const stop = new AbortController();
    const steps: (number | 'caught up')[] = [];
    const categories = [on.category];
    const ended = (async () => {
      for await (const step of of.subscribe({ categories, signal: stop.signal })) {
        steps.push('caughtUp' in step ? 'caught up' : step.revision);
      }
    })();
    return { steps, stop: () => (stop.abort(), ended) };
  };

  it.each<[string, () => Promise<void>]>([
    ['the server ends it', async () => on.node.endStreams()],
    ['the server dies and comes back', async () => (on.node.die(), on.node.start())],
  ])('goes on after its last event when %s', async (_, happen) => {
    const { steps, stop } = follow();
    await on.store.append(on.stream, 'no-stream', some(2));
    await until(() => steps.includes(1));
    await happen();
    await on.store.append(on.stream, 1, some(2));
    await until(() => steps.includes(3));
    await stop();
    expect(steps.filter((step) => step !== 'caught up')).toEqual([0, 1, 2, 3]);
  });

  it('is begun again when the server does not confirm it', async () => {
    await on.store.append(on.stream, 'no-stream', some(1));
    on.once('subscribe', never);
    const { steps, stop } = follow();
    await until(() => steps.includes('caught up'));
    await stop();
    expect(steps).toEqual([0, 'caught up']);
  });

  it('is begun again when it falls silent while the log has more', async () => {
    const { steps, stop } = follow();
    await until(() => steps.includes('caught up'));
    let isSilent = false;
    on.node.faults = {
      beforeEvent: () => {
        isSilent = true;
        return never();
      },
    };
    await on.store.append(on.stream, 'no-stream', some(2));
    await until(() => isSilent);
    on.node.faults = {};
    await until(() => steps.includes(1));
    await stop();
    expect(steps.filter((step) => step !== 'caught up')).toEqual([0, 1]);
  });

  it('is begun again when its connection is dead without anyone saying so', async () => {
    const proxy = await Proxy.start(on.node.port);
    const behind = await on.open(`kurrentdb://127.0.0.1:${proxy.port}?tls=false`);
    const { steps, stop } = follow(behind);
    await until(() => steps.includes('caught up'));
    proxy.halfOpen();
    await on.store.append(on.stream, 'no-stream', some(2));
    await until(() => steps.includes(1));
    await stop();
    await behind.close();
    await proxy.stop();
    expect(steps.filter((step) => step !== 'caught up')).toEqual([0, 1]);
  });

  it('is begun again with pauses that grow while the server refuses', async () => {
    const tries: number[] = [];
    on.node.faults = {
      before: async (call) => {
        if (call !== 'subscribe') return;
        tries.push(performance.now());
        throw failure(status.UNAVAILABLE, 'Server Is Not Ready');
      },
    };
    const { steps, stop } = follow();
    await until(() => tries.length >= 6);
    on.node.faults = {};
    await until(() => steps.includes('caught up'));
    await stop();
    const pauses = tries.slice(1).map((at, n) => at - tries[n]!);
    // Half of 100, 150, 225, 338 and 506 ms at least, whatever the jitter.
    for (const [n, least] of [50, 75, 112, 168, 253].entries()) expect(pauses[n]).toBeGreaterThanOrEqual(least - 2);
  });

  it('holds the server back while nobody reads', async () => {
    const count = 10_000;
    const store = await patient();
    for (let last = -1; last < count - 1;) {
      ({ revision: last } = await store.append(on.stream, last < 0 ? 'no-stream' : last, some(1_000)));
    }
    let sent = 0;
    on.node.faults = { beforeEvent: async () => void sent++ };
    const reader = store.subscribePages({ categories: [on.category] })[Symbol.asyncIterator]();
    await reader.next();
    for (let before = -1; before < sent;) {
      before = sent;
      await delay(500);
    }
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(count / 2);
    await reader.return?.(undefined);
  });

  it('has caught up only when all is read that the server sent before it said so', async () => {
    const store = await patient();
    await store.append(on.stream, 'no-stream', some(1_500));
    let read = 0;
    for await (const step of store.subscribe({ categories: [on.category] })) {
      if ('caughtUp' in step) break;
      if (read++ % 100 === 0) await delay(20);
    }
    expect(read).toBe(1_500);
  });
});
