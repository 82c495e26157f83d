import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsReason } from '../fields.js';
import { CycleCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Moves the day until which answers are due, or names it for the first time. Deadlines of requests stay. */
export class MoveDueDate extends CycleCommand {
  @IsEdtf() to!: Edtf;
  @IsReason() reason!: string;
}

@CommandHandler(MoveDueDate)
export class MoveDueDateHandler implements ICommandHandler<MoveDueDate> {
  constructor(private readonly record: Recorder) {}

  execute(command: MoveDueDate) {
    return this.record.onCycle('MoveDueDate', command);
  }
}
