import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ReportId } from '#reporting';
import {
  type Found,
  type ReportAnswer,
  type ReportDocument,
  type ReportReadiness,
  reportForReaders,
  Views,
  type WhichVersion,
} from '#views';
import { admittedOf } from '../gate/admitted.js';
import { Relations } from '../gate/relations.js';

/** Which words of a report somebody is shown, and what of its standing. Where nobody signs in: all. */
@Injectable()
export class ReportsAsRead {
  constructor(
    private readonly views: Views,
    private readonly relations: Relations,
  ) {}

  /** What to read for what is asked for; nothing where it is for others, as where it is not there. */
  async words(
    request: FastifyRequest,
    id: ReportId,
    asked: WhichVersion | undefined,
    asOf?: number,
  ): Promise<{ readonly words?: WhichVersion | 'published' } | undefined> {
    const { drafts, submitted } = await this.relations.toReports(request, id.organization);
    if (drafts) return asked === undefined ? {} : { words: asked };
    if (asked === 'draft') return undefined;
    const found = this.views.document('reports', `${id.series}/${id.year}/${id.organization}`, asOf);
    const { published, versions = [] } = found ? (JSON.parse(found.body) as ReportDocument) : {};
    // Where there is no version yet, the last words are those of the draft.
    if (submitted) return asked === undefined ? { words: versions.at(-1)?.version ?? 'published' } : { words: asked };
    // What was published before is public, too: a later version does not take it back.
    if (asked === undefined) return { words: 'published' };
    return published !== undefined && asked <= published ? { words: asked } : undefined;
  }

  /** Whether no more than what is published is read, of all that an organization reported. */
  async publishedOnly(request: FastifyRequest, organization: string): Promise<'published' | undefined> {
    return (await this.relations.toReports(request, organization)).submitted ? undefined : 'published';
  }

  /** What changed is said in the words of the draft: how far it is can be known without them. */
  async readiness(request: FastifyRequest, organization: string, all: ReportReadiness): Promise<object> {
    if ((await this.relations.toReports(request, organization)).drafts) return all;
    const { changes: _, ...rest } = all;
    return rest;
  }

  async standing(request: FastifyRequest, answer: ReportAnswer): Promise<ReportAnswer> {
    return { ...answer, report: await this.shown(request, answer.report) };
  }

  async listed(request: FastifyRequest, documents: readonly Found[]): Promise<readonly Found[]> {
    if (!admittedOf(request)) return documents;
    return Promise.all(
      documents.map(async (found) => {
        const report = await this.shown(request, JSON.parse(found.body) as ReportDocument);
        return { ...found, body: JSON.stringify(report) };
      }),
    );
  }

  private async shown(request: FastifyRequest, report: ReportDocument): Promise<ReportDocument> {
    const { drafts, submitted } = await this.relations.toReports(request, report.organization);
    return drafts ? report : reportForReaders(this.views, report, submitted ? 'submitted' : 'published');
  }
}
