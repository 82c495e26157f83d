import type { DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import type { EventStore } from '#event-store';
import type { Vocabulary } from '#reporting';
import { Bookmarks } from './assessments/bookmarks.js';
import { Pins } from './assessments/pins.js';
import { Places, PlacesInLog } from './assessments/places.js';
import { ReviewersOnRecord } from './assessments/reviewers-on-record.js';
import { COMMAND_HANDLERS } from './commands.js';
import { Known } from './known.js';
import { MergersOnRecord } from './organizations/mergers-on-record.js';
import { AdministratorsOnRecord } from './mandates/administrators-on-record.js';
import { Recorder } from './recorder.js';
import { RecordingClock } from './recording-clock.js';

export interface CommandsOptions {
  /** Opened, and closed, by whoever gives it. */
  readonly store: EventStore;
  readonly vocabulary: Vocabulary;
  /** Told of each command before its handler is. What it throws for goes no further. */
  readonly admitted: { publish(command: object): void };
  /** By default the machine's. A node that goes on with a log tells it first when that was last written to. */
  readonly clock?: RecordingClock;
  /** Where sequences stand in the log. By default the log is read to find out. */
  readonly places?: Places;
}

const IN_FRONT = Symbol('in front of the command bus');

/** Puts the handler of every command on Nest's `CommandBus`, and exports the bus. */
export class CommandsModule {
  static register(options: CommandsOptions): DynamicModule {
    const { store, vocabulary, admitted, clock = new RecordingClock(), places = new PlacesInLog(store) } = options;
    const record = new Recorder(store, vocabulary, clock);
    const mergers = new MergersOnRecord(store);
    return {
      module: CommandsModule,
      imports: [CqrsModule],
      providers: [
        { provide: IN_FRONT, useFactory: (bus: CommandBus) => (bus.publisher = admitted), inject: [CommandBus] },
        { provide: Recorder, useValue: record },
        { provide: Known, useValue: new Known(record, mergers) },
        { provide: MergersOnRecord, useValue: mergers },
        { provide: Bookmarks, useValue: new Bookmarks(store, clock) },
        { provide: Pins, useValue: new Pins(store, places) },
        { provide: ReviewersOnRecord, useValue: new ReviewersOnRecord(store) },
        { provide: AdministratorsOnRecord, useValue: new AdministratorsOnRecord(store) },
        ...COMMAND_HANDLERS,
      ],
      exports: [CqrsModule, Known, Bookmarks],
    };
  }
}
