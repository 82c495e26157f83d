import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mayReadFor, type ReportId } from '#reporting';
import { type Deadline, type DeadlineFilter, type DeadlineFor, DeadlinesAt } from '#views';
import { askedOnce } from '../asked-once.js';
import { Readers } from '../assessments/readers.js';
import { Questions } from '../gate/questions.js';
import { reportKey } from '../reports/report-address.js';

/** Deadlines, without those of which who asks may not know. */
@Injectable()
export class DeadlinesAsRead {
  constructor(
    private readonly questions: Questions,
    private readonly readers: Readers,
  ) {}

  async of(request: FastifyRequest, filter: DeadlineFilter, asOf: number | undefined): Promise<readonly Deadline[]> {
    const all = await this.questions.ask(request, new DeadlinesAt(filter, asOf));
    const audienceOf = askedOnce(reportKey, (report) => this.readers.ofReport(request, report));
    const shown: Deadline[] = [];
    for (const { audience, ...deadline } of all) {
      const report = reportOf(deadline);
      const reader = audience === 'public' || !report ? 'public' : await audienceOf(report);
      if (mayReadFor(reader, audience)) shown.push(deadline);
    }
    return shown;
  }
}

function reportOf({ series, year, organization }: Omit<DeadlineFor, 'audience'>): ReportId | undefined {
  if (series === undefined || year === undefined || organization === undefined) return undefined;
  return { series, year, organization };
}
