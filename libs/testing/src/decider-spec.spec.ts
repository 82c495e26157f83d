import { describe, expect, it } from '@jest/globals';
import type { Decider } from '#reporting';
import { Refusal } from '#reporting';
import { specFor } from './decider-spec.js';
import { playThrough } from './play-through.js';

interface Counted {
  readonly type: 'Counted';
  readonly data: { readonly by: number; readonly note?: string | undefined };
}
interface Counter {
  readonly total: number;
  readonly steps: number[];
}
type Count = { readonly type: 'Count'; readonly by: number };

const counter: Decider<Counter, Count, Counted> = {
  initial: { total: 0, steps: [] },
  decide({ by }) {
    if (by === 0) throw new Refusal('nothing-changed', { by });
    if (by < 0) throw new RangeError('a bug');
    return [{ type: 'Counted', data: { by } }];
  },
  evolve: ({ total, steps }, { data }) => ({ total: total + data.by, steps: [...steps, data.by] }),
};

const count = (by: number): Count => ({ type: 'Count', by });
const counted = (by: number): Counted => ({ type: 'Counted', data: { by } });

describe('A spec for a decider', () => {
  const given = specFor(counter);

  it('passes where the events, the refusal or the state are as told', () => {
    given(counted(1)).when(count(2)).records(counted(2));
    given(counted(1)).when(count(0)).refuses('nothing-changed', { by: 0 });
    given(counted(1)).when(count(2)).thenState({ total: 3 });
    given(counted(1), counted(2)).thenState({ total: 3, steps: [1, 2] });
  });

  it('shows the events where a refusal was expected', () =>
    expect(() => given().when(count(2)).refuses('nothing-changed')).toThrow(
      /Expected the refusal nothing-changed, but the command was accepted[^]*Counted/,
    ));

  it('shows the refusal and its facts where events were expected', () =>
    expect(() => given().when(count(0)).records(counted(0))).toThrow(
      /Expected events, but the command was refused[^]*nothing-changed[^]*"by": 0/,
    ));

  it('fails on other events, another code, other facts or another state', () => {
    expect(() => given().when(count(2)).records(counted(3))).toThrow(/toStrictEqual/);
    expect(() => given().when(count(2)).records()).toThrow(/toStrictEqual/);
    expect(() => given().when(count(0)).refuses('code-unknown')).toThrow(/code-unknown/);
    expect(() => given().when(count(0)).refuses('nothing-changed', { by: 1 })).toThrow(/"by"/);
    expect(() => given(counted(1)).thenState({ total: 2 })).toThrow(/"total"/);
  });

  it('lets a bug come out as it is', () => expect(() => given().when(count(-1))).toThrow(RangeError));

  it('fails where an event holds what JSON cannot', () => {
    const vague: typeof counter = { ...counter, decide: () => [{ type: 'Counted', data: { by: 1, note: undefined } }] };
    const outcome = specFor(vague)().when(count(1));
    expect(() => outcome.records({ type: 'Counted', data: { by: 1, note: undefined } })).toThrow(/toStrictEqual/);
  });

  it('fails where a rule changes the state that it was handed', () => {
    const careless: typeof counter = {
      ...counter,
      evolve(state, { data }) {
        state.steps.push(data.by);
        return state;
      },
    };
    expect(() => specFor(careless)(counted(1))).toThrow(TypeError);
  });
});

describe('Commands played through', () => {
  it('go on after a refusal, and keep it', () => {
    const steps = playThrough(counter, [count(1), count(0), count(2)]);
    expect(steps.map(({ after }) => after.total)).toEqual([1, 1, 3]);
    expect(steps.map(({ refusal }) => refusal?.code)).toEqual([undefined, 'nothing-changed', undefined]);
  });

  it('stop at a bug', () => expect(() => playThrough(counter, [count(1), count(-1)])).toThrow('a bug'));
});
