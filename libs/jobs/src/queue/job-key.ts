/** BullMQ takes no id with a colon in it (it separates the parts of its keys) and none that is a number. */
const PREFIX = 'id.';

/** Ids of the runs of a schedule, which BullMQ makes itself. */
const RUN = /^repeat:/;

export const keyOf = (id: string): string =>
  RUN.test(id) ? id : PREFIX + id.replaceAll(/[%:]/g, (sign) => encodeURIComponent(sign));

export const idOf = (key: string): string =>
  key.startsWith(PREFIX) ? key.slice(PREFIX.length).replaceAll(/%3A|%25/g, decodeURIComponent) : key;
