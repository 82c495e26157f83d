import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsReason } from '../fields.js';
import { OptionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Takes an option off the table. What was said of it stays on record. */
export class CloseOption extends OptionCommand {
  @IsEdtf() on!: Edtf;
  @IsReason() reason!: string;
}

@CommandHandler(CloseOption)
export class CloseOptionHandler implements ICommandHandler<CloseOption> {
  constructor(private readonly record: Recorder) {}

  execute(command: CloseOption) {
    return this.record.onOption('CloseOption', command);
  }
}
