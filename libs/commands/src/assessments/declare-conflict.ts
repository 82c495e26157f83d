import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { ConflictKind } from '#reporting';
import { CONFLICT_KINDS } from '#reporting';
import { IsReason } from '../fields.js';
import { AssessmentCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** A reviewer says what keeps them from judging freely. They find nothing more in this report. */
export class DeclareConflict extends AssessmentCommand {
  @IsIn(CONFLICT_KINDS) kind!: ConflictKind;
  @IsReason() text!: string;
}

@CommandHandler(DeclareConflict)
export class DeclareConflictHandler implements ICommandHandler<DeclareConflict> {
  constructor(private readonly record: Recorder) {}

  execute(command: DeclareConflict) {
    return this.record.onAssessment('DeclareConflict', command);
  }
}
