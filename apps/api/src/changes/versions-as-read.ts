import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ReportId } from '#reporting';
import { DifferenceOfVersions, type VersionDifference, type VersionsAnswer, VersionsOf } from '#views';
import { Questions } from '../gate/questions.js';
import { ReportsAsRead } from '../reports/reports-as-read.js';

/** The versions of a report, as far as somebody may read them. */
@Injectable()
export class VersionsAsRead {
  constructor(
    private readonly questions: Questions,
    private readonly asRead: ReportsAsRead,
  ) {}

  /** Nothing where there is no report. */
  async list(request: FastifyRequest, id: ReportId, asOf?: number): Promise<VersionsAnswer | undefined> {
    const words = await this.asRead.publishedOnly(request, id.organization);
    const insight = await this.asRead.insight(request, id.organization);
    return this.questions.ask(request, new VersionsOf(id, asOf, words, insight));
  }

  /** Nothing where one of them is for others, as where it is not there. */
  async difference(
    request: FastifyRequest,
    id: ReportId,
    [from, to]: readonly [number, number],
    asOf?: number,
  ): Promise<VersionDifference | undefined> {
    const read = await this.asRead.words(request, id, from, asOf);
    if (!read || !(await this.asRead.words(request, id, to, asOf))) return undefined;
    return this.questions.ask(request, new DifferenceOfVersions(id, from, to, read.insight, asOf));
  }
}
