import { describe, expect, it } from '@jest/globals';
import { collect, isCaughtUp, some, type Stage, until } from './stage.contract.js';

export function closingContract(on: Stage): void {
  describe('closing', () => {
    it('finishes what is under way', async () => {
      const appends = Array.from({ length: 50 }, (_, i) =>
        on.store.append(`${on.category}-${i}`, 'no-stream', some(1)),
      );
      await Promise.all([...appends, on.store.close()]);
      await on.reopen();
      expect(await collect(on.store.readAll({ categories: [on.category] }))).toHaveLength(50);
    });

    it('ends subscriptions without an error', async () => {
      let caughtUp = false;
      const ended = (async () => {
        for await (const step of on.store.subscribe({ categories: [on.category] })) caughtUp ||= isCaughtUp(step);
      })();
      await until(() => caughtUp);
      await on.store.close();
      await ended;
    });

    it('may be done twice', async () => {
      await on.store.close();
      await on.store.close();
    });

    it('leaves a store that refuses everything', async () => {
      await on.store.append(on.stream, 'no-stream', some(1));
      await on.store.close();
      const closed = expect.objectContaining({ code: 'store-closed' });
      await expect(on.store.append(on.stream, 0, some(1))).rejects.toEqual(closed);
      await expect(on.read()).rejects.toEqual(closed);
      await expect(collect(on.store.readAll())).rejects.toEqual(closed);
      await expect(collect(on.store.subscribe())).rejects.toEqual(closed);
    });
  });
}
