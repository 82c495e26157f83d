import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { EventStore, type RecordedEvent } from '#event-store';
import { may } from '#identity';
import {
  type Audience,
  audienceOfAssessment,
  audienceOfMandate,
  audienceOfOrganization,
  audiencesOfReport,
  mayReadFor,
  type ReportAudience,
  subjectOf,
} from '#reporting';
import { Readers } from '../assessments/readers.js';
import { admittedOf } from '../gate/admitted.js';
import { Relations } from '../gate/relations.js';

/** Whether somebody may read what an event says. That it happened stands in the record, for everybody to count. */
export type MayRead = (event: RecordedEvent) => boolean | Promise<boolean>;

/** Readers of the record, as they ask: each question is answered once for one request. */
@Injectable()
export class EventReaders {
  constructor(
    private readonly store: EventStore,
    private readonly relations: Relations,
    private readonly readers: Readers,
  ) {}

  /** Nothing is kept from anybody where nobody signs in. */
  of(request: FastifyRequest): MayRead {
    const admitted = admittedOf(request);
    if (!admitted) return () => true;
    const reports = new Map<string, Promise<(revision: number) => ReportAudience>>();
    const relations = new Map<string, ReturnType<Relations['toReports']>>();
    const audiences = new Map<string, Promise<Audience>>();
    const readsOf = (organization: string) =>
      once(relations, organization, () => this.relations.toReports(request, organization));
    return async ({ stream, revision, type }) => {
      const subject = subjectOf(stream);
      switch (subject.category) {
        case 'organization': {
          const audience = audienceOfOrganization({ type } as Parameters<typeof audienceOfOrganization>[0]);
          return audience === 'public' || (await readsOf(subject.organization)).drafts;
        }
        case 'mandate': {
          const audience = audienceOfMandate({ type } as Parameters<typeof audienceOfMandate>[0]);
          return audience === 'public' || may(admitted.who, 'PersonList') === 'yes';
        }
        case 'assessment': {
          const audience =
            audienceOfAssessment({ type } as Parameters<typeof audienceOfAssessment>[0]) ?? 'secretariat';
          if (audience === 'public') return true;
          return mayReadFor(
            await once(audiences, `${subject.series}/${subject.year}/${subject.organization}`, () =>
              this.readers.ofReport(request, subject),
            ),
            audience,
          );
        }
        case 'report': {
          const audience = (await once(reports, stream, () => this.audiencesIn(stream)))(revision);
          if (audience === 'public') return true;
          if (audience === 'reviewers') return mayReadFor(await this.readers.ofReport(request, subject), 'reviewers');
          const reads = await readsOf(subject.organization);
          return audience === 'writers' ? reads.drafts : reads.submitted;
        }
        default:
          return true;
      }
    };
  }

  /** As `of`; where nobody signs in, as everybody reads it: whoever looks at a page does not say who they are. */
  ofVisitor(request: FastifyRequest): MayRead {
    if (admittedOf(request)) return this.of(request);
    const reports = new Map<string, Promise<(revision: number) => ReportAudience>>();
    return async ({ stream, revision, type }) => {
      switch (subjectOf(stream).category) {
        case 'organization':
          return audienceOfOrganization({ type } as Parameters<typeof audienceOfOrganization>[0]) === 'public';
        case 'mandate':
          return audienceOfMandate({ type } as Parameters<typeof audienceOfMandate>[0]) === 'public';
        case 'assessment':
          return audienceOfAssessment({ type } as Parameters<typeof audienceOfAssessment>[0]) === 'public';
        case 'report':
          return (await once(reports, stream, () => this.audiencesIn(stream)))(revision) === 'public';
        default:
          return true;
      }
    };
  }

  private async audiencesIn(stream: string): Promise<(revision: number) => ReportAudience> {
    const events: RecordedEvent[] = [];
    for await (const event of this.store.read(stream)) events.push(event);
    return audiencesOfReport(events);
  }
}

function once<Answer>(answers: Map<string, Promise<Answer>>, key: string, ask: () => Promise<Answer>): Promise<Answer> {
  const known = answers.get(key) ?? ask();
  answers.set(key, known);
  return known;
}
