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
  turnsOver: ({ action }) => action !== undefined,
};

const NONE: Entries = new Map();

interface Told {
  readonly before: Entries;
  readonly after: Entries;
}

/** What the event told, kept from one call to the next for the same event; it depends on nothing else. */
let last: (Told & { readonly event: Placed; readonly see: See }) | undefined;

function told(event: Placed, see: See): Told {
  if (last?.event === event && last.see === see) return last;
  if (event.subject.category === 'action') {
    const before = see('actions', event.subject.action) as ActionDocument | undefined;
    const after = actionAfter(before, event);
    last = { event, see, before: entriesIf(before), after: entriesIf(after) };
  } else {
    last = { event, see, before: NONE, after: entriesOfEvent(event) };
  }
  return last;
}

const entriesIf = (action: ActionDocument | undefined) => (action ? entriesOfAction(action) : NONE);

function same(a: TimelineEntry, b: TimelineEntry): boolean {
  return a.why.length === b.why.length && JSON.stringify(a) === JSON.stringify(b);
}
