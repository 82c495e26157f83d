import { Controller, Get, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Search } from '#views';
import { searchPage, type SearchView } from '../../../web/src/index.js';
import { Costly } from '../gate/costly.js';
import { Gated } from '../gate/gated.js';
import { type Asked, askedBy } from '../http/asked.js';
import { HttpProblem } from '../http/http-problem.js';
import { PageErrors } from '../pages/page-errors.js';
import { type PageVisit, VisitNow } from '../pages/page-visit.js';
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
  constructor(private readonly readers: SearchReaders) {}

  @Get('search')
  @Costly()
  async search(@VisitNow() visit: PageVisit) {
    const { shown } = visit;
    const asked = askedOnPage(visit.request);
    const { sequence, ...told } = await this.answer(visit, asked);
    const named = (told.found?.hits ?? []).flatMap(({ organizations, place }) => [
      ...organizations,
      ...(place.organization === undefined ? [] : [place.organization]),
    ]);
    const names = visit.names(named);
    // What was recorded while it was looked for is told, too.
    const now = sequence === undefined || sequence === shown.sequence ? shown : { sequence, isPast: false };
    const page = searchPage({ shown: now, asked: asked.filters, names, ...told });
    return visit.show(page, { sequence: now.sequence, status: told.fault === undefined ? 200 : 400 });
  }

  private async answer(
    visit: PageVisit,
    asked: Asked,
  ): Promise<Pick<SearchView, 'found' | 'fault'> & { sequence?: number }> {
    // Whoever comes to the page has not asked yet.
    if (!Object.keys(asked.filters).length) return {};
    try {
      const page = { ...searchAsked(asked), limit: ON_A_PAGE };
      const answer = await visit.ask(new Search(page, this.readers.of(visit.request)));
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
  organization: 'The organization',
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
