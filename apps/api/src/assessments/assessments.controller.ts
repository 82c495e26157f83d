import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AssessmentBy, AssessmentsOf, ChangesSince, InboxOfReviewer } from '#views';
import { Answers, found } from '../answers.js';
import { cycleIn } from '../cycles/cycle-in-address.js';
import { requireReached, sequenceIn } from '../events/events-asked.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { HttpProblem } from '../http/http-problem.js';
import { ReadOperation } from '../http/operations.js';
import { TAG } from './assessment-address.js';
import * as example from './assessments.examples.js';
import { ReportsAsRead } from '../reports/reports-as-read.js';
import { Readers } from './readers.js';

const AT_A_MOMENT = { asOf: true };
const SINCE = { filters: ['since'], asOf: true };
const ONE_REPORT = 'reports/:series/:year/:organization';

/** What reviewers find, beside what organizations claim. Each reader is shown what is for them, and no more. */
@Controller('api')
export class AssessmentsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly answers: Answers,
    private readonly readers: Readers,
    private readonly asRead: ReportsAsRead,
  ) {}

  @Get(`${ONE_REPORT}/assessments`)
  @ReadOperation({
    summary: 'Claims of the organization and findings of the reviewers, side by side per criterion',
    description:
      'Nothing is scored, added up or ranked. `laterVersion` says that a version was submitted after the one that a ' +
      'finding is about. Drafts are shown to reviewers, and to the organization once they were shown to it.',
    tag: TAG,
    query: AT_A_MOMENT,
    example: example.sideBySide,
  })
  async sideBySide(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.unsettledMoment(request, asked);
    const id = { ...cycleIn(series, year), organization };
    const reader = await this.readers.ofReport(request, id);
    const words = await this.asRead.publishedOnly(request, organization);
    const answer = await this.queries.execute(new AssessmentsOf(id, reader, moment.asOf, words));
    const assessments = found(answer, 'report-unknown', { ...id });
    const json = JSON.stringify({ asOf: moment.sequence, reader, ...assessments });
    const sent = this.answers.text(request, reply, moment, json);
    this.readers.mark(reply, reader);
    return sent;
  }

  @Get(`${ONE_REPORT}/assessments/:reviewer`)
  @ReadOperation({
    summary: "One reviewer's assessment of a report",
    tag: TAG,
    query: AT_A_MOMENT,
    example: example.assessment,
  })
  async one(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
    @Param('reviewer') reviewer: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const id = { ...cycleIn(series, year), organization };
    const reader = await this.readers.ofReport(request, id);
    const answer = await this.queries.execute(new AssessmentBy({ ...id, reviewer }, reader, moment.asOf));
    const assessment = found(answer, 'assessment-unknown', { ...id, reviewer });
    const json = JSON.stringify({ asOf: moment.sequence, reader, ...assessment });
    const sent = this.answers.resource(request, reply, moment, assessment.revision, json);
    this.readers.mark(reply, reader);
    return sent;
  }

  @Get(`${ONE_REPORT}/changes`)
  @ReadOperation({
    summary: 'What has changed in a report since you last looked',
    description:
      '`since` is the Sequence of the answer in which you read it. Sections are compared word by word; drafts of the ' +
      'organization and parts that are withheld are left out.',
    tag: TAG,
    query: SINCE,
    example: example.changes,
  })
  async changes(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
    @AskedFor(SINCE) asked: Asked,
  ) {
    const moment = await this.answers.unsettledMoment(request, asked);
    const since = sinceAsked(asked.filters['since']);
    requireReached('since', since, { ...asked, last: moment.sequence });
    const id = { ...cycleIn(series, year), organization };
    const reader = await this.readers.ofReport(request, id);
    const words = await this.asRead.publishedOnly(request, organization);
    const answer = await this.queries.execute(new ChangesSince(id, since, reader, moment.asOf, words));
    const changes = found(answer, 'report-unknown', { ...id });
    const json = JSON.stringify({ asOf: moment.sequence, reader, ...changes });
    const sent = this.answers.text(request, reply, moment, json);
    this.readers.mark(reply, reader);
    return sent;
  }

  @Get('reviewers/:person/inbox')
  @ReadOperation({
    summary: 'What waits for a reviewer, the oldest first',
    description: 'For the reviewer: everything. For others: what everybody may know.',
    tag: TAG,
    query: AT_A_MOMENT,
    example: example.inbox,
  })
  async inbox(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('person') person: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const reader = this.readers.ofReviewer(request, person);
    const waiting = await this.queries.execute(new InboxOfReviewer(person, reader, moment.asOf));
    const json = JSON.stringify({ asOf: moment.sequence, reader, waiting });
    const sent = this.answers.text(request, reply, moment, json);
    this.readers.mark(reply, reader);
    return sent;
  }
}

function sinceAsked(text: string | undefined): number {
  const since = text === undefined ? undefined : sequenceIn(text);
  if (since !== undefined) return since;
  const message = 'must be a sequence of the record, such as since=1207';
  throw new HttpProblem('query-parameter-malformed', { errors: [{ parameter: 'since', message }] });
}
