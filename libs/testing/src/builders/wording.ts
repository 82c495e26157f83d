import type { DomainEvent, Edtf, Source } from '#reporting';

/** As `T`, with dates written as plain text, so that a spec reads aloud. */
export type Plain<T> = T extends string | number | boolean | undefined
  ? T extends Edtf
    ? string
    : T
  : { readonly [Field in keyof T]: Plain<T[Field]> };

type DataOf<E extends DomainEvent, T extends E['type']> = Plain<Extract<E, { type: T }>['data']>;
type FactsOf<C extends { type: string }, T extends C['type']> = Plain<Omit<Extract<C, { type: T }>, 'type'>>;

/** Builders of events: `usual` is what most specs do not care about, `told` what the one at hand is about. */
export function events<E extends DomainEvent>() {
  return <T extends E['type']>(type: T, usual: DataOf<E, T>) =>
    (told: Partial<DataOf<E, T>> = {}) =>
      ({ type, data: { ...usual, ...told } }) as unknown as Extract<E, { type: T }>;
}

/** The same for commands. */
export function commands<C extends { type: string }>() {
  return <T extends C['type']>(type: T, usual: FactsOf<C, T>) =>
    (told: Partial<FactsOf<C, T>> = {}) =>
      Object.assign({ type }, usual, told) as unknown as Extract<C, { type: T }>;
}

export const found: Source = {
  title: 'Annual letter of the Example Registry',
  address: 'https://registry.example/letter',
  confidence: 'found',
};
export const recalled: Source = { title: 'Notes of a participant', confidence: 'recalled' };
