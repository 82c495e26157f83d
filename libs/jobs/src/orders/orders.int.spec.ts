import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordingClock } from '#commands';
import type { JsonObject, RecordedEvent } from '#event-store';
import { RecordInFolder } from '#testing';
import { evolveOrder, type Order } from './order.js';
import { MOST_BEGINNINGS, type NewOrder, Orders } from './orders.js';

const UUID = '0b0f3f5e-6a3c-5a52-9a3e-2f6a1f7f0c11';
const ID = `example-${UUID}`;
const ORDER: NewOrder = {
  job: 'example',
  id: UUID,
  payload: { list: ['one', 'two'] },
  given: { actor: 'person-erin', role: 'secretariat', correlationId: 'request-1' },
};

let record: RecordInFolder;
let orders: Orders;

beforeEach(() => {
  record = new RecordInFolder();
  orders = ordersOver();
});
afterEach(() => record.close());

/** As another process knows them. */
const ordersOver = () => new Orders(record.store, new RecordingClock());

async function written(): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of record.store.readIfAny(`order-${ID}`)) events.push(event);
  return events;
}
const typesWritten = async () => (await written()).map(({ type }) => type);

describe('An order', () => {
  it('stands on the log with who gave it, once, however often and by however many it is placed', async () => {
    await Promise.all([orders.place(ORDER), ordersOver().place(ORDER), ordersOver().place(ORDER)]);
    const again = await orders.place({ ...ORDER, payload: { list: ['another'] } });
    expect(again).toMatchObject({ id: ID, phase: 'open', payload: ORDER.payload, begun: 0 });
    const [placed, ...others] = await written();
    expect(others).toEqual([]);
    expect(placed).toMatchObject({
      type: 'WorkOrdered',
      data: { job: 'example', payload: ORDER.payload },
      metadata: { actor: 'person-erin', role: 'secretariat', correlationId: 'request-1' },
    });
  });

  it('is open to every process until one of them says what came of it', async () => {
    const other = ordersOver();
    expect(await other.open()).toEqual([]);
    await orders.place(ORDER);
    expect((await other.open()).map(({ id }) => id)).toEqual([ID]);
    await orders.begin(ID);
    await other.begin(ID);
    expect(await orders.read(ID)).toMatchObject({ phase: 'open', begun: 2 });
    const progress = { done: 2, of: 2, what: 'examples' };
    await Promise.all([orders.done(ID, { by: 'one' }, progress), other.done(ID, { by: 'one' }, progress)]);
    expect(await orders.done(ID, { by: 'another' })).toMatchObject({ phase: 'done', result: { by: 'one' }, progress });
    expect(await orders.begin(ID)).toMatchObject({ phase: 'done', begun: 2 });
    expect([await orders.open(), await other.open(), await ordersOver().open()]).toEqual([[], [], []]);
    expect(await typesWritten()).toEqual(['WorkOrdered', 'WorkBegun', 'WorkBegun', 'WorkDone']);
  });

  it('that was given up is open again for who places it again, and for nobody else', async () => {
    await orders.place(ORDER);
    await orders.begin(ID);
    const before = (await orders.read(ID))!;
    expect(await orders.giveUp(before, 'No!')).toMatchObject({ phase: 'given-up', failure: 'No!', begun: 1 });
    await orders.giveUp(before, 'No, again!');
    expect(await orders.begin(ID)).toMatchObject({ phase: 'given-up', failure: 'No!' });
    expect([await orders.open(), await ordersOver().open()]).toEqual([[], []]);
    const placed = await orders.place({ ...ORDER, given: { actor: 'person-finn', correlationId: 'request-2' } });
    expect(placed).toMatchObject({ phase: 'open', begun: 0, payload: ORDER.payload });
    expect(placed).not.toHaveProperty('failure');
    expect((await orders.open()).map(({ id }) => id)).toEqual([ID]);
    // Whoever looked before it was ordered again knows nothing of this one.
    await orders.giveUp(before, 'No!');
    expect((await orders.read(ID))?.phase).toBe('open');
    const [, , , again] = await written();
    expect(again).toMatchObject({ type: 'WorkOrderedAgain', metadata: { actor: 'person-finn' } });
  });

  it('is done where one of those who were at it has done it, though it was given up by another', async () => {
    const placed = await orders.place(ORDER);
    await orders.giveUp(placed, 'No!');
    const done = await orders.done(ID, { by: 'one' });
    expect(done).toMatchObject({ phase: 'done', result: { by: 'one' } });
    expect(done).not.toHaveProperty('failure');
    expect(await orders.giveUp(placed, 'No!')).toEqual(done);
  });

  it('is given up when it was begun over and over and never ended', async () => {
    await orders.place(ORDER);
    for (let n = 0; n < MOST_BEGINNINGS; n++) expect((await orders.begin(ID)).phase).toBe('open');
    expect(await orders.begin(ID)).toMatchObject({
      phase: 'given-up',
      failure: `It was begun ${MOST_BEGINNINGS} times and never came to an end.`,
    });
    expect(await orders.open()).toEqual([]);
  });

  it('is given up whatever its failure says, of which so much is kept as one line needs', async () => {
    const placed = await orders.place(ORDER);
    const { failure } = await orders.giveUp(placed, `${'x'.repeat(999)}😀 and more`);
    expect(failure).toBe(`${'x'.repeat(999)}\ufffd`);
  });

  it('that nobody gave is not there', async () => {
    expect(await orders.read(ID)).toBeUndefined();
    expect(await orders.read('report-ec-performance-2008-example-union')).toBeUndefined();
    await expect(orders.begin(ID)).rejects.toThrow(`There is no order ${ID} on the log`);
  });

  it('is read as it was written before', () => {
    const before: readonly { type: string; data: JsonObject }[] = [
      { type: 'WorkOrdered', data: { job: 'example', payload: { list: [] } } },
      { type: 'WorkBegun', data: {} },
      { type: 'WorkGivenUp', data: { failure: 'No!' } },
      { type: 'WorkOrderedAgain', data: {} },
      { type: 'WorkBegun', data: {} },
      { type: 'WorkDone', data: { result: { asked: 2 }, progress: { done: 2, of: 2, what: 'requests' } } },
    ];
    const metadata = { actor: 'jobs', correlationId: ID, recordedAt: '2026-11-22T12:00:00.000Z', v: '1' };
    let order: Order | undefined;
    for (const [revision, event] of before.entries()) {
      const recorded = { ...event, id: UUID, stream: `order-${ID}`, revision, position: String(revision), metadata };
      order = evolveOrder(order, recorded);
    }
    expect(order).toEqual({
      id: ID,
      revision: 5,
      job: 'example',
      payload: { list: [] },
      phase: 'done',
      orderedAt: 3,
      begun: 1,
      result: { asked: 2 },
      progress: { done: 2, of: 2, what: 'requests' },
    });
  });
});
