declare const isLogAddress: unique symbol;

/**
 * Where a log can be read beside the store that owns it, from any thread: what `openLogReader` takes. Stores give it, and nobody
 * else looks inside; it can be sent to a thread as it is.
 */
export type LogAddress = string & { readonly [isLogAddress]: true };
