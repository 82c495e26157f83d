import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import { type Edtf, PLATFORM_ROLES, type PlatformRole } from '#reporting';
import { IsAnew, IsEdtf } from '../fields.js';
import { MandateCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';
import { AdministratorsOnRecord } from './administrators-on-record.js';

/** Proposes that a person does something for the record as a whole, or agrees with the one who proposed it. */
export class GiveMandate extends MandateCommand {
  @IsIn(PLATFORM_ROLES) role!: PlatformRole;
  @IsEdtf() from!: Edtf;
  @IsAnew() anew?: true;
  /** Not by a request: only by the set-up link. */
  declare readonly byLink?: true;
}

@CommandHandler(GiveMandate)
export class GiveMandateHandler implements ICommandHandler<GiveMandate> {
  constructor(
    private readonly record: Recorder,
    private readonly administrators: AdministratorsOnRecord,
  ) {}

  execute(command: GiveMandate) {
    return this.record.onMandates('GiveMandate', command, async () => ({
      everAdministrators: await this.administrators.ever(),
    }));
  }
}
