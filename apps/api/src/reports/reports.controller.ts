import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type ReportId } from '#reporting';
import { FindDocument, FindDocuments, ReadinessOf, ReceiptOf, ReportAt, type ReportDocument } from '#views';
import { Answers, found } from '../answers.js';
import { cycleIn } from '../cycles/cycle-in-address.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { ReadOperation } from '../http/operations.js';
import { amongReports } from './among-reports.js';
import { TAG } from './report-address.js';
import { ReportsAsRead } from './reports-as-read.js';
import * as example from './reports.examples.js';
import { versionAsked } from './version-asked.js';

const LIST = { filters: ['series', 'year', 'organization', 'status'], asOf: true, paged: true };
const AT_A_MOMENT = { asOf: true };
const NOW = {};
const ONE = { filters: ['version'], asOf: true };

/** What organizations were asked and what they answered. */
@Controller('api/reports')
export class ReportsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly answers: Answers,
    private readonly asRead: ReportsAsRead,
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
    const moment = await this.answers.unsettledMoment(request, asked);
    const { among, where } = amongReports(asked.filters);
    const page = this.answers.pageOf(moment, asked, where);
    const documents = await this.queries.execute(new FindDocuments('reports', among, page));
    return this.answers.page(request, reply, moment, asked, await this.asRead.listed(request, documents, moment.asOf));
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
    const moment = await this.answers.unsettledMoment(request, asked);
    const id = { ...cycleIn(series, year), organization };
    const read = await this.asRead.words(request, id, version, moment.asOf);
    const answer = read && (await this.queries.execute(new ReportAt(id, moment.asOf, read.words, read.insight)));
    if (!answer && typeof version === 'number') await this.refuseVersion(id, version, moment.asOf);
    const report = found(answer, 'report-unknown', { series, year, organization });
    const json = JSON.stringify({
      asOf: moment.sequence,
      ...(await this.asRead.standing(request, report, moment.asOf)),
    });
    return this.answers.resource(request, reply, moment, report.revision, json);
  }

  @Get(':series/:year/:organization/readiness')
  @ReadOperation({
    summary: 'What a draft or an amendment still lacks, and what has changed since the last version',
    description:
      'Blockers are what the rules will refuse a signature for; warnings are worth a look. `changes` compares with the ' +
      'last version, word by word. Answers 404 where nobody is writing.',
    tag: TAG,
    query: AT_A_MOMENT,
    example: example.readiness,
    reads: 'Readiness',
  })
  async readiness(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const id = { ...cycleIn(series, year), organization };
    const answer = await this.queries.execute(new ReadinessOf(id, moment.asOf));
    const readiness = found(answer, 'report-unknown', { series, year, organization });
    const shown = await this.asRead.readiness(request, organization, readiness);
    const json = JSON.stringify({ asOf: moment.sequence, ...shown });
    return this.answers.resource(request, reply, moment, readiness.revision, json);
  }

  @Get(':series/:year/:organization/receipts/:version')
  @ReadOperation({
    summary: 'The receipt of a version: its number, when it was recorded, and the hash of what it says',
    description:
      'Always the same. `sha256` is the SHA-256 of `content` in the canonical form of RFC 8785, so that anybody who has ' +
      'the words can compute it.',
    tag: TAG,
    query: NOW,
    example: example.receipt,
  })
  async receipt(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
    @Param('version') text: string,
    @AskedFor(NOW) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const id = { ...cycleIn(series, year), organization };
    const version = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 0;
    const read = version ? await this.asRead.words(request, id, version) : undefined;
    const receipt = read ? await this.queries.execute(new ReceiptOf(id, version)) : undefined;
    return this.answers.text(
      request,
      reply,
      moment,
      JSON.stringify(found(receipt, 'report-unknown', { ...id, version })),
    );
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
