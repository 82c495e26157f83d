import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Known } from '#commands';
import type { Audience, ReportId } from '#reporting';
import { type AssessmentDocument, Views } from '#views';

/** Roles that read all that reviewers write. */
const READ_ALL: ReadonlySet<string> = new Set(['secretariat', 'auditor']);

/**
 * For whom an answer about assessments is. Until people sign in, who reads says so in the headers Actor and Actor-Role,
 * as who gives a command does; without them an answer is for everybody.
 */
@Injectable()
export class Readers {
  constructor(
    private readonly known: Known,
    private readonly views: Views,
  ) {}

  async ofReport(request: FastifyRequest, { series, year, organization }: ReportId): Promise<Audience> {
    const { actor, role } = saidBy(request);
    if (READ_ALL.has(role)) return 'secretariat';
    if (!actor) return 'public';
    const found = this.views.document('assessments', `${series}/${year}/${organization}/${actor}`);
    const own = found && (JSON.parse(found.body) as AssessmentDocument);
    // Who stepped back, or is in a conflict, reads what everybody reads.
    if (own && own.phase !== 'recused' && !own.conflict) return 'reviewers';
    return (await this.known.actsFor(actor, organization)) ? 'organization' : 'public';
  }

  /** For a reviewer's own eyes, or for everybody's. */
  ofReviewer(request: FastifyRequest, reviewer: string): Audience {
    const { actor, role } = saidBy(request);
    if (READ_ALL.has(role)) return 'secretariat';
    return actor === reviewer ? 'reviewers' : 'public';
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
