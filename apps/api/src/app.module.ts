import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CommandsModule, type RecordingClock } from '#commands';
import { AttachmentStore, UploadTokens } from '#documents';
import { EventStore } from '#event-store';
import { Identity } from '#identity';
import { ReminderPlan } from '#jobs';
import { Metrics, Readiness } from '#operation';
import { codeLists } from '#reference-data';
import type { Vocabulary } from '#reporting';
import { FormSections, type Views, ViewsModule } from '#views';
import { ActionsController } from './actions/actions.controller.js';
import { Answers } from './answers.js';
import { AssessingController } from './assessments/assessing.controller.js';
import { AssessmentsController } from './assessments/assessments.controller.js';
import { PlacesInViews } from './assessments/places-in-views.js';
import { Readers } from './assessments/readers.js';
import { AttachmentAccess } from './attachments/attachment-access.js';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { DocumentsOnHand } from './attachments/documents-on-hand.js';
import { CyclesController } from './cycles/cycles.controller.js';
import { EventsController } from './events/events.controller.js';
import { EventReaders } from './events/event-readers.js';
import { PublicRecord } from './events/public-record.js';
import { Gate } from './gate/gate.js';
import { Relations } from './gate/relations.js';
import { WhatItIsAbout } from './gate/what-it-is-about.js';
import { DigestController } from './health/digest.controller.js';
import { HealthController } from './health/health.controller.js';
import { MetricsController } from './health/metrics.controller.js';
import { ProblemController } from './http/problem-controller.js';
import { ReadyTexts } from './http/ready-texts.js';
import { JobsController } from './jobs/jobs.controller.js';
import { Queues } from './jobs/queues.js';
import { JoinedController } from './options/joined.controller.js';
import { OptionsController } from './options/options.controller.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { PagesController } from './pages/pages.controller.js';
import { RemindersController } from './reminders/reminders.controller.js';
import { DraftingController } from './reports/drafting.controller.js';
import { ReportsAsRead } from './reports/reports-as-read.js';
import { ReportsController } from './reports/reports.controller.js';
import { RequestingController } from './reports/requesting.controller.js';
import { ReviewingController } from './reports/reviewing.controller.js';
import { SubmittingController } from './reports/submitting.controller.js';
import { Entrance } from './sign-in/entrance.js';
import { MandatesController } from './sign-in/mandates.controller.js';
import { OwnController } from './sign-in/own.controller.js';
import { PeopleController } from './sign-in/people.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';

export interface AppOptions {
  readonly store: EventStore;
  readonly views: Views;
  readonly attachments: AttachmentStore;
  readonly uploadTokens: UploadTokens;
  readonly vocabulary: Vocabulary;
  readonly clock: RecordingClock;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly queues: Queues;
  readonly reminders: ReminderPlan;
  /** Absent where nobody signs in. */
  readonly identity?: Identity;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const SECTIONS = codeLists.reportSections.map(({ code }) => code);

@Module({})
export class AppModule {
  /** Store and views are opened, started and closed by whoever gives them. */
  static register(options: AppOptions): DynamicModule {
    const { store, views, vocabulary, clock, metrics, readiness, queues, reminders, identity, now } = options;
    return {
      module: AppModule,
      imports: [
        CommandsModule.register({ store, vocabulary, clock, places: new PlacesInViews(views) }),
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
        AssessmentsController,
        AssessingController,
        ActionsController,
        RemindersController,
        OptionsController,
        JoinedController,
        AttachmentsController,
        EventsController,
        JobsController,
        HealthController,
        MetricsController,
        DigestController,
        ProblemController,
        MandatesController,
        ...(identity ? [SignInController, OwnController, PeopleController] : []),
      ],
      providers: [
        Answers,
        { provide: ReadyTexts, useValue: new ReadyTexts({ head: () => views.head.sequence, today: dayTeller(now) }) },
        PublicRecord,
        Readers,
        Relations,
        ReportsAsRead,
        EventReaders,
        AttachmentAccess,
        { provide: AttachmentStore, useValue: options.attachments },
        { provide: UploadTokens, useValue: options.uploadTokens },
        WhatItIsAbout,
        // Before anything else looks at what was sent.
        { provide: APP_GUARD, useClass: Gate },
        { provide: APP_GUARD, useClass: DocumentsOnHand },
        { provide: EventStore, useValue: store },
        { provide: ReminderPlan, useValue: reminders },
        { provide: Metrics, useValue: metrics },
        { provide: Queues, useValue: queues },
        { provide: Readiness, useValue: readiness },
        ...(identity ? [Entrance, { provide: Identity, useValue: identity }] : []),
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
