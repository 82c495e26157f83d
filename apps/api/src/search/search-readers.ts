import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Audience, OrganizationId, ReportId } from '#reporting';
import type { Circle } from '#views';
import { Readers } from '../assessments/readers.js';
import { admittedOf } from '../gate/admitted.js';
import { Relations } from '../gate/relations.js';

/** To which circles somebody belongs: asked of those who say it wherever else a report is read. */
@Injectable()
export class SearchReaders {
  constructor(
    private readonly relations: Relations,
    private readonly readers: Readers,
  ) {}

  /** Each question is answered once for one request. */
  of(request: FastifyRequest): (circle: Circle) => boolean | Promise<boolean> {
    const admitted = admittedOf(request);
    if (admitted && !admitted.who) return () => false;
    const words = new Map<OrganizationId, ReturnType<Relations['toReports']>>();
    const audiences = new Map<string, Promise<Audience>>();
    return async ({ report, readers, isWithheld }) => {
      // Where nobody signs in, nobody is one of those who read what is withheld.
      if (isWithheld && !admitted) return false;
      const { drafts, submitted } = await once(words, report.organization, () =>
        this.relations.toReports(request, report.organization),
      );
      if (isWithheld && !submitted) return false;
      if (readers.includes('writers')) return drafts;
      if (readers.includes('submitted')) return submitted;
      const audience = await once(audiences, keyOf(report), () => this.readers.ofReport(request, report));
      return readers.some((reader) => reader === audience);
    };
  }
}

const keyOf = ({ series, year, organization }: ReportId) => `${series}/${year}/${organization}`;

function once<Key, Answer>(answers: Map<Key, Answer>, key: Key, ask: () => Answer): Answer {
  const answer = answers.get(key) ?? ask();
  answers.set(key, answer);
  return answer;
}
