import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type OrganizationDocument, Views } from '#views';
import type { Names, ShownMoment } from '../../../web/src/index.js';
import { Answers, type Moment } from '../answers.js';
import type { AsOf } from '../http/paging.js';

/** What pages have in common: the moment that they show, and the names of organizations at it. */
@Injectable()
export class ShownRecord {
  constructor(
    private readonly answers: Answers,
    private readonly views: Views,
  ) {}

  async moment(
    request: FastifyRequest,
    asOf: AsOf | undefined,
  ): Promise<{ readonly moment: Moment; readonly shown: ShownMoment }> {
    const moment = await this.answers.moment(request, asOf ? { asOf } : {});
    const recordedAt = this.views.mark(moment.sequence)?.recordedAt;
    const { sequence } = moment;
    return { moment, shown: { sequence, isPast: moment.asOf !== undefined, ...(recordedAt && { recordedAt }) } };
  }

  organization(id: string, { asOf }: Moment): OrganizationDocument | undefined {
    const found = this.views.document('organizations', id, asOf);
    return found && (JSON.parse(found.body) as OrganizationDocument);
  }

  names(ids: readonly string[], moment: Moment): Names {
    return new Map(
      [...new Set(ids)].flatMap((id) => {
        const known = this.organization(id, moment);
        if (!known) return [];
        const { name, acronym } = known;
        return [[id, { name, ...(acronym !== undefined && { acronym }) }] as const];
      }),
    );
  }
}
