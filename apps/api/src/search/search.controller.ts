import { Controller, Get } from '@nestjs/common';
import { Search } from '#views';
import { Costly } from '../gate/costly.js';
import { ReadOperation } from '../http/operations.js';
import { Read, type Reading } from '../reading.js';
import { hitAnswer } from './hit-answer.js';
import * as example from './search.examples.js';
import { SEARCH_FILTERS, searchAsked } from './search-asked.js';
import { SearchReaders } from './search-readers.js';

@Controller('api/search')
export class SearchController {
  constructor(private readonly readers: SearchReaders) {}

  @Get()
  @Costly()
  @ReadOperation({
    summary: 'What the record says about some words, the best match first',
    description:
      'Organizations are found by earlier names and acronyms too, attachments by their names and not by what is in them.\n\n' +
      'Looked through is what you may read, and nothing else is counted, weighed or shown. `snippet` and `title` come in ' +
      'pieces, of which some are marked; `href` is where you read the whole. `year` is that of a round, or in which an action ' +
      'or a policy option began; `version` is the latest of a report that says so in these words, and `superseded` says that ' +
      'a later one says something else.\n\n' +
      'Where more than 10,000 places match, as many of them are weighed, and `total` says 10,000. Answers are about the present: there is no `asOf`. When the record moves on while somebody turns pages, what is told ' +
      'meanwhile may change the order of the rest.',
    tag: 'Search',
    query: { filters: ['q', ...SEARCH_FILTERS], paged: true },
    described: {
      q: {
        required: true,
        schema: { type: 'string', minLength: 1, maxLength: 200 },
        description:
          'Words, all of which have to be there; "…" for words that follow each other, `*` at the end for what only begins so. ' +
          'Case and accents make no difference; nothing else in it is a sign.',
      },
    },
    waits: true,
    example: example.found,
  })
  async search(@Read() reading: Reading) {
    const { request, asked } = reading;
    const page = { ...searchAsked(asked), limit: asked.limit };
    const { sequence, total, hits, after } = await reading.ask(new Search(page, this.readers.of(request)));
    const next = after !== undefined && { next: asked.next({ after }) };
    // What was recorded while it was looked for is told, too.
    return reading.tell({ total, items: hits.map(hitAnswer), ...next }, { sequence });
  }
}
