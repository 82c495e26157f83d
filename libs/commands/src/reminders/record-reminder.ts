import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import type { Edtf, RemindedRole } from '#reporting';
import { IsEdtf, IsInstant, IsUuid, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Puts on record that a reminder was sent. Given by the job that sent it. */
export class RecordReminder extends ReportCommand {
  @IsIn(['focal-point']) to!: RemindedRole;
  @IsEdtf() deadline!: Edtf;
  @IsInt() @Min(-366) @Max(366) days!: number;
  @IsInstant() due!: string;
  @IsEdtf() sentOn!: Edtf;
  @IsInstant() sentAt!: string;
  /** Of the mail in the outbox. */
  @IsUuid() mail!: string;
  @Optional() @IsBoolean() unconfirmed?: boolean;
}

@CommandHandler(RecordReminder)
export class RecordReminderHandler implements ICommandHandler<RecordReminder> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: RecordReminder) {
    return this.record.onReminders('RecordReminder', command, () => this.known.requestedReport(command));
  }
}
