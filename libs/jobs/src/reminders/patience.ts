const HOUR = 3_600_000;

/** What could not be sent for so long is not sent any more: it would tell somebody what they have long known otherwise. */
export const PATIENCE_MS = 5 * 24 * HOUR;

/** A mail that was handed over so long ago is not being sent any more: its transport waits two minutes for an answer. */
export const UNCONFIRMED_AFTER_MS = 10 * 60_000;
