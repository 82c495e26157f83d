import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Known } from '#commands';
import { may } from '#identity';
import type { Audience, ReportId } from '#reporting';
import { type AssessmentDocument, Views } from '#views';
import { type Admitted, admittedOf } from '../gate/admitted.js';
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
    private readonly views: Views,
    private readonly relations: Relations,
  ) {}

  async ofReport(request: FastifyRequest, id: ReportId): Promise<Audience> {
    const { organization } = id;
    const admitted = admittedOf(request);
    if (admitted) return this.ofAdmitted(request, id, admitted);
    const { actor, role } = saidBy(request);
    if (READ_ALL.has(role)) return 'secretariat';
    if (!actor) return 'public';
    if (this.isReviewing(id, actor)) return 'reviewers';
    return (await this.known.actsFor(actor, organization)) ? 'organization' : 'public';
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

  private async ofAdmitted(request: FastifyRequest, id: ReportId, { who }: Admitted): Promise<Audience> {
    const { organization } = id;
    if (!who) return 'public';
    const theirs = await this.relations.aboutReportsOf(who, organization);
    const isTheirs = may({ ...who, mandates: [] }, 'SharedFinding', theirs) === 'yes';
    // Asked for nobody's assessment: only who reads all of them may. What reviewers keep from an organization is kept from
    // its people, whatever else they are.
    if (!isTheirs && may(who, 'AssessmentDraft') === 'yes') return 'secretariat';
    const about = { person: who.person, organizations: [organization] };
    if (may(who, 'AssessmentDraft', about) === 'yes' && this.isReviewing(id, who.person)) return 'reviewers';
    return isTheirs || (await this.relations.readsSubmitted(request, organization)) ? 'organization' : 'public';
  }

  /** Who stepped back, or is in a conflict, reads what everybody reads. */
  private isReviewing({ series, year, organization }: ReportId, person: string): boolean {
    const found = this.views.document('assessments', `${series}/${year}/${organization}/${person}`);
    const own = found && (JSON.parse(found.body) as AssessmentDocument);
    return own !== undefined && own.phase !== 'recused' && !own.conflict;
  }

  /** Keeps caches from giving to one reader what is for another. Called when the answer is made. */
  mark(reply: FastifyReply, reader: Audience): void {
    if (reader !== 'public') reply.header('Cache-Control', 'private, no-cache');
  }
}

function saidBy({ headers }: FastifyRequest): { actor: string; role: string } {
  const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');
  return { actor: one(headers['actor']), role: one(headers['actor-role']) };
}
