import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsReason } from '../fields.js';
import { CycleCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Takes a round up again that was closed. */
export class ReopenCycle extends CycleCommand {
  @IsEdtf() on!: Edtf;
  @IsReason() reason!: string;
}

@CommandHandler(ReopenCycle)
export class ReopenCycleHandler implements ICommandHandler<ReopenCycle> {
  constructor(private readonly record: Recorder) {}

  execute(command: ReopenCycle) {
    return this.record.onCycle('ReopenCycle', command);
  }
}
