import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { Known } from '../known.js';
import { AssessmentCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** A reviewer says that nothing keeps them from judging freely. Before that they find nothing. */
export class DeclareNoConflict extends AssessmentCommand {}

@CommandHandler(DeclareNoConflict)
export class DeclareNoConflictHandler implements ICommandHandler<DeclareNoConflict> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: DeclareNoConflict) {
    return this.record.onAssessment('DeclareNoConflict', command, async () => ({
      actedFor: await this.known.everActedFor(command.reviewer, command.organization),
    }));
  }
}
