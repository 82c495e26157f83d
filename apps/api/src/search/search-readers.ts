import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { OrganizationId } from '#reporting';
import type { Circle } from '#views';
import { askedOnce } from '../asked-once.js';
import { Readers } from '../assessments/readers.js';
import { admittedOf } from '../gate/admitted.js';
import { Relations } from '../gate/relations.js';
import { reportKey } from '../reports/report-address.js';

/** To which circles somebody belongs: asked of those who say it wherever else a report is read. */
@Injectable()
export class SearchReaders {
  constructor(
    private readonly relations: Relations,
    private readonly readers: Readers,
  ) {}

  /** Each question is answered once for one request. */
  of(request: FastifyRequest): (circle: Circle) => boolean | Promise<boolean> {
    const admitted = admittedOf(request);
    if (admitted && !admitted.who) return () => false;
    const relationsTo = askedOnce(String, (organization: OrganizationId) =>
      this.relations.toReports(request, organization),
    );
    const audienceOf = askedOnce(reportKey, (report) => this.readers.ofReport(request, report));
    return async ({ report, readers, isWithheld }) => {
      // Where nobody signs in, nobody is one of those who read what is withheld.
      if (isWithheld && !admitted) return false;
      const { drafts, submitted } = await relationsTo(report.organization);
      if (isWithheld && !submitted) return false;
      if (readers.includes('writers')) return drafts;
      if (readers.includes('submitted')) return submitted;
      const audience = await audienceOf(report);
      return readers.some((reader) => reader === audience);
    };
  }
}
