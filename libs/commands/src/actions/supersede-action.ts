import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsActionId, IsEdtf, IsReason, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** An action goes on as another one. */
export class SupersedeAction extends ActionCommand {
  @IsActionId() by!: string;
  @Optional() @IsEdtf() on?: Edtf;
  @Optional() @IsReason() reason?: string;
}

@CommandHandler(SupersedeAction)
export class SupersedeActionHandler implements ICommandHandler<SupersedeAction> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: SupersedeAction) {
    return this.record.onAction('SupersedeAction', command, async () => ({
      successors: await this.known.successorsOf(command.by),
    }));
  }
}
