import { Controller, Get, Param } from '@nestjs/common';
import { Refusal, type ReportId } from '#reporting';
import { FindDocument, FindDocuments, ReadinessOf, ReceiptOf, ReportAt, type ReportDocument } from '#views';
import { found } from '../answers.js';
import { signInFirst } from '../gate/sign-in-first.js';
import { ReadOperation } from '../http/operations.js';
import { Read, type Reading } from '../reading.js';
import { amongReports } from './among-reports.js';
import { ReportInAddress, reportKey, TAG } from './report-address.js';
import { ReportsAsRead } from './reports-as-read.js';
import * as example from './reports.examples.js';
import { versionAsked, versionIn } from './version-asked.js';

/** What organizations were asked and what they answered. */
@Controller('api/reports')
export class ReportsController {
  constructor(private readonly asRead: ReportsAsRead) {}

  @Get()
  @ReadOperation({
    summary: 'Reports on record, by series, year and organization',
    description: 'A year needs its series. `status` is one of the contribution statuses, such as `ANSWERED`.',
    tag: TAG,
    query: { filters: ['series', 'year', 'organization', 'status'], asOf: true, paged: true },
    example: example.list,
  })
  async list(@Read() reading: Reading) {
    const { among, where } = amongReports(reading.filters);
    const documents = await reading.ask(new FindDocuments('reports', among, reading.pageOf(where)));
    return reading.page(await this.asRead.listed(reading.request, documents, reading.asOf));
  }

  @Get(':series/:year/:organization')
  @ReadOperation({
    summary: 'A report: its last version or the one that is asked for, or the draft where none was submitted',
    description:
      'Sections, citations and figures are those of the version; how the report stands is of the moment that is asked ' +
      'for. `version=draft` is what is being written, also while an amendment is open.',
    tag: TAG,
    query: { filters: ['version'], asOf: true },
    example: example.report,
  })
  async one(@Read() reading: Reading, @ReportInAddress() id: ReportId) {
    const { request, filters, asOf } = reading;
    const version = versionAsked(filters['version']);
    const read = await this.asRead.words(request, id, version, asOf);
    const answer = read && (await reading.ask(new ReportAt(id, asOf, read.words, read.insight)));
    if (!answer && version !== undefined) signInFirst(request);
    if (!answer && typeof version === 'number') await this.refuseVersion(reading, id, version);
    const report = found(answer, 'report-unknown', { ...id });
    return reading.tell(await this.asRead.standing(request, report, asOf), { revision: report.revision });
  }

  @Get(':series/:year/:organization/readiness')
  @ReadOperation({
    summary: 'What a draft or an amendment still lacks, and what has changed since the last version',
    description:
      'Blockers are what the rules will refuse a signature for; warnings are worth a look. `changes` compares with the ' +
      'last version, word by word. Answers 404 where nobody is writing.',
    tag: TAG,
    query: { asOf: true },
    example: example.readiness,
    reads: 'Readiness',
  })
  async readiness(@Read() reading: Reading, @ReportInAddress() id: ReportId) {
    const answer = await reading.ask(new ReadinessOf(id, reading.asOf));
    const readiness = found(answer, 'report-unknown', { ...id });
    const shown = await this.asRead.readiness(reading.request, id.organization, readiness);
    return reading.tell(shown, { revision: readiness.revision });
  }

  @Get(':series/:year/:organization/receipts/:version')
  @ReadOperation({
    summary: 'The receipt of a version: its number, when it was recorded, and the hash of what it says',
    description:
      'Always the same for who may read all of the version. `sha256` is the SHA-256 of `content` in the canonical form of ' +
      'RFC 8785, so that anybody who has the words can compute it. Where a part is withheld from you it is not told: it ' +
      'would betray that part to whoever tries what it may say. `sha256Withheld` then says so, and `withheld` names the parts.',
    tag: TAG,
    example: example.receipt,
  })
  async receipt(@Read() reading: Reading, @ReportInAddress() id: ReportId, @Param('version') text: string) {
    const version = versionIn(text) ?? 0;
    const read = version ? await this.asRead.words(reading.request, id, version) : undefined;
    const receipt = read ? await reading.ask(new ReceiptOf(id, version, read.insight)) : undefined;
    if (!receipt) signInFirst(reading.request);
    return reading.json(JSON.stringify(found(receipt, 'report-unknown', { ...id, version })));
  }

  /** Where there is a report, it is the version that is unknown. */
  private async refuseVersion(reading: Reading, id: ReportId, version: number): Promise<void> {
    const document = await reading.ask(new FindDocument('reports', reportKey(id), reading.asOf));
    if (!document) return;
    const { versions = [] } = JSON.parse(document.body) as ReportDocument;
    throw new Refusal('version-unknown', { version, latest: versions.length });
  }
}
