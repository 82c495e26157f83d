import type { ActionFacts, ActionStatus, Confidence, Edtf, LinkKind, OrganizationId, Source, Track } from '#reporting';
import { countsForParagraph71, isFinal, isGivenUpBefore, participantsOf, revisedFacts } from '#reporting';
import type { Placed, View } from '../view.js';

/** An action as it stands. Key: its id. Lists of what has not happened are absent. */
export interface ActionDocument extends ActionFacts {
  readonly action: string;
  readonly lead: OrganizationId;
  readonly track: Track;
  readonly status: ActionStatus;
  /** Whether an answer to paragraph 71 may count it. */
  readonly counted: boolean;
  readonly supersededBy?: string;
  readonly statusHistory: readonly {
    readonly status: ActionStatus;
    readonly on?: Edtf;
    readonly reason?: string;
    readonly sequence: number;
  }[];
  readonly milestones?: readonly { readonly title: string; readonly on: Edtf; readonly sequence: number }[];
  readonly links?: readonly { readonly to: string; readonly kind: LinkKind; readonly sequence: number }[];
  readonly partnerStandings?: Readonly<Record<OrganizationId, PartnerStanding>>;
  /** Who takes no part any more, and by which event: it was theirs until then. */
  readonly formerPartners?: readonly { readonly organization: OrganizationId; readonly sequence: number }[];
  readonly tracks?: readonly TrackChange[];
  readonly inError?: { readonly reason: string; readonly sequence: number };
  readonly confidence: Confidence;
  readonly sources: readonly Source[];
  readonly recordedAt: string;
  readonly revision: number;
  readonly why: readonly number[];
}

/** What a partner itself says of its part. The record gives such statements no date but their own. */
export interface PartnerStanding {
  readonly standing: 'confirmed' | 'disputed';
  readonly text?: string;
  readonly sequence: number;
  readonly recordedAt: string;
}

export interface TrackChange {
  readonly from: Track;
  readonly to: Track;
  readonly reason: string;
  readonly sequence: number;
  readonly recordedAt: string;
}

export const actions: View<ActionDocument> = {
  name: 'actions',
  version: 2,
  keysOf: ({ subject }) => (subject.category === 'action' ? [subject.action] : []),
  apply: actionAfter,
  turnsOver: () => true,
  listsOf: (action) => [
    ...participantsOf(action.lead, action).map((participant) => `participant=${participant}`),
    ...(action.formerPartners ?? []).map(({ organization }) => `former=${organization}`),
    ...action.issues.map((issue) => `issue=${issue}`),
    ...(isDisputed(action) ? [DISPUTED] : []),
    ...(hasPlannedEnd(action) ? [PLANNED_END] : []),
  ],
};

/** The list of those of which a partner says that it is none. */
export const DISPUTED = 'partnership=disputed';
/** The list of those that are to end on a day that is known. */
export const PLANNED_END = 'end=planned';

const isDisputed = ({ partners, partnerStandings = {}, inError }: ActionDocument) =>
  !inError && partners.some((partner) => partnerStandings[partner]?.standing === 'disputed');

const hasPlannedEnd = ({ status, endedOn, inError }: ActionDocument) =>
  !inError && endedOn !== undefined && (status === 'ONGOING' || status === 'PLANNED');

/** The action after an event of its stream. The timeline shows what this says. */
export function actionAfter(before: ActionDocument | undefined, event: Placed): ActionDocument | undefined {
  const after = changed(before, event);
  if (!after) return undefined;
  const { track, scope, inError } = after;
  return {
    ...after,
    counted: !inError && countsForParagraph71(track, scope.test),
    revision: event.revision,
    why: [...(before?.why ?? []), event.sequence],
  };
}

