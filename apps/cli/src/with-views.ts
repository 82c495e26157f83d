import { ALL_VIEWS, Views } from '#views';
import type { Talk } from './io.js';

/** What `tell` says of the views of a log, once they are built. They end with it, or when they are interrupted. */
export async function withViews<Told>(
  options: Pick<ConstructorParameters<typeof Views>[0], 'folder' | 'store' | 'onProgress'>,
  { io: { signal } }: Talk,
  tell: (views: Views) => Promise<Told> | Told,
): Promise<Told> {
  const views = new Views({ ...options, views: ALL_VIEWS, progressEveryMs: 100 });
  const end = () => void views.close();
  signal.addEventListener('abort', end);
  try {
    await views.start();
    return await tell(views);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    await views.close();
  }
}
