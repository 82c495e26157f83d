import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsReason } from '../fields.js';
import { AssessmentCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** A reviewer steps back, or is asked to. What they published stays. */
export class RecuseReviewer extends AssessmentCommand {
  @IsReason() reason!: string;
}

@CommandHandler(RecuseReviewer)
export class RecuseReviewerHandler implements ICommandHandler<RecuseReviewer> {
  constructor(private readonly record: Recorder) {}

  execute(command: RecuseReviewer) {
    return this.record.onAssessment('RecuseReviewer', command);
  }
}
