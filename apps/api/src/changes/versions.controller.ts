import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, found } from '../answers.js';
import { cycleIn } from '../cycles/cycle-in-address.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { ReadOperation } from '../http/operations.js';
import { ONE_REPORT, reportAddress, TAG } from '../reports/report-address.js';
import { versionAsked } from '../reports/version-asked.js';
import * as example from './changes.examples.js';
import { VersionsAsRead } from './versions-as-read.js';

const AT_A_MOMENT = { asOf: true };

/** A report in all its versions, and what became of one in another. */
@Controller(`${ONE_REPORT}/versions`)
export class VersionsController {
  constructor(
    private readonly answers: Answers,
    private readonly versions: VersionsAsRead,
  ) {}

  @Get()
  @ReadOperation({
    summary: 'The versions of a report: when each was submitted, by whom, why, and which one is current',
    description:
      'The oldest first, as far as you may read them. Exactly one is current, unless the report was withdrawn. Each leads ' +
      'to its words, its receipt, and its difference from the one before.',
    tag: TAG,
    query: AT_A_MOMENT,
    example: example.versions,
  })
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.unsettledMoment(request, asked);
    const id = { ...cycleIn(series, year), organization };
    const answer = await this.versions.list(request, id, moment.asOf);
    const { versions, ...rest } = found(answer, 'report-unknown', { ...id });
    const address = reportAddress(id);
    const linked = versions.map((each) => ({
      ...each,
      links: {
        report: `${address}?version=${each.version}`,
        receipt: `${address}/receipts/${each.version}`,
        ...(each.version > 1 && {
          differenceFromBefore: `${address}/versions/${each.version - 1}/difference/${each.version}`,
        }),
      },
    }));
    const json = JSON.stringify({ asOf: moment.sequence, ...rest, versions: linked });
    return this.answers.resource(request, reply, moment, rest.revision, json);
  }

  @Get(':version/difference/:other')
  @ReadOperation({
    summary: 'What became of one version of a report in another',
    description:
      'Sections that were added, removed or changed, word by word; citations with their claims, figures with their units, ' +
      'attachments, and how each version was signed. Parts that are withheld from you are named with the reason; whether ' +
      'they changed is not said.',
    tag: TAG,
    query: AT_A_MOMENT,
    example: example.difference,
  })
  async difference(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('series') series: string,
    @Param('year') year: string,
    @Param('organization') organization: string,
    @Param('version') version: string,
    @Param('other') other: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.unsettledMoment(request, asked);
    const id = { ...cycleIn(series, year), organization };
    const between = [numberIn(version), numberIn(other)] as const;
    const answer = await this.versions.difference(request, id, between, moment.asOf);
    const difference = found(answer, 'report-unknown', { ...id, versions: [version, other] });
    return this.answers.text(request, reply, moment, JSON.stringify({ asOf: moment.sequence, ...difference }));
  }
}

/** A draft is no version, and there is none with the number 0. */
function numberIn(text: string): number {
  const version = versionAsked(text);
  return typeof version === 'number' ? version : 0;
}
