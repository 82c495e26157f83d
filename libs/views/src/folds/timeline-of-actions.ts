import type { OrganizationId } from '#reporting';
import { isFinal, participantsOf, precisionOf } from '#reporting';
import type { ActionDocument } from './actions.js';
import type { Entries, TimelineEntry } from './timeline-entry.js';
import { recordedOn } from './timeline-entry.js';

/** Everything that an action puts into the timelines of its participants. */
function entriesOf(action: ActionDocument): Entries {
  const entries = new Map<string, TimelineEntry>();
  const { title, description, confidence, sources, statusHistory } = action;
  const from = action.why[0]!;
  for (const organization of participantsOf(action.lead, action)) {
    const about = { title, action: summaryOf(action, organization) };
    const put = (what: string, entry: Omit<TimelineEntry, 'organization' | 'precision' | 'title' | 'action'>) => {
      const key = `${organization}/${entry.date} ${action.action}/${what}`;
      entries.set(key, { organization, precision: precisionOf(entry.date), ...about, ...entry });
    };
    const started = action.startedOn.date;
    put('started', {
      kind: 'action-started',
      date: started,
      detail: description,
      confidence: action.startedOn.confidence ?? confidence,
      sources,
      sequence: from,
      why: action.why,
    });
    const ended = action.endedOn;
    if (ended && isFinal(action.status)) {
      const end = statusHistory.findLast(({ status }) => status === action.status)!;
      put('ended', {
        kind: 'action-ended',
        date: ended.date,
        detail: [action.status, action.supersededBy, end.reason].filter(Boolean).join(': '),
        confidence: ended.confidence ?? confidence,
        sequence: end.sequence,
        why: [...new Set([from, end.sequence])],
      });
    }
    for (const { title: detail, on, sequence } of action.milestones) {
      put(`milestone-${sequence}`, { kind: 'milestone-reached', date: on, detail, sequence, why: [sequence] });
    }
  }
  return entries;
}

function summaryOf(action: ActionDocument, organization: OrganizationId): NonNullable<TimelineEntry['action']> {
  return {
    action: action.action,
    role: organization === action.lead ? 'lead' : 'partner',
    lead: action.lead,
    partners: action.partners,
    status: action.status,
    ...(action.endedOn && { endedOn: action.endedOn.date }),
    track: action.track,
    scope: action.scope.test,
    counted: action.counted,
    issues: action.issues,
    groups: action.stakeholders.map(({ group }) => group),
    ...(action.inError && { inError: true as const }),
  };
}
