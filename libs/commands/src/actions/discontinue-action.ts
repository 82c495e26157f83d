import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsReason, Optional } from '../fields.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** An action was given up. */
export class DiscontinueAction extends ActionCommand {
  @Optional() @IsEdtf() on?: Edtf;
  @IsReason() reason!: string;
}

@CommandHandler(DiscontinueAction)
export class DiscontinueActionHandler implements ICommandHandler<DiscontinueAction> {
  constructor(private readonly record: Recorder) {}

  execute(command: DiscontinueAction) {
    return this.record.onAction('DiscontinueAction', command);
  }
}
