import type { Placed, See, View } from '../view.js';
import type { ActionDocument } from './actions.js';
import { actionAfter } from './actions.js';
import type { Entries, TimelineEntry } from './timeline-entry.js';
import { entriesOfAction } from './timeline-of-actions.js';
import { entriesOfEvent } from './timeline-of-events.js';

export type { TimelineEntry, TimelineKind } from './timeline-entry.js';

export const timeline: View<TimelineEntry> = {
  name: 'timeline',
  version: 1,
  keysOf: (event, see) => {
    const { before, after } = told(event, see);
    // An entry whose date was corrected leaves its old place.
    const keys = [...after.keys()];
    for (const key of before.keys()) if (!after.has(key)) keys.push(key);
    return keys;
  },
  apply: (document, event, key, see) => {
    const entry = told(event, see).after.get(key);
    return entry && document && same(document, entry) ? document : entry;
  },
};

const NONE: Entries = new Map();

/** What the event told, kept from one call to the next for the same event; it depends on nothing else. */
let last: { event: Placed; before: Entries; after: Entries } | undefined;

function told(event: Placed, see: See): { before: Entries; after: Entries } {
  if (last?.event === event) return last;
  if (event.subject.category === 'action') {
    const before = see('actions', event.subject.action) as ActionDocument | undefined;
    const after = actionAfter(before, event);
    last = { event, before: before ? entriesOfAction(before) : NONE, after: after ? entriesOfAction(after) : NONE };
  } else {
    last = { event, before: NONE, after: entriesOfEvent(event) };
  }
  return last;
}

function same(a: TimelineEntry, b: TimelineEntry): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
