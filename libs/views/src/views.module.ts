import type { DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AssessmentByHandler, AssessmentsOfHandler } from './queries/assessments-of.js';
import { AttachmentNamedHandler } from './queries/attachment-named.js';
import { ChangesSinceHandler } from './queries/changes-since.js';
import { CompareYearsHandler } from './queries/compare-years.js';
import { CoverageAtHandler } from './queries/coverage.js';
import { BoardOfCycleHandler } from './queries/cycle-board.js';
import { FindDocumentHandler, FindDocumentsHandler } from './queries/find.js';
import { OptionsOfHandler } from './queries/options-of.js';
import { FormSections } from './queries/form-sections.js';
import { ReadinessOfHandler } from './queries/report-readiness.js';
import { ReceiptOfHandler } from './queries/receipt-of.js';
import { InboxOfReviewerHandler } from './queries/reviewer-inbox.js';
import { ReportAtHandler } from './queries/report-at.js';
import { TimelineOfHandler } from './queries/timeline-of.js';
import { Today } from './queries/report-year.js';
import { Views } from './views.js';

/** Puts the handler of every question on Nest's `QueryBus`, and exports the bus. */
export class ViewsModule {
  /** `views` are started, and closed, by whoever gives them. `now`: milliseconds since 1970, by default the machine's. */
  static register(views: Views, forms: FormSections, now: () => number = Date.now): DynamicModule {
    return {
      module: ViewsModule,
      imports: [CqrsModule],
      providers: [
        { provide: Views, useValue: views },
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
        OptionsOfHandler,
        CoverageAtHandler,
        AssessmentsOfHandler,
        AssessmentByHandler,
        AttachmentNamedHandler,
        ChangesSinceHandler,
        InboxOfReviewerHandler,
      ],
      exports: [CqrsModule, Views],
    };
  }
}
