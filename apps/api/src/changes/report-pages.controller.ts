import { Controller, Get, Param, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { ReportId } from '#reporting';
import {
  type ActionDocument,
  AssessmentsOf,
  ClarificationsOf,
  ReceiptOf,
  type ReportAnswer,
  ReportAt,
  Views,
} from '#views';
import { differencePage, historyPage, reportPage } from '../../../web/src/index.js';
import { found } from '../answers.js';
import { Readers } from '../assessments/readers.js';
import { sequenceIn } from '../events/events-asked.js';
import { Costly } from '../gate/costly.js';
import { Gated } from '../gate/gated.js';
import { malformedHere } from '../pages/page-asked.js';
import { PageErrors } from '../pages/page-errors.js';
import { type PageVisit, Visit } from '../pages/page-visit.js';
import { ReportInAddress } from '../reports/report-address.js';
import { ReportsAsRead } from '../reports/reports-as-read.js';
import { versionIn } from '../reports/version-asked.js';
import { ChangesAsRead } from './changes-as-read.js';
import { VersionsAsRead } from './versions-as-read.js';

/** Entries of the history on one page, and of what has changed on the page of a report. */
const ON_A_PAGE = 50;
const ON_A_RIBBON = 10;

/** The page of a report, and what happened to it and to its organization. Each reader sees what they may read. */
@Controller()
@Gated('PublicRecord')
@ApiExcludeController()
@UseFilters(PageErrors)
export class ReportPagesController {
  constructor(
    private readonly views: Views,
    private readonly asRead: ReportsAsRead,
    private readonly readers: Readers,
    private readonly changes: ChangesAsRead,
    private readonly versionsAsRead: VersionsAsRead,
  ) {}

  @Get('reports/:series/:year/:organization')
  async report(@Visit() visit: PageVisit, @ReportInAddress() id: ReportId) {
    const { request, asOf } = visit;
    const { organization } = id;
    const given = visit.given('version', 'since');
    const asked = given.version === undefined ? undefined : versionGiven(given.version);
    const versions = await this.versions(visit, id);
    // What is being written is for its writers, and not for a page: without a version, no words are shown.
    const wanted = asked ?? versions.versions.at(-1)?.version;
    const read =
      wanted === undefined
        ? { words: 'published' as const, insight: await this.asRead.insight(request, organization) }
        : found(await this.asRead.words(request, id, wanted, asOf), 'version-unknown', {});
    const answer = await visit.ask(new ReportAt(id, asOf, read.words, read.insight));
    const report = await this.asRead.standing(request, found(answer, 'version-unknown', {}), asOf);
    const reader = await this.readers.ofReport(request, id);
    const words = await this.asRead.publishedOnly(request, organization);
    const receipt =
      report.version === undefined ? undefined : await visit.ask(new ReceiptOf(id, report.version, read.insight));
    const page = reportPage({
      shown: visit.shown,
      organization: organizationOf(visit, organization),
      answer: report,
      versions,
      clarifications: (await visit.ask(new ClarificationsOf(id, reader, asOf))) ?? [],
      assessments: (await visit.ask(new AssessmentsOf(id, reader, asOf, words)))!,
      names: visit.names([report.report.requester]),
      reader,
      documents: this.documents(report),
      titles: this.titles(Object.keys(report.citations), visit),
      ...(receipt && { receipt }),
      ...(given.since !== undefined && {
        since: await this.since(visit, id, sequenceAsked('since', given.since)),
      }),
    });
    return visit.show(page);
  }

  @Get('reports/:series/:year/:organization/difference')
  async difference(@Visit() visit: PageVisit, @ReportInAddress() id: ReportId) {
    const { series, year } = id;
    const [from, to] = (visit.given('versions').versions ?? '').split(',').map(versionGiven) as [number, number?];
    if (to === undefined) throw malformedHere('versions', 'must be two numbers, such as versions=1,2');
    const answer = await this.versionsAsRead.difference(visit.request, id, [from, to], visit.asOf);
    const difference = found(answer, 'version-unknown', {});
    const organization = organizationOf(visit, id.organization);
    return visit.show(differencePage({ shown: visit.shown, organization, series, year, difference }));
  }

  @Get('reports/:series/:year/:organization/history')
  @Costly()
  historyOfReport(@Visit() visit: PageVisit, @ReportInAddress() id: ReportId) {
    return this.history(visit, id.organization, id);
  }

  @Get('organizations/:organization/history')
  @Costly()
  historyOfOrganization(@Visit() visit: PageVisit, @Param('organization') organization: string) {
    return this.history(visit, organization);
  }

  private async history(visit: PageVisit, organization: string, report?: ReportId) {
    const { request, moment } = visit;
    const given = visit.given('before', 'since');
    if (report) await this.versions(visit, report);
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
      shown: visit.shown,
      organization: organizationOf(visit, organization),
      changes: entries,
      ...(report && { report }),
      ...(since !== undefined && { since }),
      ...(before !== undefined && { before }),
      ...(next !== undefined && { next }),
    });
    return visit.show(page);
  }

  private async since({ request, moment }: PageVisit, report: ReportId, sequence: number) {
    const { sequence: last } = moment;
    const bounds = { after: sequence, last, asOf: last, order: 'newest', limit: ON_A_RIBBON } as const;
    const { entries, next } = await this.changes.publicPage(request, { about: { report }, ...bounds });
    return { sequence, changes: entries, isCut: next !== undefined };
  }

  /** Those that who asks may read; what they may not read of is no version here. */
  private async versions({ request, asOf }: PageVisit, id: ReportId) {
    return found(await this.versionsAsRead.list(request, id, asOf), 'report-unknown', {});
  }

  /** What is being written has none to show yet. */
  private documents({ report, version }: ReportAnswer) {
    return version === undefined && report.phase !== 'answered-by-letter' ? [] : (report.documents ?? []);
  }

  private titles(actions: readonly string[], { asOf }: PageVisit): ReadonlyMap<string, string> {
    return new Map(
      actions.flatMap((id) => {
        const action = this.views.document('actions', id, asOf);
        return action ? [[id, (JSON.parse(action.body) as ActionDocument).title] as const] : [];
      }),
    );
  }
}

const organizationOf = (visit: PageVisit, organization: string) =>
  found(visit.organization(organization), 'organization-unknown', {});

function versionGiven(text: string): number {
  const version = versionIn(text.trim());
  if (version !== undefined) return version;
  throw malformedHere('version', 'must be the number of a version, from 1');
}

function sequenceAsked(parameter: string, text: string): number {
  const sequence = sequenceIn(text);
  if (sequence !== undefined) return sequence;
  throw malformedHere(parameter, 'must be a sequence of the record, such as 1207');
}
