import type { Edtf, OrganizationId } from '#reporting';
import { isFinal, participantsOf, precisionOf } from '#reporting';
import type { ActionDocument } from './actions.js';
import type { Entries, TimelineEntry } from './timeline-entry.js';

type OwnPart = Omit<TimelineEntry, 'organization' | 'precision' | 'title' | 'action' | 'why'>;

/** Everything that an action puts into the timelines of its participants. */
export function entriesOfAction(action: ActionDocument): Entries {
  const entries = new Map<string, TimelineEntry>();
  const { title } = action;
  const happenings = [...happeningsOf(action)];
  for (const organization of participantsOf(action.lead, action)) {
    const summary = summaryOf(action, organization);
    for (const [what, entry] of happenings) {
      const key = `${organization}/${entry.date} ${action.action}/${what}`;
      // Title and summary rest on all that was ever said of the action.
      const stands = { title, action: summary, ...entry, why: action.why };
      entries.set(key, { organization, precision: precisionOf(entry.date), ...stands });
    }
  }
  return entries;
}

function* happeningsOf(action: ActionDocument): Generator<[what: string, entry: OwnPart]> {
  const { startedOn, endedOn, status, statusHistory, confidence } = action;
  yield [
    'started',
    {
      kind: 'action-started',
      date: startedOn.date,
      detail: action.description,
      confidence: startedOn.confidence ?? confidence,
      sources: action.sources,
      sequence: action.why[0]!,
    },
  ];
  const end = statusHistory.findLast((each) => each.status === status);
  // What was given up before it began has no end of its own.
  const date = endedOn?.date ?? end?.on;
  if (date && end && isFinal(status)) {
    yield [
      'ended',
      {
        kind: 'action-ended',
        date,
        detail: [status, action.supersededBy, end.reason].filter(Boolean).join(': '),
        confidence: endedOn?.confidence ?? confidence,
        sequence: end.sequence,
      },
    ];
  }
  for (const { title: detail, on: date, sequence } of action.milestones ?? []) {
    yield [`milestone-${sequence}`, { kind: 'milestone-reached', date, detail, sequence }];
  }
  for (const [partner, { standing, text, sequence, recordedAt }] of Object.entries(action.partnerStandings ?? {})) {
    const detail = text ? `${partner}: ${text}` : partner;
    yield [`standing-${partner}`, { kind: `partnership-${standing}`, ...recordedOn(recordedAt), detail, sequence }];
  }
  for (const { from, to, reason, sequence, recordedAt } of action.tracks ?? []) {
    const detail = `From ${from} to ${to}: ${reason}`;
    yield [`track-${sequence}`, { kind: 'track-reassigned', ...recordedOn(recordedAt), detail, sequence }];
  }
}

const recordedOn = (recordedAt: string) => ({ date: recordedAt.slice(0, 10) as Edtf, dateIs: 'recorded' as const });

function summaryOf(action: ActionDocument, organization: OrganizationId): NonNullable<TimelineEntry['action']> {
  const standing = action.partnerStandings?.[organization]?.standing;
  return {
    action: action.action,
    role: organization === action.lead ? 'lead' : 'partner',
    lead: action.lead,
    partners: action.partners,
    ...(standing && { standing }),
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
