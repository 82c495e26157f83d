import { Controller, Get, Param } from '@nestjs/common';
import type { ReportId } from '#reporting';
import { found } from '../answers.js';
import { signInFirst } from '../gate/sign-in-first.js';
import { ReadOperation } from '../http/operations.js';
import { Read, type Reading } from '../reading.js';
import { ONE_REPORT, reportAddress, ReportInAddress, TAG } from '../reports/report-address.js';
import { versionAsked } from '../reports/version-asked.js';
import * as example from './changes.examples.js';
import { VersionsAsRead } from './versions-as-read.js';

/** A report in all its versions, and what became of one in another. */
@Controller(`${ONE_REPORT}/versions`)
export class VersionsController {
  constructor(private readonly versions: VersionsAsRead) {}

  @Get()
  @ReadOperation({
    summary: 'The versions of a report: when each was submitted, by whom, why, and which one is current',
    description:
      'The oldest first, as far as you may read them. Exactly one is current, unless the report was withdrawn. Each leads ' +
      'to its words, its receipt, and its difference from the one before it in the list.',
    tag: TAG,
    query: { asOf: true },
    example: example.versions,
  })
  async list(@Read() reading: Reading, @ReportInAddress() id: ReportId) {
    const answer = await this.versions.list(reading.request, id, reading.asOf);
    const { versions, ...rest } = found(answer, 'report-unknown', { ...id });
    const address = reportAddress(id);
    const linked = versions.map((each, n) => {
      const before = versions[n - 1];
      return {
        ...each,
        links: {
          report: `${address}?version=${each.version}`,
          receipt: `${address}/receipts/${each.version}`,
          ...(before && {
            differenceFromBefore: `${address}/versions/${before.version}/difference/${each.version}`,
          }),
        },
      };
    });
    return reading.tell({ ...rest, versions: linked }, { revision: rest.revision });
  }

  @Get(':version/difference/:other')
  @ReadOperation({
    summary: 'What became of one version of a report in another',
    description:
      'Sections that were added, removed or changed, word by word; citations with their claims, figures with their units, ' +
      'attachments, and how each version was signed. Parts that are withheld from you are named with the reason; whether ' +
      'they changed is not said.',
    tag: TAG,
    query: { asOf: true },
    example: example.difference,
  })
  async difference(
    @Read() reading: Reading,
    @ReportInAddress() id: ReportId,
    @Param('version') version: string,
    @Param('other') other: string,
  ) {
    const between = [numberIn(version), numberIn(other)] as const;
    const difference = await this.versions.difference(reading.request, id, between, reading.asOf);
    if (!difference) signInFirst(reading.request);
    return reading.tell(found(difference, 'report-unknown', { ...id, versions: [version, other] }));
  }
}

/** A draft is no version, and there is none with the number 0. */
function numberIn(text: string): number {
  const version = versionAsked(text);
  return typeof version === 'number' ? version : 0;
}
