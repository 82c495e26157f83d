export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
  readonly code = 'took-too-long';
  constructor(ms: number) {
    super(`There was no answer within ${ms} ms`);
  }
}

/** What `run` gives, or `TookTooLong`. What it does goes on: the caller only stops waiting. */
export async function within<Result>(ms: number, run: () => Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(ms)), ms);
  });
  try {
    return await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}
