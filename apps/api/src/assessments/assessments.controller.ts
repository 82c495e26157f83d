import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ReportId } from '#reporting';
import { AssessmentBy, AssessmentsOf, ChangesSince, InboxOfReviewer } from '#views';
import { found } from '../answers.js';
import { requireReached, sequenceIn } from '../events/events-asked.js';
import { malformed } from '../http/malformed.js';
import { ReadOperation } from '../http/operations.js';
import { Read, type Reading } from '../reading.js';
import { ReportInAddress } from '../reports/report-address.js';
import { ReportsAsRead } from '../reports/reports-as-read.js';
import { TAG } from './assessment-address.js';
import * as example from './assessments.examples.js';
import { Readers } from './readers.js';

const ONE_REPORT = 'reports/:series/:year/:organization';

/** What reviewers find, beside what organizations claim. Each reader is shown what is for them, and no more. */
@Controller('api')
export class AssessmentsController {
  constructor(
    private readonly queries: QueryBus,
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
    query: { asOf: true },
    example: example.sideBySide,
  })
  async sideBySide(@Read() reading: Reading, @ReportInAddress() id: ReportId) {
    const { request, asOf } = reading;
    const reader = await this.readers.ofReport(request, id);
    const words = await this.asRead.publishedOnly(request, id.organization);
    const assessments = await this.queries.execute(new AssessmentsOf(id, reader, asOf, words));
    return reading.tell(found(assessments, 'report-unknown', { ...id }), { reader });
  }

  @Get(`${ONE_REPORT}/assessments/:reviewer`)
  @ReadOperation({
    summary: "One reviewer's assessment of a report",
    tag: TAG,
    query: { asOf: true },
    example: example.assessment,
  })
  async one(@Read() reading: Reading, @ReportInAddress() report: ReportId, @Param('reviewer') reviewer: string) {
    const id = { ...report, reviewer };
    const reader = await this.readers.ofReport(reading.request, report);
    const answer = await this.queries.execute(new AssessmentBy(id, reader, reading.asOf));
    const assessment = found(answer, 'assessment-unknown', id);
    return reading.tell(assessment, { reader, revision: assessment.revision });
  }

  @Get(`${ONE_REPORT}/changes`)
  @ReadOperation({
    summary: 'What has changed in a report since you last looked',
    description:
      '`since` is the Sequence of the answer in which you read it. Sections are compared word by word; drafts of the ' +
      'organization and parts that are withheld are left out.',
    tag: TAG,
    query: { filters: ['since'], asOf: true },
    example: example.changes,
  })
  async changes(@Read() reading: Reading, @ReportInAddress() id: ReportId) {
    const { request, asked, moment } = reading;
    const since = sinceAsked(asked.filters['since']);
    requireReached('since', since, { ...asked, last: moment.sequence });
    const reader = await this.readers.ofReport(request, id);
    const words = await this.asRead.publishedOnly(request, id.organization);
    const changes = await this.queries.execute(new ChangesSince(id, since, reader, moment.asOf, words));
    return reading.tell(found(changes, 'report-unknown', { ...id }), { reader });
  }

  @Get('reviewers/:person/inbox')
  @ReadOperation({
    summary: 'What waits for a reviewer, the oldest first',
    description: 'For the reviewer: everything. For others: what everybody may know.',
    tag: TAG,
    query: { asOf: true },
    example: example.inbox,
  })
  async inbox(@Read() reading: Reading, @Param('person') person: string) {
    const { request, asOf } = reading;
    const reader = this.readers.ofReviewer(request, person);
    const all = await this.queries.execute(new InboxOfReviewer(person, reader, asOf));
    const waiting = await this.readers.knownTo(request, all);
    return reading.tell({ waiting }, { reader });
  }
}

function sinceAsked(text: string | undefined): number {
  const since = text === undefined ? undefined : sequenceIn(text);
  if (since !== undefined) return since;
  throw malformed('since', 'must be a sequence of the record, such as since=1207');
}
