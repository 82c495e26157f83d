import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { CommandsModule, type RecordingClock } from '#commands';
import { AttachmentStore, UploadTokens } from '#documents';
import { EventStore } from '#event-store';
import { ADMITTED_ALONE, errandsOn, Identity } from '#identity';
import { Contacts, Ordering, type Orders, type Reminding, ReminderPlan, RequestSending } from '#jobs';
import { Metrics, MetricsToken, Readiness } from '#operation';
import { codeLists } from '#reference-data';
import type { Vocabulary } from '#reporting';
import { FormSections, type SearchIndex, type Views, ViewsModule } from '#views';
import { ActionsController } from './actions/actions.controller.js';
import { Answers } from './answers.js';
import { AssessingController } from './assessments/assessing.controller.js';
import { AssessmentsController } from './assessments/assessments.controller.js';
import { BookmarkController } from './assessments/bookmark.controller.js';
import { PlacesInViews } from './assessments/places-in-views.js';
import { Readers } from './assessments/readers.js';
import { AttachmentAccess } from './attachments/attachment-access.js';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { UploadAllowance } from './attachments/upload-allowance.js';
import { DocumentsOnHand } from './attachments/documents-on-hand.js';
import { ChangesAsRead } from './changes/changes-as-read.js';
import { ChangesController } from './changes/changes.controller.js';
import { ReportPagesController } from './changes/report-pages.controller.js';
import { VersionsAsRead } from './changes/versions-as-read.js';
import { VersionsController } from './changes/versions.controller.js';
import { CyclesController } from './cycles/cycles.controller.js';
import { DeadlinesAsRead } from './desk/deadlines-as-read.js';
import { DeadlinesController } from './desk/deadlines.controller.js';
import { DeskPagesController } from './desk/desk-pages.controller.js';
import { InboxController } from './desk/inbox.controller.js';
import { Inboxes } from './desk/inboxes.js';
import { ProposedResets } from './desk/proposed-resets.js';
import { PublicAddress } from './desk/public-address.js';
import { RequestPreviews } from './desk/request-previews.js';
import { RequestsController } from './desk/requests.controller.js';
import { EventsController } from './events/events.controller.js';
import { EventReaders } from './events/event-readers.js';
import { PublicRecord } from './events/public-record.js';
import { AnonymousReads } from './gate/anonymous-reads.js';
import { Gate } from './gate/gate.js';
import { Questions } from './gate/questions.js';
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
import { AccountPagesController } from './people-pages/account-pages.controller.js';
import { ColleaguesPagesController } from './people-pages/colleagues-pages.controller.js';
import { HandOver } from './people-pages/handed-over.js';
import { JoiningPagesController } from './people-pages/joining-pages.controller.js';
import { Onward } from './people-pages/onward.js';
import { PageVisitors } from './people-pages/page-visitors.js';
import { RolesInWords } from './people-pages/roles-in-words.js';
import { SecondFactorPagesController } from './people-pages/second-factor-pages.controller.js';
import { SignInPagesController } from './people-pages/sign-in-pages.controller.js';
import { RemindersController } from './reminders/reminders.controller.js';
import { ClarifyingController } from './reports/clarifying.controller.js';
import { DraftingController } from './reports/drafting.controller.js';
import { ReportsAsRead } from './reports/reports-as-read.js';
import { ReportsController } from './reports/reports.controller.js';
import { RequestingController } from './reports/requesting.controller.js';
import { ReviewingController } from './reports/reviewing.controller.js';
import { SubmittingController } from './reports/submitting.controller.js';
import { SearchController } from './search/search.controller.js';
import { SearchPageController } from './search/search-page.controller.js';
import { SearchReaders } from './search/search-readers.js';
import { CallerAddress } from './sign-in/caller-address.js';
import { Entrance } from './sign-in/entrance.js';
import { FirstAdministrator } from './sign-in/first-administrator.js';
import { MandatesController } from './sign-in/mandates.controller.js';
import { OidcController } from './sign-in/oidc.controller.js';
import { OidcDoor } from './sign-in/oidc-door.js';
import { OidcPagesController } from './sign-in/oidc-pages.controller.js';
import { OwnController } from './sign-in/own.controller.js';
import { PeopleController } from './sign-in/people.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';

