import { type DynamicModule, Module } from '@nestjs/common';
import { CommandsModule, type RecordingClock } from '#commands';
import { EventStore } from '#event-store';
import { ReminderPlan } from '#jobs';
import { Metrics, Readiness } from '#operation';
import { codeLists } from '#reference-data';
import type { Vocabulary } from '#reporting';
import { FormSections, type Views, ViewsModule } from '#views';
import { ActionsController } from './actions/actions.controller.js';
import { Answers } from './answers.js';
import { CyclesController } from './cycles/cycles.controller.js';
import { EventsController } from './events/events.controller.js';
import { PublicRecord } from './events/public-record.js';
import { DigestController } from './health/digest.controller.js';
import { HealthController } from './health/health.controller.js';
import { MetricsController } from './health/metrics.controller.js';
import { ProblemController } from './http/problem-controller.js';
import { ReadyTexts } from './http/ready-texts.js';
import { JoinedController } from './options/joined.controller.js';
import { OptionsController } from './options/options.controller.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { PagesController } from './pages/pages.controller.js';
import { RemindersController } from './reminders/reminders.controller.js';
import { DraftingController } from './reports/drafting.controller.js';
import { ReportsController } from './reports/reports.controller.js';
import { RequestingController } from './reports/requesting.controller.js';
import { ReviewingController } from './reports/reviewing.controller.js';
import { SubmittingController } from './reports/submitting.controller.js';

export interface AppOptions {
  readonly store: EventStore;
  readonly views: Views;
  readonly vocabulary: Vocabulary;
  readonly clock: RecordingClock;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly reminders: ReminderPlan;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const SECTIONS = codeLists.reportSections.map(({ code }) => code);

@Module({})
export class AppModule {
  /** Store and views are opened, started and closed by whoever gives them. */
  static register({ store, views, vocabulary, clock, metrics, readiness, reminders, now }: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CommandsModule.register({ store, vocabulary, clock }),
        ViewsModule.register(views, new FormSections(vocabulary, SECTIONS), now),
      ],
      controllers: [
        PagesController,
        OrganizationsController,
        CyclesController,
        ReportsController,
        RequestingController,
        DraftingController,
        SubmittingController,
        ReviewingController,
        ActionsController,
        RemindersController,
        OptionsController,
        JoinedController,
        EventsController,
        HealthController,
        MetricsController,
        DigestController,
        ProblemController,
      ],
      providers: [
        Answers,
        { provide: ReadyTexts, useValue: new ReadyTexts({ head: () => views.head.sequence, today: dayTeller(now) }) },
        PublicRecord,
        { provide: EventStore, useValue: store },
        { provide: ReminderPlan, useValue: reminders },
        { provide: Metrics, useValue: metrics },
        { provide: Readiness, useValue: readiness },
      ],
    };
  }
}

/** The day in UTC; made anew once a day, since it is asked for with every request. */
function dayTeller(now: () => number): () => string {
  let day = -1;
  let text = '';
  return () => {
    const current = Math.floor(now() / 86_400_000);
    if (current !== day) [day, text] = [current, new Date(now()).toISOString().slice(0, 10)];
    return text;
  };
}
