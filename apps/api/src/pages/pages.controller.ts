import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CycleId } from '#reporting';
import type {
  ActionDocument,
  ComparisonAnswer,
  CycleDocument,
  Document,
  OptionDocument,
  OrganizationDocument,
  ReportDocument,
  TimelineEntry,
} from '#views';
import { BoardOfCycle, CompareYears, CoverageAt, FindDocuments, OptionsOf, TimelineOf } from '#views';
import {
  assetAt,
  comparisonPage,
  coveragePage,
  cyclePage,
  optionsPage,
  organizationPage,
  organizationsNamedIn,
  organizationsPage,
  type Parts,
  receivedPage,
} from '../../../web/src/index.js';
import { found } from '../answers.js';
import { CycleInAddress } from '../cycles/cycle-in-address.js';
import { Gated } from '../gate/gated.js';
import { wrongMethodOf } from '../http/allowed-methods.js';
import { HttpProblem } from '../http/http-problem.js';
import { pathOf } from '../http/problem-filter.js';
import { ReportsAsRead } from '../reports/reports-as-read.js';
import { PageErrors } from './page-errors.js';
import { type PageVisit, Visit } from './page-visit.js';
import { sendAsset } from './send-page.js';
import { yearsAsked, yearsByDefault, yearsToChoose } from './years-to-choose.js';

/** The series that paragraph 71 asks for. */
const PARAGRAPH_71 = 'ec-performance';

type Among = FindDocuments['among'];

/** The public pages: rendered here, and whole without a script. */
@Controller()
@Gated('PublicRecord')
@ApiExcludeController()
@UseFilters(PageErrors)
export class PagesController {
  private tally:
    { readonly sequence: number; readonly actions: number; readonly parts: ReadonlyMap<string, Parts> } | undefined;

  constructor(private readonly asRead: ReportsAsRead) {}

  @Get()
  async home(@Visit() visit: PageVisit) {
    const filter = visit.given('kind', 'group', 'relevance');
    const all = await this.documents<OrganizationDocument>('organizations', { prefix: '' }, visit);
    const organizations = all.filter(
      ({ profile, relevance }) =>
        (!filter.kind || profile.kind === filter.kind) &&
        (!filter.group || profile.stakeholderGroup === filter.group) &&
        (!filter.relevance || relevance === filter.relevance),
    );
    const { actions, parts } = await this.tallyOf(visit);
    const page = organizationsPage({
      shown: visit.shown,
      filter,
      organizations: organizations.sort((a, b) => BY_NAME.compare(a.name, b.name)),
      parts,
      cycles: await this.documents<CycleDocument>('cycles', { prefix: '' }, visit),
      reports: await this.documents<ReportDocument>('reports', { prefix: '' }, visit),
      totals: { organizations: all.length, actions },
    });
    return visit.show(page);
  }

  @Get('organizations/:organization')
  async organization(@Visit() visit: PageVisit, @Param('organization') id: string) {
    const { shown, moment } = visit;
    const told = found(await visit.ask(new TimelineOf(id, moment)), 'organization-unknown', {});
    const organization = JSON.parse(told.organization.body) as OrganizationDocument;
    const entries = told.entries.map(({ body }) => JSON.parse(body) as TimelineEntry);
    const { parents, mergedInto } = organization;
    const names = visit.names([...organizationsNamedIn(entries), ...parents, mergedInto]);
    const page = organizationPage({ shown, organization, entries, names });
    return visit.show(page);
  }

  @Get('organizations/:organization/compare')
  async compare(@Visit() visit: PageVisit, @Param('organization') id: string) {
    const given = visit.given('years', 'series');
    const organization = found(visit.organization(id), 'organization-unknown', {});
    const reports = await this.documents<ReportDocument>('reports', { lists: [`organization=${id}`] }, visit);
    const actions = await this.documents<ActionDocument>('actions', { lists: [`participant=${id}`] }, visit);
    const cycles = await this.documents<CycleDocument>('cycles', { prefix: '' }, visit);
    const { series = PARAGRAPH_71 } = given;
    const known = new Set([PARAGRAPH_71, ...reports.map((report) => report.series)]);
    if (cycles.some((cycle) => cycle.series === series)) known.add(series);

    const chosen = given.years === undefined ? yearsByDefault(series, reports, actions) : yearsAsked(given.years);
    const fault =
      (!known.has(series) && `No series “${series}” is on record: choose one of those below.`) ||
      ('fault' in chosen && chosen.fault);
    const years = 'fault' in chosen ? undefined : chosen.years;
    const words = await this.asRead.publishedOnly(visit.request, id);
    const comparison =
      fault || !years ? undefined : await visit.ask(new CompareYears(id, series, years, visit.asOf, words));
    const isAsked = given.years !== undefined || !known.has(series);

    const named = comparison ? organizationsIn(comparison) : [];
    const page = comparisonPage({
      shown: visit.shown,
      organization,
      years: yearsToChoose(reports, actions, years ?? []),
      allSeries: [...known],
      series: known.has(series) ? series : PARAGRAPH_71,
      chosen: years ?? [],
      ...(comparison && { comparison }),
      ...(fault && { message: fault }),
      names: visit.names(named),
    });
    return visit.show(page, { status: fault && isAsked ? 400 : 200 });
  }

