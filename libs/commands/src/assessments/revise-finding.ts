import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsReason } from '../fields.js';
import { Known } from '../known.js';
import { Recorder } from '../recorder.js';
import { actionsIn, FindingCommand } from './finding-fields.js';
import { Pins } from './pins.js';

/** Writes a finding anew. It is a draft again, to be shown again; what was published before stays as it was. */
export class ReviseFinding extends FindingCommand {
  @IsReason() reason!: string;
}

@CommandHandler(ReviseFinding)
export class ReviseFindingHandler implements ICommandHandler<ReviseFinding> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
    private readonly pins: Pins,
  ) {}

  execute(command: ReviseFinding) {
    return this.record.onAssessment('ReviseFinding', command, async () => {
      await this.known.actions(...actionsIn(command.evidence));
      const pinned = await this.pins.of(command, command);
      return { pinned, actedFor: await this.known.everActedFor(command.reviewer, command.organization) };
    });
  }
}