function changed(action: ActionDocument | undefined, event: Placed): ActionDocument | undefined {
  const { sequence, subject } = event;
  const recordedAt = event.metadata['recordedAt'] ?? '';
  if (event.type === 'ActionRecorded' && subject.category === 'action') {
    const { status, endedOn } = event.data;
    return {
      action: subject.action,
      ...event.data,
      counted: false,
      statusHistory: [{ status, ...(status !== 'ONGOING' && endedOn && { on: endedOn.date }), sequence }],
      recordedAt,
      revision: 0,
      why: [],
    };
  }
  if (!action) return undefined;
  switch (event.type) {
    case 'ActionRevised': {
      const revised = withFormerPartners(action, revisedFacts(action, event.data), sequence);
      return event.data.removed?.includes('endedOn') ? withoutEnd(revised) : revised;
    }
    case 'ActionStatusChanged': {
      const { to, on, reason } = event.data;
      return ended(withStatus(action, to, sequence, on, reason), to === 'COMPLETED' ? on : undefined);
    }
    case 'ActionMilestoneReached': {
      const { title, on } = event.data;
      return { ...action, milestones: [...(action.milestones ?? []), { title, on, sequence }] };
    }
    case 'PartnerConfirmed': {
      const { partner, note } = event.data;
      return withStanding(action, partner, {
        standing: 'confirmed',
        ...(note && { text: note }),
        sequence,
        recordedAt,
      });
    }
    case 'PartnerDisputed': {
      const { partner, reason } = event.data;
      return withStanding(action, partner, { standing: 'disputed', text: reason, sequence, recordedAt });
    }
    case 'ActionLinked':
      return { ...action, links: [...(action.links ?? []), { to: event.data.to, kind: event.data.kind, sequence }] };
    case 'ActionTrackReassigned': {
      const change = { ...event.data, sequence, recordedAt };
      return { ...action, track: change.to, tracks: [...(action.tracks ?? []), change] };
    }
    case 'ActionSuperseded': {
      const { by, on, reason } = event.data;
      return ended({ ...withStatus(action, 'SUPERSEDED', sequence, on, reason), supersededBy: by }, on);
    }
    case 'ActionDiscontinued': {
      const { on, reason } = event.data;
      return ended(withStatus(action, 'DISCONTINUED', sequence, on, reason), on);
    }
    case 'ActionSourceAdded':
      return { ...action, sources: [...action.sources, event.data.source] };
    case 'ActionRecordedInError':
      return { ...action, inError: { reason: event.data.reason, sequence } };
    default:
      return action;
  }
}

/** The day on which it reached its last status was said to be its end, too. */
function withoutEnd(action: ActionDocument): ActionDocument {
  const statusHistory = action.statusHistory.map(({ on, ...each }, n) =>
    n === 0 || isFinal(each.status) ? each : { ...each, ...(on && { on }) },
  );
  return { ...action, statusHistory };
}

function withStatus(
  action: ActionDocument,
  status: ActionStatus,
  sequence: number,
  on: Edtf | undefined,
  reason: string | undefined,
): ActionDocument {
  const change = { status, ...(on && { on }), ...(reason && { reason }), sequence };
  return { ...action, status, statusHistory: [...action.statusHistory, change] };
}

/** Who comes back is a partner as any other. */
function withFormerPartners(before: ActionDocument, after: ActionDocument, sequence: number): ActionDocument {
  const { formerPartners: earlier = [], ...rest } = after;
  const left = before.partners.map((organization) => ({ organization, sequence }));
  const former = [...earlier, ...left].filter(({ organization }) => !after.partners.includes(organization));
  return former.length ? { ...rest, formerPartners: former } : rest;
}

function withStanding(action: ActionDocument, partner: OrganizationId, standing: PartnerStanding): ActionDocument {
  return { ...action, partnerStandings: { ...action.partnerStandings, [partner]: standing } };
}

function ended(action: ActionDocument, on: Edtf | undefined): ActionDocument {
  return on && !isGivenUpBefore(action.startedOn.date, on) ? { ...action, endedOn: { date: on } } : action;
}
