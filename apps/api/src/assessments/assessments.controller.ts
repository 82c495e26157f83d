import { Controller, Get, Param } from '@nestjs/common';
import { Bookmarks } from '#commands';
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

const SINCE = { type: Number, description: 'A sequence of the record, instead of your bookmark.' };

/** What reviewers find, beside what organizations claim. Each reader is shown what is for them, and no more. */
@Controller('api')
export class AssessmentsController {
  constructor(
    private readonly readers: Readers,
    private readonly asRead: ReportsAsRead,
    private readonly bookmarks: Bookmarks,
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
    const assessments = await reading.ask(new AssessmentsOf(id, reader, asOf, words));
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
    const answer = await reading.ask(new AssessmentBy(id, reader, reading.asOf));
    const assessment = found(answer, 'assessment-unknown', id);
    return reading.tell(assessment, { reader, revision: assessment.revision });
  }

  @Get(`${ONE_REPORT}/changes`)
  @ReadOperation({
    summary: 'What has changed in a report since you last looked',
    description:
      'Since your bookmark in it, which you put by saying how far you have looked; -1 where you never did, and everything ' +
      'is new. Or since another moment: `since` is the Sequence of the answer in which you read it, and who has not ' +
      'signed in has to say. Sections are compared word by word; drafts of the organization and parts that are withheld ' +
      'are left out.',
    tag: TAG,
    query: { filters: ['since'], asOf: true },
    described: { since: SINCE },
    example: example.changes,
  })
  async changes(@Read() reading: Reading, @ReportInAddress() id: ReportId) {
    const { request, moment } = reading;
    const since = sinceAsked(reading) ?? (await this.sinceBookmark(reading, id));
    const reader = await this.readers.ofReport(request, id);
    const words = await this.asRead.publishedOnly(request, id.organization);
    const changes = await reading.ask(new ChangesSince(id, since, reader, moment.asOf, words));
    return reading.tell(found(changes, 'report-unknown', { ...id }), { reader });
  }

  /** Nothing is new in a moment of the record before it was looked at. */
  private async sinceBookmark({ request, moment }: Reading, id: ReportId): Promise<number> {
    const person = this.readers.personOf(request);
    if (person === undefined) throw malformed('since', SINCE_WHEN);
    return Math.min((await this.bookmarks.of(person, id)) ?? BEFORE_ALL, moment.sequence);
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
    const all = await reading.ask(new InboxOfReviewer(person, reader, asOf));
    const waiting = await this.readers.knownTo(request, all);
    return reading.tell({ waiting }, { reader });
  }
}

const BEFORE_ALL = -1;
const SINCE_WHEN = 'must be a sequence of the record, such as since=1207: who has not signed in has no bookmark';

function sinceAsked({ asked, moment }: Reading): number | undefined {
  const text = asked.filters['since'];
  if (text === undefined) return undefined;
  const since = sequenceIn(text);
  if (since === undefined) throw malformed('since', 'must be a sequence of the record, such as since=1207');
  requireReached('since', since, { ...asked, last: moment.sequence });
  return since;
}
