import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { ActionStatus, Edtf } from '#reporting';
import { ACTION_STATUSES } from '#reporting';
import { IsEdtf, IsReason, Optional } from '../fields.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** An action has begun, is over, or turned out not to be verified. See also `SupersedeAction`, `DiscontinueAction`. */
export class ChangeStatus extends ActionCommand {
  @IsIn(ACTION_STATUSES) to!: ActionStatus;
  @Optional() @IsEdtf() on?: Edtf;
  @Optional() @IsReason() reason?: string;
}

@CommandHandler(ChangeStatus)
export class ChangeStatusHandler implements ICommandHandler<ChangeStatus> {
  constructor(private readonly record: Recorder) {}

  execute(command: ChangeStatus) {
    return this.record.onAction('ChangeStatus', command);
  }
}
