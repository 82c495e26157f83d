import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsReason } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Gives one organization more time. */
export class ExtendDeadline extends ReportCommand {
  @IsEdtf() to!: Edtf;
  @IsReason() reason!: string;
}

@CommandHandler(ExtendDeadline)
export class ExtendDeadlineHandler implements ICommandHandler<ExtendDeadline> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: ExtendDeadline) {
    return this.record.onReport('ExtendDeadline', command, async () => ({
      actedFor: await this.known.everActedFor(command.given.actor, command.organization),
    }));
  }
}
