import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { type Phrase } from '../search/asked-words.js';
import type { Circle, Entry, EntryKind } from '../search/entry.js';
import { marked, type Piece, snippetOf } from '../search/marked-text.js';
import type { Wanted } from '../search/finding.js';
import { SearchIndex } from '../search/search-index.js';

/** How long an answer waits until it tells what the views tell. */
const WITHIN_MS = 2_000;

export interface Hit extends Pick<Entry, 'organizations' | 'language' | 'track' | 'place'> {
  readonly kind: EntryKind;
  /** Of a round, or in which it began. */
  readonly year?: number;
  /** Not everybody may read it. */
  readonly isRestricted: boolean;
  readonly title?: readonly Piece[];
  /** The part of the text in which most of what was looked for stands. */
  readonly snippet: readonly Piece[];
}

export interface SearchAnswer {
  /** The last event of the record that it tells. */
  readonly sequence: number;
  readonly total: number;
  readonly hits: readonly Hit[];
  /** What to ask for after: where this page ended, if there is more. */
  readonly after?: string;
}

/**
 * What can be found by the words in it, the best first, among what its reader may read. `reads` is asked for each circle that
 * something was said to, whatever is looked for; what is for everybody is always looked through.
 */
export class Search extends Query<SearchAnswer> {
  constructor(
    readonly wanted: Omit<Wanted, 'circles'>,
    readonly reads: (circle: Circle) => boolean | Promise<boolean> = () => false,
  ) {
    super();
  }
}

@QueryHandler(Search)
export class SearchHandler implements IQueryHandler<Search> {
  constructor(private readonly index: SearchIndex) {}

  /** `ViewsBehind` where the index does not come up with the views in time. */
  async execute({ wanted, reads }: Search): Promise<SearchAnswer> {
    const circles: Circle[] = [];
    for (const circle of await this.index.circles(WITHIN_MS)) if (await reads(circle)) circles.push(circle);
    const { phrases, limit } = wanted;
    const asked = { ...wanted, circles, limit: limit + 1 };
    const { sequence, total, found } = await this.index.find(asked, WITHIN_MS);
    const shown = found.slice(0, limit);
    return {
      sequence,
      total,
      hits: shown.map(({ entry }) => hitOf(entry, phrases)),
      ...(found.length > shown.length && { after: shown.at(-1)!.at }),
    };
  }
}

function hitOf(entry: Entry, phrases: readonly Phrase[]): Hit {
  const { kind, organizations, year, language, track, title, text, place, readBy } = entry;
  return {
    kind,
    organizations,
    ...(year !== undefined && { year }),
    ...(language !== undefined && { language }),
    ...(track !== undefined && { track }),
    isRestricted: readBy !== 'public',
    ...(title !== undefined && { title: marked(title, phrases) }),
    snippet: snippetOf(text, phrases),
    place,
  };
}
