import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsCode, IsProse } from '../fields.js';
import { AssessmentCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** The organization says what it thinks of a draft that it was shown. It is published with the finding. */
export class CommentOnFinding extends AssessmentCommand {
  @IsCode() finding!: string;
  @IsProse(5_000) text!: string;
}

@CommandHandler(CommentOnFinding)
export class CommentOnFindingHandler implements ICommandHandler<CommentOnFinding> {
  constructor(private readonly record: Recorder) {}

  execute(command: CommentOnFinding) {
    return this.record.onAssessment('CommentOnFinding', command);
  }
}
