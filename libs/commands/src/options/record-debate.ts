import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsSources, SourceFields } from '../evidence-fields.js';
import { IsEdtf, IsLine, IsProse, Optional } from '../fields.js';
import { OptionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Records the session of a forum in which an option was debated. */
export class RecordDebate extends OptionCommand {
  @IsLine() forum!: string;
  @IsLine() session!: string;
  @IsEdtf() on!: Edtf;
  @Optional() @IsProse(5_000) outcome?: string;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(RecordDebate)
export class RecordDebateHandler implements ICommandHandler<RecordDebate> {
  constructor(private readonly record: Recorder) {}

  execute(command: RecordDebate) {
    return this.record.onOption('RecordDebate', command);
  }
}
