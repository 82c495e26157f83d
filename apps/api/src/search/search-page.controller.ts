import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Search } from '#views';
import { searchPage, type SearchView } from '../../../web/src/index.js';
import { Costly } from '../gate/costly.js';
import { Gated } from '../gate/gated.js';
import { type Asked, askedBy } from '../http/asked.js';
import { HttpProblem } from '../http/http-problem.js';
import { PageErrors } from '../pages/page-errors.js';
import { sendPage } from '../pages/send-page.js';
import { ShownRecord } from '../pages/shown-record.js';
import { hrefOf } from './hit-answer.js';
import { SEARCH_FILTERS, searchAsked } from './search-asked.js';
import { SearchReaders } from './search-readers.js';

const ASKED = { filters: ['q', ...SEARCH_FILTERS], paged: true };
const PARAMETERS: ReadonlySet<string> = new Set([...ASKED.filters, 'cursor']);
const ON_A_PAGE = 20;

@Controller()
@Gated('PublicRecord')
@ApiExcludeController()
@UseFilters(PageErrors)
export class SearchPageController {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: SearchReaders,
    private readonly record: ShownRecord,
  ) {}

  @Get('search')
  @Costly()
  async search(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const asked = askedOnPage(request);
    const { moment, shown } = await this.record.moment(request, undefined);
    const { sequence, ...told } = await this.answer(request, asked);
    if (told.fault !== undefined) reply.code(400);
    const named = (told.found?.hits ?? []).flatMap(({ organizations, place }) => [
      ...organizations,
      ...(place.organization === undefined ? [] : [place.organization]),
    ]);
    const names = this.record.names(named, moment);
    // What was recorded while it was looked for is told, too.
    const now = sequence === undefined || sequence === moment.sequence ? shown : { sequence, isPast: false };
    return sendPage(request, reply, searchPage({ shown: now, asked: asked.filters, names, ...told }), now.sequence);
  }

  private async answer(
    request: FastifyRequest,
    asked: Asked,
  ): Promise<Pick<SearchView, 'found' | 'fault'> & { sequence?: number }> {
    const { filters, after } = asked;
    // Whoever comes to the page has not asked yet.
    if (!Object.keys(filters).length) return {};
    try {
      const page = { ...searchAsked(filters), limit: ON_A_PAGE, ...(after !== undefined && { after }) };
      const answer = await this.queries.execute(new Search(page, this.readers.of(request)));
      const hits = answer.hits.map((hit) => ({ ...hit, href: hrefOf(hit) }));
      const cursor = answer.after !== undefined && { cursor: asked.next({ after: answer.after }) };
      return { sequence: answer.sequence, found: { total: answer.total, hits, ...cursor } };
    } catch (error) {
      if (!(error instanceof HttpProblem) || error.code !== 'query-parameter-malformed') throw error;
      const faults = (error.details.errors ?? []).map(({ parameter, message }) => `${NAMES[parameter!]} ${message}.`);
      return { fault: faults.join(' ') };
    }
  }
}

const NAMES: Readonly<Record<string, string>> = {
  q: 'What is looked for',
  kind: 'The kind',
  year: 'The year',
  language: 'The language',
  track: 'The track',
};

/** A form without script sends its empty fields, too; others put parameters of their own on links. */
function askedOnPage({ url, query }: FastifyRequest): Asked {
  const given = Object.entries(query as Readonly<Record<string, string | string[]>>).filter(
    ([name, value]) => PARAMETERS.has(name) && value !== '',
  );
  return askedBy({ url, query: Object.fromEntries(given) }, ASKED);
}
