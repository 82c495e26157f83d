import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { Found } from '../engine/view-file.js';
import type { Page } from '../views.js';
import { Views } from '../views.js';

/** One document of a view, as JSON text. */
export class FindDocument extends Query<Found | undefined> {
  constructor(
    readonly view: string,
    readonly key: string,
    readonly asOf?: number,
  ) {
    super();
  }
}

@QueryHandler(FindDocument)
export class FindDocumentHandler implements IQueryHandler<FindDocument> {
  constructor(private readonly views: Views) {}

  execute({ view, key, asOf }: FindDocument) {
    return Promise.resolve(this.views.document(view, key, asOf));
  }
}

/** Documents of a view in the order of their keys: of a range of keys, or of those that stand in all of some lists. */
export class FindDocuments extends Query<Found[]> {
  constructor(
    readonly view: string,
    readonly among: { readonly prefix: string } | { readonly lists: readonly [string, ...string[]] },
    readonly page: Page = {},
  ) {
    super();
  }
}

@QueryHandler(FindDocuments)
export class FindDocumentsHandler implements IQueryHandler<FindDocuments> {
  constructor(private readonly views: Views) {}

  execute({ view, among, page }: FindDocuments) {
    const found =
      'prefix' in among ? this.views.range(view, among.prefix, page) : this.views.listed(view, among.lists, page);
    return Promise.resolve(found);
  }
}
