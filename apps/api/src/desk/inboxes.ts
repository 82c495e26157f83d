import { Injectable, Optional } from '@nestjs/common';
import { Known } from '#commands';
import type { AppointedRole, OrganizationId, PlatformRole } from '#reporting';
import { InboxOfAdministrator, InboxOfOrganization, InboxOfReviewer, InboxOfSecretariat } from '#views';
import type { Reading } from '../reading.js';
import { nextStepOf, type NextStep, type Waits, waitsInWords } from './desk-words.js';
import { ProposedResets } from './proposed-resets.js';

/** A role, and for whom it is held. */
export type HeldRole =
  { readonly role: PlatformRole } | { readonly role: AppointedRole; readonly organization: OrganizationId };

/** Something that waits, with words for it. */
export type ShownWaits = Waits & { readonly what: string; readonly next: NextStep };

/** What waits in one role, the oldest first. */
export interface Inbox {
  readonly role: PlatformRole | AppointedRole;
  readonly organization?: OrganizationId;
  /** Why there can never be anything. */
  readonly note?: string;
  readonly waiting: readonly ShownWaits[];
}

const AUDITOR_NOTE = 'An auditor reads everything and changes nothing: nothing ever waits for one.';

/** What nobody does for an organization that they ever acted for: it waits for others. */
const IMPARTIAL: ReadonlySet<string> = new Set<Waits['kind']>([
  'version-to-note',
  'version-to-publish',
  'publication-to-second',
  'version-to-read',
  'later-version',
  'clarification-answered',
  'draft-to-show',
  'comment-to-consider',
  'finding-to-publish',
  'assessment-to-conclude',
]);

/** Who wants to know, and as of when. */
type Asking = Pick<Reading, 'ask' | 'asOf'>;

/** What waits for somebody, role by role. */
@Injectable()
export class Inboxes {
  constructor(
    private readonly known: Known,
    /** Absent where nobody signs in. */
    @Optional() private readonly resets?: ProposedResets,
  ) {}

  async of(asking: Asking, held: readonly HeldRole[], person: string | undefined): Promise<readonly Inbox[]> {
    const inboxes: Inbox[] = [];
    for (const each of held) {
      const waiting = await this.waiting(asking, each, person);
      const shown = waiting.map((item) => ({ ...item, what: waitsInWords(item), next: nextStepOf(item) }));
      inboxes.push({ ...each, ...(each.role === 'auditor' && { note: AUDITOR_NOTE }), waiting: shown });
    }
    return inboxes;
  }

  private async waiting(asking: Asking, held: HeldRole, person: string | undefined): Promise<readonly Waits[]> {
    const { asOf } = asking;
    switch (held.role) {
      case 'secretariat':
        return this.impartial(await asking.ask(new InboxOfSecretariat(person, asOf)), person);
      case 'reviewer': {
        if (person === undefined) return [];
        const own = await asking.ask(new InboxOfReviewer(person, 'reviewers', asOf));
        return this.impartial(
          own.map((item) => ({ ...item, reviewer: person })),
          person,
        );
      }
      case 'administrator': {
        const mandates = await asking.ask(new InboxOfAdministrator(person, asOf));
        // No part of the record: only the present is known of them.
        const resets = asOf === undefined ? await this.resets?.waitingFor(person) : undefined;
        return [...mandates, ...(resets ?? [])].sort((a, b) => (a.since < b.since ? -1 : 1));
      }
      case 'auditor':
        return [];
      default:
        return asking.ask(new InboxOfOrganization(held.organization, held.role, person, asOf));
    }
  }

  private async impartial(items: readonly Waits[], person: string | undefined): Promise<readonly Waits[]> {
    if (person === undefined) return items;
    const kept: Waits[] = [];
    for (const item of items) {
      const { kind, organization } = item;
      const isTheirs = IMPARTIAL.has(kind) && organization && (await this.known.everActedFor(person, organization));
      if (!isTheirs) kept.push(item);
    }
    return kept;
  }
}
