import type { DynamicModule } from '@nestjs/common';
import { CqrsModule, QueryBus } from '@nestjs/cqrs';
import { AssessmentByHandler, AssessmentsOfHandler } from './queries/assessments-of.js';
import { AttachmentNamedHandler } from './queries/attachment-named.js';
import { ChangeLogHandler } from './queries/change-log.js';
import { ChangesSinceHandler } from './queries/changes-since.js';
import { ClarificationsOfHandler } from './queries/clarifications-of.js';
import { CompareYearsHandler } from './queries/compare-years.js';
import { CoverageAtHandler } from './queries/coverage.js';
import { BoardOfCycleHandler } from './queries/cycle-board.js';
import { DeadlinesAtHandler } from './queries/deadlines.js';
import { FindDocumentHandler, FindDocumentsHandler } from './queries/find.js';
import { InboxOfAdministratorHandler } from './queries/inbox-of-administrator.js';
import { InboxOfOrganizationHandler } from './queries/inbox-of-organization.js';
import { InboxOfSecretariatHandler } from './queries/inbox-of-secretariat.js';
import { OptionsOfHandler } from './queries/options-of.js';
import { FormSections } from './queries/form-sections.js';
import { ReadinessOfHandler } from './queries/report-readiness.js';
import { ReceiptOfHandler } from './queries/receipt-of.js';
import { WouldBeRequestedHandler } from './queries/requests-in-bulk.js';
import { SectionsDelegatedToHandler } from './queries/sections-delegated-to.js';
import { InboxOfReviewerHandler } from './queries/reviewer-inbox.js';
import { ReportAtHandler } from './queries/report-at.js';
import { TimelineOfHandler } from './queries/timeline-of.js';
import { DifferenceOfVersionsHandler } from './queries/version-difference.js';
import { VersionsOfHandler } from './queries/versions-of.js';
import { Today } from './queries/report-year.js';
import { SearchHandler } from './queries/search.js';
import { SearchIndex } from './search/search-index.js';
import { Views } from './views.js';

const IN_FRONT = Symbol('in front of the query bus');

/** Puts the handler of every question on Nest's `QueryBus`, and exports the bus. */
export class ViewsModule {
  /**
   * `views` and `search` are started, and closed, by whoever gives them; without `search` nobody answers `Search`. `now`:
   * milliseconds since 1970, by default the machine's. `admitted` is told of each question before its handler is: what it
   * throws for goes no further.
   */
  static register(
    views: Views,
    forms: FormSections,
    admitted: { publish(question: object): void },
    now: () => number = Date.now,
    search?: SearchIndex,
  ): DynamicModule {
    return {
      module: ViewsModule,
      imports: [CqrsModule],
      providers: [
        { provide: Views, useValue: views },
        { provide: IN_FRONT, useFactory: (bus: QueryBus) => (bus.publisher = admitted), inject: [QueryBus] },
        { provide: FormSections, useValue: forms },
        { provide: Today, useValue: new Today(views, now) },
        FindDocumentHandler,
        FindDocumentsHandler,
        TimelineOfHandler,
        CompareYearsHandler,
        BoardOfCycleHandler,
        ReportAtHandler,
        ReadinessOfHandler,
        ReceiptOfHandler,
        SectionsDelegatedToHandler,
        OptionsOfHandler,
        CoverageAtHandler,
        AssessmentsOfHandler,
        AssessmentByHandler,
        AttachmentNamedHandler,
        ChangesSinceHandler,
        ChangeLogHandler,
        VersionsOfHandler,
        DifferenceOfVersionsHandler,
        ClarificationsOfHandler,
        InboxOfReviewerHandler,
        InboxOfSecretariatHandler,
        InboxOfOrganizationHandler,
        InboxOfAdministratorHandler,
        DeadlinesAtHandler,
        WouldBeRequestedHandler,
        ...(search ? [{ provide: SearchIndex, useValue: search }, SearchHandler] : []),
      ],
      exports: [CqrsModule, Views],
    };
  }
}
