import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsProse } from '../fields.js';
import { Known } from '../known.js';
import { AssessmentCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** A reviewer has found what there was to find. Drafts stay drafts. */
export class ConcludeAssessment extends AssessmentCommand {
  @IsProse(10_000) summary!: string;
}

@CommandHandler(ConcludeAssessment)
export class ConcludeAssessmentHandler implements ICommandHandler<ConcludeAssessment> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: ConcludeAssessment) {
    return this.record.onAssessment('ConcludeAssessment', command, async () => ({
      actedFor: await this.known.everActedFor(command.reviewer, command.organization),
    }));
  }
}
