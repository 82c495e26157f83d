import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type ReportId } from '#reporting';
import { FindDocument, FindDocuments, ReportAt, type ReportDocument } from '#views';
import { Answers, found } from '../answers.js';
import { cycleIn } from '../cycles/cycle-in-address.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { ReadOperation } from '../http/operations.js';
import { amongReports } from './among-reports.js';
import { TAG } from './report-address.js';
import * as example from './reports.examples.js';
import { versionAsked } from './version-asked.js';

const LIST = { filters: ['series', 'year', 'organization', 'status'], asOf: true, paged: true };
const ONE = { filters: ['version'], asOf: true };

/** What organizations were asked and what they answered. */
@Controller('api/reports')
export class ReportsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly answers: Answers,
  ) {}

  @Get()
  @ReadOperation({
    summary: 'Reports on record, by series, year and organization',
    description: 'A year needs its series. `status` is one of the contribution statuses, such as `ANSWERED`.',
    tag: TAG,
    query: LIST,
    example: example.list,
  })
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AskedFor(LIST) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const { among, where } = amongReports(asked.filters);
    const page = this.answers.pageOf(moment, asked, where);
    const documents = await this.queries.execute(new FindDocuments('reports', among, page));
    return this.answers.page(request, reply, moment, asked, documents);
  }

  @Get(':series/:year/:organization')
  @ReadOperation({
    summary: 'A report: its last version or the one that is asked for, or the draft where none was submitted',
    description:
      'Sections, citations and figures are those of the version; how the report stands is of the moment that is asked ' +
      'for. `version=draft` is what is being written, also while an amendment is open.',
    tag: TAG,
    query: ONE,
    example: example.report,
  })
  async one(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
    @AskedFor(ONE) asked: Asked,
  ) {
    const version = versionAsked(asked.filters['version']);
    const moment = await this.answers.moment(request, asked);
    const id = { ...cycleIn(series, year), organization };
    const answer = await this.queries.execute(new ReportAt(id, moment.asOf, version));
    if (!answer && typeof version === 'number') await this.refuseVersion(id, version, moment.asOf);
    const report = found(answer, 'report-unknown', { series, year, organization });
    const json = JSON.stringify({ asOf: moment.sequence, ...report });
    return this.answers.resource(request, reply, moment, report.revision, json);
  }

  /** Where there is a report, it is the version that is unknown. */
  private async refuseVersion({ series, year, organization }: ReportId, version: number, asOf?: number): Promise<void> {
    const key = `${series}/${year}/${organization}`;
    const document = await this.queries.execute(new FindDocument('reports', key, asOf));
    if (!document) return;
    const { versions = [] } = JSON.parse(document.body) as ReportDocument;
    throw new Refusal('version-unknown', { version, latest: versions.length });
  }
}
