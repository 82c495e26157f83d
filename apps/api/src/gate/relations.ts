import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Known } from '#commands';
import { type About, may, type Who } from '#identity';
import type { OrganizationId } from '#reporting';
import { admittedOf } from './admitted.js';

/** How far somebody reads the reports of an organization; each reads what those before it do, but for `writers`. */
export interface ReadsReports {
  /** What is being written. */
  readonly drafts: boolean;
  /** What was submitted, and is not published. */
  readonly submitted: boolean;
}

const ALL: ReadsReports = { drafts: true, submitted: true };

/** What who asks has to do with an organization. */
@Injectable()
export class Relations {
  constructor(private readonly known: Known) {}

  /** Everything, where nobody signs in. */
  async toReports(request: FastifyRequest, organization: OrganizationId): Promise<ReadsReports> {
    const admitted = admittedOf(request);
    if (!admitted) return ALL;
    const { who } = admitted;
    if (!who) return { drafts: false, submitted: false };
    const about = await this.aboutReportsOf(who, organization);
    const drafts = may(who, 'Draft', about) === 'yes';
    return { drafts, submitted: drafts || (await this.readsSubmitted(request, organization)) };
  }

  /** A reviewer does not read for the review of an organization that they ever acted for. */
  async readsSubmitted(request: FastifyRequest, organization: OrganizationId): Promise<boolean> {
    const who = admittedOf(request)?.who;
    if (!who) return false;
    const about = await this.aboutReportsOf(who, organization);
    if (may(who, 'SubmittedReport', about) !== 'yes') return false;
    const mandates = who.mandates.filter((role) => role !== 'reviewer');
    if (may({ ...who, mandates }, 'SubmittedReport', about) === 'yes') return true;
    return !(await this.known.everActedFor(who.person, organization));
  }

  /** Whoever acts for an organization reads the reports of those that were merged into it, as they would have read them. */
  async aboutReportsOf({ appointments }: Who, organization: OrganizationId): Promise<About> {
    const isElsewhere = appointments.some((held) => held.organization !== organization);
    return { organizations: [organization, ...(isElsewhere ? await this.known.mergersOf(organization) : [])] };
  }
}
