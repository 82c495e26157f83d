/** What was asked is not answered. Whether it was done is not known. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
  constructor(ms: number) {
    super(`no answer for ${Math.round(ms)} ms`);
  }
}

/**
 * What `work` answers, or `TimedOut` when it shows no progress for so long. The client's own deadlines are kept neither
 * for reads nor for appends. The work itself cannot be stopped, only left; its signal says so.
 */
export async function within<T>(ms: number, work: (progress: () => void, left: AbortSignal) => Promise<T>): Promise<T> {
  const left = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TimedOut(ms)), ms);
  try {
    return await Promise.race([work(() => void timer.refresh(), left.signal), late]);
  } finally {
    clearTimeout(timer);
    left.abort();
  }
}
