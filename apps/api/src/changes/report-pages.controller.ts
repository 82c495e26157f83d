import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReportId } from '#reporting';
import {
  type ActionDocument,
  AssessmentsOf,
  ClarificationsOf,
  documentsShown,
  type Insight,
  ReceiptOf,
  type ReportAnswer,
  ReportAt,
  Views,
} from '#views';
import { differencePage, historyPage, reportPage } from '../../../web/src/index.js';
import { found, type Moment } from '../answers.js';
import { Readers } from '../assessments/readers.js';
import { cycleIn } from '../cycles/cycle-in-address.js';
import { sequenceIn } from '../events/events-asked.js';
import { Costly } from '../gate/costly.js';
import { Gated } from '../gate/gated.js';
import { HttpProblem } from '../http/http-problem.js';
import { pageAsked } from '../pages/page-asked.js';
import { PageErrors } from '../pages/page-errors.js';
import { sendPage } from '../pages/send-page.js';
import { ShownRecord } from '../pages/shown-record.js';
import { ReportsAsRead } from '../reports/reports-as-read.js';
import { ChangesAsRead } from './changes-as-read.js';
import { VersionsAsRead } from './versions-as-read.js';

/** Entries of the history on one page, and of what has changed on the page of a report. */
const ON_A_PAGE = 50;
const ON_A_RIBBON = 10;

const NOTHING_SUBMITTED: { readonly words: 'published'; readonly insight?: Insight } = { words: 'published' };

