import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsActionId, IsReason, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Takes the citation of an action out of the draft. */
export class UnciteAction extends ReportCommand {
  @IsActionId() action!: string;
  @Optional() @IsReason() reason?: string;
}

@CommandHandler(UnciteAction)
export class UnciteActionHandler implements ICommandHandler<UnciteAction> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: UnciteAction) {
    return this.record.onReport('UnciteAction', command, () => this.known.editing(command));
  }
}
