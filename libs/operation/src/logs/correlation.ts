import { AsyncLocalStorage } from 'node:async_hooks';

interface Correlation {
  readonly correlationId: string;
}

const correlations = new AsyncLocalStorage<Correlation>();

/** Whatever `run` logs, also later and in what it awaits, carries the id of the request or job that it is done for. */
export const correlated = <Result>(correlationId: string, run: () => Result): Result =>
  correlations.run({ correlationId }, run);

export const correlation = (): Correlation | undefined => correlations.getStore();