/** The page of a report, and what happened to it and to its organization. Each reader sees what they may read. */
@Controller()
@Gated('PublicRecord')
@ApiExcludeController()
@UseFilters(PageErrors)
export class ReportPagesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly views: Views,
    private readonly record: ShownRecord,
    private readonly asRead: ReportsAsRead,
    private readonly readers: Readers,
    private readonly changes: ChangesAsRead,
    private readonly versionsAsRead: VersionsAsRead,
  ) {}

  @Get('reports/:series/:year/:organization')
  async report(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
  ) {
    const { given, asOf } = pageAsked(request, ['version', 'since']);
    const { moment, shown } = await this.record.moment(request, asOf);
    const id = { ...cycleIn(series, year), organization };
    const asked = given.version === undefined ? undefined : versionIn(given.version);
    const versions = await this.versions(request, id, moment);
    // What is being written is for its writers, and not for a page: without a version, no words are shown.
    const wanted = asked ?? versions.versions.at(-1)?.version;
    const read = wanted === undefined ? NOTHING_SUBMITTED : await this.asRead.words(request, id, wanted, moment.asOf);
    const answer = read && (await this.queries.execute(new ReportAt(id, moment.asOf, read.words, read.insight)));
    const report = await this.asRead.standing(request, found(answer, 'version-unknown', {}), moment.asOf);
    const reader = await this.readers.ofReport(request, id);
    const words = await this.asRead.publishedOnly(request, organization);
    const receipt =
      report.version === undefined ? undefined : await this.queries.execute(new ReceiptOf(id, report.version));
    const { requester } = report.report;
    const page = reportPage({
      shown,
      organization: this.known(organization, moment),
      answer: report,
      versions,
      clarifications: (await this.queries.execute(new ClarificationsOf(id, reader, moment.asOf))) ?? [],
      assessments: (await this.queries.execute(new AssessmentsOf(id, reader, moment.asOf, words)))!,
      names: this.record.names(requester === undefined ? [] : [requester], moment),
      documents: this.documents(report, read?.insight),
      titles: this.titles(Object.keys(report.citations), moment),
      ...(receipt && { receipt }),
      ...(given.since !== undefined && {
        since: await this.since(request, id, sequenceAsked('since', given.since), moment),
      }),
    });
    return sendPage(request, reply, page, moment.sequence);
  }

  @Get('reports/:series/:year/:organization/difference')
  async difference(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
  ) {
    const { given, asOf } = pageAsked(request, ['versions']);
    const { moment, shown } = await this.record.moment(request, asOf);
    const id = { ...cycleIn(series, year), organization };
    const [from, to] = (given.versions ?? '').split(',').map(versionIn) as [number, number?];
    if (to === undefined) throw malformed('versions', 'must be two numbers, such as versions=1,2');
    const answer = await this.versionsAsRead.difference(request, id, [from, to], moment.asOf);
    const difference = found(answer, 'version-unknown', {});
    const of = { organization: this.known(organization, moment), series, year: id.year };
    return sendPage(request, reply, differencePage({ shown, ...of, difference }), moment.sequence);
  }

  @Get('reports/:series/:year/:organization/history')
  @Costly()
  async historyOfReport(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
  ) {
    return this.history(request, reply, organization, { ...cycleIn(series, year), organization });
  }

  @Get('organizations/:organization/history')
  @Costly()
  async historyOfOrganization(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('organization') organization: string,
  ) {
    return this.history(request, reply, organization);
  }

  private async history(request: FastifyRequest, reply: FastifyReply, organization: string, report?: ReportId) {
    const { given, asOf } = pageAsked(request, ['before', 'since']);
    const { moment, shown } = await this.record.moment(request, asOf);
    if (report) await this.versions(request, report, moment);
    const before = given.before === undefined ? undefined : sequenceAsked('before', given.before);
    const since = given.since === undefined ? undefined : sequenceAsked('since', given.since);
    const { entries, next } = await this.changes.publicPage(request, {
      about: report ? { report } : { organization },
      after: since ?? -1,
      last: Math.min(moment.sequence, before === undefined ? moment.sequence : before - 1),
      asOf: moment.sequence,
      order: 'newest',
      limit: ON_A_PAGE,
    });
    const page = historyPage({
      shown,
      organization: this.known(organization, moment),
      changes: entries,
      ...(report && { report }),
      ...(since !== undefined && { since }),
      ...(before !== undefined && { before }),
      ...(next !== undefined && { next }),
    });
    return sendPage(request, reply, page, moment.sequence);
  }

  private async since(request: FastifyRequest, report: ReportId, sequence: number, moment: Moment) {
    const { sequence: last } = moment;
    const bounds = { after: sequence, last, asOf: last, order: 'newest', limit: ON_A_RIBBON } as const;
    const { entries, next } = await this.changes.publicPage(request, { about: { report }, ...bounds });
    return { sequence, changes: entries, isCut: next !== undefined };
  }

  /** Those that who asks may read; what they may not read of is no version here. */
  private async versions(request: FastifyRequest, id: ReportId, { asOf }: Moment) {
    return found(await this.versionsAsRead.list(request, id, asOf), 'report-unknown', {});
  }

  private known(organization: string, moment: Moment) {
    return found(this.record.organization(organization, moment), 'organization-unknown', {});
  }

  /** What is being written has none to show yet; what is withheld from others is shown to those who may read it. */
  private documents({ report, version }: ReportAnswer, insight: Insight | undefined) {
    if (version === undefined && report.phase !== 'answered-by-letter') return [];
    return insight === 'insider' ? (report.documents ?? []) : documentsShown(report);
  }

  private titles(actions: readonly string[], { asOf }: Moment): ReadonlyMap<string, string> {
    return new Map(
      actions.flatMap((id) => {
        const action = this.views.document('actions', id, asOf);
        return action ? [[id, (JSON.parse(action.body) as ActionDocument).title] as const] : [];
      }),
    );
  }
}

function versionIn(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text.trim())) return Number(text);
  throw malformed('version', 'must be the number of a version, from 1');
}

function sequenceAsked(parameter: string, text: string): number {
  const sequence = sequenceIn(text);
  if (sequence !== undefined) return sequence;
  throw malformed(parameter, 'must be a sequence of the record, such as 1207');
}

const malformed = (parameter: string, message: string) =>
  new HttpProblem('query-parameter-malformed', { what: `${parameter} ${message}.`, errors: [{ parameter, message }] });
