import { describe, expect, it } from '@jest/globals';
import { recognise, SHAPES, UnknownEvent } from './shapes.js';

const withdrawn = { type: 'ReportWithdrawn', data: { reason: 'Sent in the name of another body' } };
const inShape = (v: string) => ({ ...withdrawn, metadata: { v } });

describe('A stored event', () => {
  it('is taken as it is where its shape is of today', () => {
    const stored = inShape(String(SHAPES.ReportWithdrawn));
    expect(recognise(stored)).toBe(stored);
  });

  it('is of the first shape where it does not say', () =>
    expect(recognise({ ...withdrawn, metadata: {} })).toMatchObject(withdrawn));

  it.each(['2', '0', '-1', '1.5', 'one', ''])('stops the fold where no rule knows its shape %j', (v) =>
    expect(() => recognise(inShape(v))).toThrow(UnknownEvent),
  );

  it.each(['ReportForgotten', 'constructor', 'toString', ''])(
    'stops the fold where no rule knows its type %j',
    (type) => expect(() => recognise({ type, data: {}, metadata: { v: '1' } })).toThrow(UnknownEvent),
  );

  it('says what to do about it', () =>
    expect(() => recognise(inShape('7'))).toThrow(/ReportWithdrawn in shape 7.*newer edition.*upgrade/));
});