  @Get('cycles/:series/:year')
  async cycle(@Visit() visit: PageVisit, @CycleInAddress() id: CycleId) {
    const answer = await visit.ask(new BoardOfCycle(id, visit.asOf));
    const { cycle, cells } = found(answer, 'cycle-unknown', { ...id });
    const cycles = await this.documents<CycleDocument>('cycles', { prefix: `${id.series}/` }, visit);
    const neighbours = cycles.map((each) => each.year).filter((each) => each !== cycle.year);
    const { requester } = cycle;
    const named = [...cells.map(({ organization }) => organization), ...cycle.syntheses.map(({ issuer }) => issuer)];
    const names = visit.names([...named, requester]);
    const board = { cycle, cells: cells.toSorted((a, b) => BY_NAME.compare(a.name, b.name)) };
    return visit.show(cyclePage({ shown: visit.shown, board, names, neighbours }));
  }

  @Get('coverage')
  async coverage(@Visit() visit: PageVisit) {
    const coverage = await visit.ask(new CoverageAt(visit.asOf));
    const named = [...coverage.issues, ...coverage.groups].flatMap(({ organizations }) =>
      organizations.map(({ organization }) => organization),
    );
    const page = coveragePage({ shown: visit.shown, coverage, names: visit.names(named) });
    return visit.show(page);
  }

  @Get('options')
  async options(@Visit() visit: PageVisit) {
    const options = await this.documents<OptionDocument>('options', { prefix: '' }, visit);
    const named = options.flatMap(({ by, arguments: argued = [], handovers = [] }) =>
      [by, ...argued.map((argument) => argument.by), ...handovers].flatMap(({ organization }) => organization ?? []),
    );
    const page = optionsPage({ shown: visit.shown, options, names: visit.names(named) });
    return visit.show(page);
  }

  @Get('organizations/:organization/options')
  async received(@Visit() visit: PageVisit, @Param('organization') id: string) {
    const { shown, asOf } = visit;
    const organization = found(visit.organization(id), 'organization-unknown', {});
    const options = found(await visit.ask(new OptionsOf(id, asOf)), 'organization-unknown', {});
    const names = visit.names(options.map(({ by }) => by.organization));
    return visit.show(receivedPage({ shown, organization, options, names }));
  }

  @Get('assets/:name')
  asset(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    const asset = assetAt(pathOf(request.url));
    if (!asset) throw new HttpProblem('route-unknown');
    return sendAsset(request, reply, asset);
  }

  /** An address that nothing else answers: a person gets a page, a program the problem that it would get anyway. */
  @Get('*')
  nowhere(@Req() request: FastifyRequest): never {
    throw wrongMethodOf(request) ?? new HttpProblem('route-unknown');
  }

  private async documents<Doc extends Document>(view: string, among: Among, visit: PageVisit): Promise<Doc[]> {
    const { asOf } = visit;
    const page = asOf === undefined ? {} : { asOf };
    const documents = await visit.ask(new FindDocuments(view, among, page));
    return documents.map(({ body }) => JSON.parse(body) as Doc);
  }

  /** Counts over all actions, kept until the record moves on: every visit to the first page asks for them. */
  private async tallyOf(visit: PageVisit) {
    const { sequence } = visit.moment;
    if (this.tally?.sequence === sequence) return this.tally;
    const parts = new Map<string, { led: number; joined: number }>();
    const partsOf = (id: string) => parts.get(id) ?? parts.set(id, { led: 0, joined: 0 }).get(id)!;
    const actions = (await this.documents<ActionDocument>('actions', { prefix: '' }, visit)).filter(
      ({ inError }) => !inError,
    );
    for (const { lead, partners } of actions) {
      partsOf(lead).led++;
      for (const partner of new Set(partners)) if (partner !== lead) partsOf(partner).joined++;
    }
    this.tally = { sequence, actions: actions.length, parts };
    return this.tally;
  }
}

/** Leads and partners of all that a comparison lists. */
function organizationsIn(comparison: ComparisonAnswer): string[] {
  const { started, continued, closed, silentlyDropped, newlyDisclosed, notVerified, endUnknown, planned } = comparison;
  const { otherTracks, operational } = comparison;
  return [
    started,
    continued,
    closed,
    silentlyDropped,
    newlyDisclosed,
    notVerified,
    endUnknown,
    planned,
    otherTracks,
    operational,
  ]
    .flatMap((category) => (category.known ? category.items : []))
    .flatMap(({ lead, partners }) => [lead, ...partners]);
}

const BY_NAME = new Intl.Collator('en');
