/** What was asked is not answered. Whether it was done is not known. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
  constructor(ms: number) {
    super(`no answer for ${Math.round(ms)} ms`);
  }
}

/** Of the work that is waited for. A plain object, as an `AbortController` for each append would cost as much as all our checks. */
export interface Waiting {
  /** Shows that something happens: the time begins anew. */
  progress(): void;
  /** Nobody waits for the answer any more. */
  isOver: boolean;
}

/**
 * What `work` answers, or `TimedOut` when it shows no progress for so long, or still shows some at `end` (as
 * `performance.now()` tells the time). The client's own deadlines are kept neither for reads nor for appends. The work itself
 * cannot be stopped, only left; `isOver` says so.
 */
export function within<T>(ms: number, work: (waiting: Waiting) => Promise<T>, end = Infinity): Promise<T> {
  // By hand instead of by `Promise.race`: every append goes through here, and makes no promise but this one.
  return new Promise((resolve, reject) => {
    const over = () => {
      clearTimeout(timer);
      waiting.isOver = true;
    };
    const giveUp = () => {
      over();
      reject(new TimedOut(ms));
    };
    const timer = setTimeout(giveUp, ms);
    const progress = () => {
      if (performance.now() < end) timer.refresh();
      else giveUp();
    };
    const waiting: Waiting = { progress, isOver: false };
    const fail = (error: Error) => {
      over();
      reject(error);
    };
    try {
      work(waiting).then((answer) => {
        over();
        resolve(answer);
      }, fail);
    } catch (error) {
      // Before it made a promise.
      fail(error as Error);
    }
  });
}
