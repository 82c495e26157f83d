import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Known } from '#commands';
import { isPublished, type ReportId } from '#reporting';
import {
  type DelegatedSection,
  type Found,
  type Insight,
  type ReportAnswer,
  type ReportDocument,
  type ReportReadiness,
  reportForReaders,
  SectionsDelegatedTo,
  Views,
  type WhichVersion,
  withholdingAsToday,
  withoutWithheld,
  withThreadsFor,
} from '#views';
import { Readers } from '../assessments/readers.js';
import { admittedOf } from '../gate/admitted.js';
import { Questions } from '../gate/questions.js';
import { Relations } from '../gate/relations.js';
import { reportKey } from './report-address.js';

/** Which words of a report somebody is shown, and what of its standing. Where nobody signs in: all but what is withheld. */
@Injectable()
export class ReportsAsRead {
  constructor(
    private readonly views: Views,
    private readonly relations: Relations,
    private readonly readers: Readers,
    private readonly known: Known,
    private readonly questions: Questions,
  ) {}

  /** What to read for what is asked for; nothing where it is for others, as where it is not there. */
  async words(
    request: FastifyRequest,
    id: ReportId,
    asked: WhichVersion | undefined,
    asOf?: number,
  ): Promise<{ readonly words?: WhichVersion | 'published'; readonly insight?: Insight } | undefined> {
    const { drafts, submitted } = await this.relations.toReports(request, id.organization);
    const insight = { insight: await this.insight(request, id.organization) };
    if (drafts) return { ...(asked !== undefined && { words: asked }), ...insight };
    if (asked === 'draft') return undefined;
    const found = this.views.document('reports', reportKey(id), asOf);
    const report: Partial<ReportDocument> = found ? (JSON.parse(found.body) as ReportDocument) : {};
    // Where there is no version yet, the last words are those of the draft.
    if (submitted) return { words: asked ?? report.versions?.at(-1)?.version ?? 'published', ...insight };
    if (asked === undefined) return { words: 'published' };
    return isPublished(report, asked) ? { words: asked } : undefined;
  }

  /** Where nobody signs in, nobody can show that what is withheld is not withheld from them. */
  async insight(request: FastifyRequest, organization: string): Promise<Insight> {
    if (!admittedOf(request)) return 'public';
    return (await this.relations.toReports(request, organization)).submitted ? 'insider' : 'public';
  }

  /** Whether no more than what is published is read, of all that an organization reported. */
  async publishedOnly(request: FastifyRequest, organization: string): Promise<'published' | undefined> {
    return (await this.relations.toReports(request, organization)).submitted ? undefined : 'published';
  }

  /** What changed is said in the words of the draft: how far it is can be known without them. */
  async readiness(request: FastifyRequest, organization: string, all: ReportReadiness): Promise<object> {
    if ((await this.relations.toReports(request, organization)).drafts) {
      return { ...all, warnings: [...all.warnings, ...(await this.orphaned(organization, all))] };
    }
    const { changes: _, sections, ...rest } = all;
    return { ...rest, sections: sections.map(({ delegatedTo: __, ...section }) => section) };
  }

  /** Sections that were delegated to somebody who has left since. */
  private async orphaned(organization: string, { sections }: ReportReadiness): Promise<ReportReadiness['warnings']> {
    const asked = sections.filter(({ delegatedTo }) => delegatedTo !== undefined);
    const left = await Promise.all(asked.map(({ delegatedTo }) => this.known.hasLeft(delegatedTo!, organization)));
    return asked
      .filter((_, n) => left[n])
      .map(({ section, delegatedTo }) => {
        const detail = `${section} was delegated to ${delegatedTo}, who has left: delegate it anew.`;
        return { code: 'delegate-left', section, detail, why: [] };
      });
  }

  /** What somebody who has left was asked to write, for those who may read it. */
  async orphanedBy(
    request: FastifyRequest,
    organization: string,
    person: string,
  ): Promise<{ readonly orphaned?: readonly DelegatedSection[] }> {
    const { drafts } = await this.relations.toReports(request, organization);
    if (!drafts || (await this.known.actsFor(person, organization))) return {};
    return { orphaned: await this.questions.ask(request, new SectionsDelegatedTo(person, organization)) };
  }

  async standing(request: FastifyRequest, answer: ReportAnswer, asOf?: number): Promise<ReportAnswer> {
    return { ...answer, report: await this.shown(request, answer.report, asOf) };
  }

  async listed(request: FastifyRequest, documents: readonly Found[], asOf?: number): Promise<readonly Found[]> {
    return Promise.all(
      documents.map(async (found) => {
        // Where nobody signs in, all is shown but what is withheld.
        const isUncut = asOf === undefined && !found.body.includes('"withheld"');
        if (isUncut && !admittedOf(request)) return found;
        const report = await this.shown(request, JSON.parse(found.body) as ReportDocument, asOf);
        return { ...found, body: JSON.stringify(report) };
      }),
    );
  }

  private async shown(request: FastifyRequest, report: ReportDocument, asOf?: number): Promise<ReportDocument> {
    if (!admittedOf(request)) return withoutWithheld(withholdingAsToday(this.views, report, asOf));
    const { drafts, submitted } = await this.relations.toReports(request, report.organization);
    const read = submitted ? 'submitted' : 'published';
    const shown = drafts ? report : reportForReaders(this.views, report, read, asOf);
    if (!shown.threads) return shown;
    return withThreadsFor(await this.readers.ofReport(request, report), shown);
  }
}
