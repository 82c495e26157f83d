import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsCode } from '../fields.js';
import { Known } from '../known.js';
import { Recorder } from '../recorder.js';
import { actionsIn, FindingCommand } from './finding-fields.js';
import { Pins } from './pins.js';

/** A reviewer finds something on one criterion, in the version that they read. A draft until it is published. */
export class RecordFinding extends FindingCommand {
  @IsCode() criterion!: string;
}

@CommandHandler(RecordFinding)
export class RecordFindingHandler implements ICommandHandler<RecordFinding> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
    private readonly pins: Pins,
  ) {}

  execute(command: RecordFinding) {
    return this.record.onAssessment('RecordFinding', command, async () => {
      await this.known.actions(...actionsIn(command.evidence));
      const pinned = await this.pins.of(command, command);
      return { pinned, actedFor: await this.known.everActedFor(command.reviewer, command.organization) };
    });
  }
}
