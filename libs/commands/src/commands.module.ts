import type { DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { EventStore } from '#event-store';
import type { Vocabulary } from '#reporting';
import { COMMAND_HANDLERS } from './commands.js';
import { Known } from './known.js';
import { Recorder } from './recorder.js';
import { RecordingClock } from './recording-clock.js';

export interface CommandsOptions {
  /** Opened, and closed, by whoever gives it. */
  readonly store: EventStore;
  readonly vocabulary: Vocabulary;
  /** By default the machine's. A node that goes on with a log tells it first when that was last written to. */
  readonly clock?: RecordingClock;
}

/** Puts the handler of every command on Nest's `CommandBus`, and exports the bus. */
export class CommandsModule {
  static register({ store, vocabulary, clock = new RecordingClock() }: CommandsOptions): DynamicModule {
    const record = new Recorder(store, vocabulary, clock);
    return {
      module: CommandsModule,
      imports: [CqrsModule],
      providers: [
        { provide: Recorder, useValue: record },
        { provide: Known, useValue: new Known(record) },
        ...COMMAND_HANDLERS,
      ],
      exports: [CqrsModule, Recorder, Known],
    };
  }
}
