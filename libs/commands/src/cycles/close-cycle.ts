import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf } from '../fields.js';
import { CycleCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Ends a round: nobody is asked any more, and no report is begun. */
export class CloseCycle extends CycleCommand {
  @IsEdtf() on!: Edtf;
}

@CommandHandler(CloseCycle)
export class CloseCycleHandler implements ICommandHandler<CloseCycle> {
  constructor(private readonly record: Recorder) {}

  execute(command: CloseCycle) {
    return this.record.onCycle('CloseCycle', command);
  }
}