export interface AppOptions {
  readonly store: EventStore;
  readonly views: Views;
  readonly search: SearchIndex;
  readonly attachments: AttachmentStore;
  readonly uploadTokens: UploadTokens;
  readonly vocabulary: Vocabulary;
  readonly clock: RecordingClock;
  readonly metrics: Metrics;
  readonly metricsToken: MetricsToken;
  /** Of proxies that are believed about who asks. */
  readonly proxies: readonly string[];
  /** Costly reads of who has not signed in, where people sign in; 0: no limit. */
  readonly anonymousReadsPerMinute: number;
  readonly readiness: Readiness;
  readonly queues: Queues;
  readonly orders: Orders;
  readonly reminding: Reminding;
  readonly contacts: Contacts;
  /** What links begin with that are read elsewhere, without a slash at its end. */
  readonly publicUrl: string;
  /** Absent where nobody signs in. */
  readonly identity?: Identity;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const SECTIONS = codeLists.reportSections.map(({ code }) => code);

const DOORS = [SignInController, OwnController, OidcController, OidcPagesController, PeopleController];
const PEOPLE_PAGES = [
  SignInPagesController,
  JoiningPagesController,
  SecondFactorPagesController,
  AccountPagesController,
  ColleaguesPagesController,
];
const BEHIND_PAGES = [HandOver, Onward, RolesInWords];

@Module({})
export class AppModule {
  /** Store and views are opened, started and closed by whoever gives them. */
  static register(options: AppOptions): DynamicModule {
    const { store, views, search, vocabulary, clock, metrics, readiness, queues, identity, now } = options;
    return {
      module: AppModule,
      imports: [
        CommandsModule.register({
          store,
          vocabulary,
          admitted: ADMITTED_ALONE,
          clock,
          places: new PlacesInViews(views),
        }),
        ViewsModule.register(views, new FormSections(vocabulary, SECTIONS), ADMITTED_ALONE, now, search),
      ],
      controllers: [
        DeskPagesController,
        SearchPageController,
        PagesController,
        OrganizationsController,
        CyclesController,
        RequestsController,
        ReportsController,
        RequestingController,
        DraftingController,
        SubmittingController,
        ClarifyingController,
        ReviewingController,
        AssessmentsController,
        BookmarkController,
        AssessingController,
        ActionsController,
        RemindersController,
        InboxController,
        DeadlinesController,
        SearchController,
        OptionsController,
        JoinedController,
        AttachmentsController,
        EventsController,
        ChangesController,
        VersionsController,
        ReportPagesController,
        JobsController,
        HealthController,
        MetricsController,
        DigestController,
        ProblemController,
        MandatesController,
        ...(identity ? [...DOORS, ...PEOPLE_PAGES] : []),
      ],
      providers: [
        Answers,
        { provide: ReadyTexts, useValue: new ReadyTexts({ head: () => views.head.sequence, today: dayTeller(now) }) },
        PublicRecord,
        Readers,
        SearchReaders,
        Relations,
        Questions,
        ReportsAsRead,
        EventReaders,
        ChangesAsRead,
        VersionsAsRead,
        AttachmentAccess,
        UploadAllowance,
        { provide: AttachmentStore, useValue: options.attachments },
        { provide: UploadTokens, useValue: options.uploadTokens },
        WhatItIsAbout,
        // Before whatever may refuse it: an error has a frame, too.
        ...(identity ? [{ provide: APP_GUARD, useClass: PageVisitors }] : []),
        // Before anything else looks at what was sent.
        { provide: APP_GUARD, useClass: Gate },
        { provide: APP_GUARD, useClass: DocumentsOnHand },
        { provide: EventStore, useValue: store },
        { provide: ReminderPlan, useValue: options.reminding.plan },
        Inboxes,
        DeadlinesAsRead,
        RequestPreviews,
        { provide: Contacts, useValue: options.contacts },
        { provide: PublicAddress, useValue: new PublicAddress(options.publicUrl) },
        {
          provide: RequestSending,
          useFactory: (bus: CommandBus) => options.reminding.requesting(errandsOn(bus)('requests')),
          inject: [CommandBus],
        },
        { provide: Metrics, useValue: metrics },
        { provide: MetricsToken, useValue: options.metricsToken },
        { provide: CallerAddress, useValue: new CallerAddress(options.proxies) },
        { provide: Queues, useValue: queues },
        { provide: Ordering, useValue: new Ordering(options.orders, queues.shared) },
        { provide: Readiness, useValue: readiness },
        ...(identity
          ? [
              ProposedResets,
              Entrance,
              OidcDoor,
              FirstAdministrator,
              ...BEHIND_PAGES,
              { provide: Identity, useValue: identity },
              { provide: AnonymousReads, useValue: new AnonymousReads(options.anonymousReadsPerMinute, now) },
            ]
          : []),
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
