import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import { type Edtf, PLATFORM_ROLES, type PlatformRole } from '#reporting';
import { IsEdtf, IsReason } from '../fields.js';
import { MandateCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** A person no longer does something for the record as a whole. */
export class EndMandate extends MandateCommand {
  @IsIn(PLATFORM_ROLES) role!: PlatformRole;
  @IsEdtf() on!: Edtf;
  /** Public: it names nobody. */
  @IsReason() reason!: string;
}

@CommandHandler(EndMandate)
export class EndMandateHandler implements ICommandHandler<EndMandate> {
  constructor(private readonly record: Recorder) {}

  execute(command: EndMandate) {
    return this.record.onMandates('EndMandate', command);
  }
}
