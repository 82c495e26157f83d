import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsLine, IsReason, Optional } from '../fields.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** An organization goes by another name or acronym; an acronym that is left out is given up. */
export class RenameOrganization extends OrganizationCommand {
  @IsLine() name!: string;
  @Optional() @IsLine(40) acronym?: string;
  /** Since when, where it is known. */
  @Optional() @IsEdtf() on?: Edtf;
  @IsReason() reason!: string;
}

@CommandHandler(RenameOrganization)
export class RenameOrganizationHandler implements ICommandHandler<RenameOrganization> {
  constructor(private readonly record: Recorder) {}

  execute(command: RenameOrganization) {
    return this.record.onOrganization('RenameOrganization', command);
  }
}
