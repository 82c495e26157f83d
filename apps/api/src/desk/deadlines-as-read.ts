import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { type Audience, mayReadFor } from '#reporting';
import { type Deadline, type DeadlineFilter, type DeadlineFor, DeadlinesAt } from '#views';
import { Readers } from '../assessments/readers.js';

/** Deadlines, without those of which who asks may not know. */
@Injectable()
export class DeadlinesAsRead {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  async of(request: FastifyRequest, filter: DeadlineFilter, asOf: number | undefined): Promise<readonly Deadline[]> {
    const all = await this.queries.execute(new DeadlinesAt(filter, asOf));
    const known = new Map<string, Promise<Audience>>();
    const shown: Deadline[] = [];
    for (const { audience, ...deadline } of all) {
      if (audience === 'public' || mayReadFor(await this.readerOf(request, deadline, known), audience))
        shown.push(deadline);
    }
    return shown;
  }

  /** Asked once for each report. */
  private readerOf(
    request: FastifyRequest,
    { series, year, organization }: Omit<DeadlineFor, 'audience'>,
    known: Map<string, Promise<Audience>>,
  ): Promise<Audience> {
    if (series === undefined || year === undefined || organization === undefined) return Promise.resolve('public');
    const key = `${series}/${year}/${organization}`;
    const found = known.get(key) ?? this.readers.ofReport(request, { series, year, organization });
    known.set(key, found);
    return found;
  }
}
