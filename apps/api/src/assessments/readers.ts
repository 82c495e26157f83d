import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Known } from '#commands';
import { may } from '#identity';
import { type Audience, mayReadFor, type ReportId } from '#reporting';
import { audienceOfWaiting, type Waiting } from '#views';
import { type Admitted, admittedOf } from '../gate/admitted.js';
import { notSignedIn } from '../gate/refusal-of.js';
import { Relations } from '../gate/relations.js';

/** Roles that read all that reviewers write. */
const READ_ALL: ReadonlySet<string> = new Set(['secretariat', 'auditor']);

/**
 * For whom an answer about assessments is. Where nobody signs in, who reads says so in the headers Actor and Actor-Role, as
 * who gives a command does; without them an answer is for everybody.
 */
@Injectable()
export class Readers {
  constructor(
    private readonly known: Known,
    private readonly relations: Relations,
  ) {}

  /** Who asks; where nobody signs in, whoever they say. */
  personOf(request: FastifyRequest): string | undefined {
    const admitted = admittedOf(request);
    // They may be anybody, which they are told.
    if (admitted?.isUnsure) throw notSignedIn();
    return admitted ? admitted.who?.person : saidBy(request).actor || undefined;
  }

  async ofReport(request: FastifyRequest, id: ReportId): Promise<Audience> {
    const admitted = admittedOf(request);
    return admitted ? this.ofAdmitted(request, id, admitted) : this.ofSaid(saidBy(request), id);
  }

  /** For a reviewer's own eyes, or for everybody's. */
  ofReviewer(request: FastifyRequest, reviewer: string): Audience {
    const admitted = admittedOf(request);
    if (admitted) {
      if (may(admitted.who, 'ReviewerInbox') === 'yes') return 'secretariat';
      return may(admitted.who, 'ReviewerInbox', { person: reviewer }) === 'yes' ? 'reviewers' : 'public';
    }
    const { actor, role } = saidBy(request);
    if (READ_ALL.has(role)) return 'secretariat';
    return actor === reviewer ? 'reviewers' : 'public';
  }

  /** Of what waits for a reviewer, that of which who asks may know: they may have acted for some of the organizations. */
  async knownTo(request: FastifyRequest, waiting: readonly Waiting[]): Promise<readonly Waiting[]> {
    const known: Waiting[] = [];
    for (const item of waiting) {
      const audience = audienceOfWaiting(item);
      if (audience === 'public' || mayReadFor(await this.ofReport(request, item), audience)) known.push(item);
    }
    return known;
  }

  private async ofAdmitted(request: FastifyRequest, id: ReportId, { who }: Admitted): Promise<Audience> {
    const { organization } = id;
    if (!who) return 'public';
    const about = { person: who.person, organizations: [organization] };
    // Asked for nobody's assessment: only who reads all of them may.
    const readsAll = may(who, 'AssessmentDraft') === 'yes';
    const reviews = !readsAll && may(who, 'AssessmentDraft', about) === 'yes';
    const insider = await this.insider(id, who.person, { readsAll, reviews });
    if (insider) return insider;
    const theirs = await this.relations.aboutReportsOf(who, organization);
    const isTheirs = may({ ...who, mandates: [] }, 'SharedFinding', theirs) === 'yes';
    return isTheirs || (await this.relations.readsSubmitted(request, organization)) ? 'organization' : 'public';
  }

  private async ofSaid({ actor, role }: { actor: string; role: string }, id: ReportId): Promise<Audience> {
    const insider = await this.insider(id, actor, { readsAll: READ_ALL.has(role), reviews: actor !== '' });
    if (insider) return insider;
    return actor && (await this.known.actsFor(actor, id.organization)) ? 'organization' : 'public';
  }

  /**
   * What reviewers and the secretariat keep from an organization is kept from whoever ever acted for it, whatever else they
   * are: the one place that decides who reads what is internal.
   */
  private async insider(
    id: ReportId,
    person: string,
    { readsAll, reviews }: { readonly readsAll: boolean; readonly reviews: boolean },
  ): Promise<'secretariat' | 'reviewers' | undefined> {
    // Who has not declared yet that there is no conflict, stepped back, or is in one, reads no more than who reviews others:
    // else they would have read what is kept from them by the time that they say so.
    if (!readsAll && !(reviews && (await this.known.reviews(person, id)))) return undefined;
    if (person && (await this.known.everActedFor(person, id.organization))) return undefined;
    return readsAll ? 'secretariat' : 'reviewers';
  }
}

function saidBy({ headers }: FastifyRequest): { actor: string; role: string } {
  const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');
  return { actor: one(headers['actor']), role: one(headers['actor-role']) };
}
