import { Controller, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Bookmarks, IsOrganizationId, IsRevision, IsSeries, IsYear, Known, PERSON_ID } from '#commands';
import { Answers } from '../answers.js';
import { BodyOperation, FieldsIn } from '../http/body-operation.js';
import { givenBy } from '../http/given.js';
import { HttpProblem } from '../http/http-problem.js';
import { ONE_REPORT, reportAddress } from '../reports/report-address.js';
import { TAG } from './assessment-address.js';
import * as example from './assessments.examples.js';

/** How far who sends it has looked at the report that is named. */
class BookmarkFields {
  @IsSeries() readonly series!: string;
  @IsYear() readonly year!: number;
  @IsOrganizationId() readonly organization!: string;
  @IsRevision() sequence!: number;
}

/** Where nobody signs in, an actor may be called anything else. */
const NO_PERSON = { errors: [{ header: 'Actor', message: 'must be the id of a person, such as person-7' }] };

@Controller(`${ONE_REPORT}/bookmark`)
export class BookmarkController {
  constructor(
    private readonly bookmarks: Bookmarks,
    private readonly known: Known,
    private readonly answers: Answers,
  ) {}

  @Put()
  @BodyOperation({
    summary: 'Say how far you have looked at a report',
    description:
      '`sequence` is the Sequence of the answer that you have read. What has changed in the report since is then told ' +
      'without `since`. Nothing is marked by reading: an answer that was sent may have been read by nobody. It is yours ' +
      'alone, can be put further back, and is no part of the public record.',
    tag: TAG,
    gated: 'Bookmark',
    actor: 'Who has looked',
    body: { of: BookmarkFields, inAddress: ['series', 'year', 'organization'], example: example.bookmark },
    answer: { description: 'Kept, and durable.', example: example.bookmark },
  })
  async put(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @FieldsIn(BookmarkFields) { sequence, ...id }: BookmarkFields,
  ) {
    const { actor, correlationId } = givenBy(request);
    if (!PERSON_ID.test(actor)) throw new HttpProblem('header-malformed', NO_PERSON);
    await this.known.report(id);
    await this.answers.moment(request, { asOf: { sequence } });
    await this.bookmarks.put(actor, id, sequence, correlationId);
    reply.header('Location', `${reportAddress(id)}/changes`).header('Cache-Control', 'no-store');
    return { sequence };
  }
}
