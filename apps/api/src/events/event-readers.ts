import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { comparePositions, EventStore, type RecordedEvent } from '#event-store';
import { may } from '#identity';
import {
  type Audience,
  audienceOfAssessment,
  audienceOfFindings,
  audienceOfMandate,
  audienceOfOrganization,
  audiencesOfReport,
  mayReadFor,
  type ReportAudience,
  type ReportId,
  reportStream,
  subjectOf,
  type ToldFinding,
} from '#reporting';
import { askedOnce } from '../asked-once.js';
import { Readers } from '../assessments/readers.js';
import { admittedOf } from '../gate/admitted.js';
import { Relations } from '../gate/relations.js';
import { reportKey } from '../reports/report-address.js';

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
    const audiencesIn = askedOnce(String, (stream: string) => this.audiencesIn(stream));
    const reviewed = this.audiencesOfReviews();
    const readsOf = askedOnce(String, (organization: string) => this.relations.toReports(request, organization));
    const audienceOf = askedOnce(reportKey, (report) => this.readers.ofReport(request, report));
    return async (event) => {
      const { stream, revision, type } = event;
      const subject = subjectOf(stream);
      switch (subject.category) {
        case 'organization': {
          const audience = audienceOfOrganization(event);
          return audience === 'public' || (await readsOf(subject.organization)).drafts;
        }
        case 'mandate': {
          const audience = audienceOfMandate({ type } as Parameters<typeof audienceOfMandate>[0]);
          return audience === 'public' || may(admitted.who, 'PersonList') === 'yes';
        }
        case 'assessment': {
          const audience = await reviewed(event, subject);
          if (audience === 'public') return true;
          return mayReadFor(await audienceOf(subject), audience);
        }
        case 'report': {
          const audience = (await audiencesIn(stream))(revision);
          if (audience === 'public') return true;
          if (audience === 'reviewers') return mayReadFor(await audienceOf(subject), 'reviewers');
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
    const audiencesIn = askedOnce(String, (stream: string) => this.audiencesIn(stream));
    const reviewed = this.audiencesOfReviews();
    return async (event) => {
      const { stream, revision, type } = event;
      const subject = subjectOf(stream);
      switch (subject.category) {
        case 'organization':
          return audienceOfOrganization(event) === 'public';
        case 'mandate':
          return audienceOfMandate({ type } as Parameters<typeof audienceOfMandate>[0]) === 'public';
        case 'assessment':
          return (await reviewed(event, subject)) === 'public';
        case 'report':
          return (await audiencesIn(stream))(revision) === 'public';
        default:
          return true;
      }
    };
  }

  private async audiencesIn(stream: string): Promise<(revision: number) => ReportAudience> {
    return audiencesOfReport(await this.eventsIn(stream));
  }

  private audiencesOfReviews(): (event: RecordedEvent, report: ReportId) => Promise<Audience> {
    const findings = askedOnce(reportStream, async (id: ReportId) =>
      audienceOfFindings(await this.eventsIn(reportStream(id))),
    );
    return async (event, report) => {
      const { type, data, position } = event;
      if (type === 'FindingPublished' || type === 'FindingShared') {
        const isEarlier = (other: RecordedEvent) => comparePositions(other.position, position) < 0;
        return (await findings(report))({ type, data: data as unknown as ToldFinding['data'] }, isEarlier);
      }
      return audienceOfAssessment({ type } as Parameters<typeof audienceOfAssessment>[0]) ?? 'secretariat';
    };
  }

  private async eventsIn(stream: string): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.store.readIfAny(stream)) events.push(event);
    return events;
  }
}
