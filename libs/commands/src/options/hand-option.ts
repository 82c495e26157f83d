import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsLine, IsOrganizationId, IsReason, Optional } from '../fields.js';
import { Known } from '../known.js';
import { OptionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Hands an option to the organization, or to the mechanism that is none, which can take it up. */
export class HandOption extends OptionCommand {
  @Optional() @IsOrganizationId() organization?: string;
  @Optional() @IsLine() mechanism?: string;
  @IsEdtf() on!: Edtf;
  @IsReason() reason!: string;
}

@CommandHandler(HandOption)
export class HandOptionHandler implements ICommandHandler<HandOption> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: HandOption) {
    const { organization } = command;
    return this.record.onOption('HandOption', command, () =>
      this.known.organizations(...(organization === undefined ? [] : [organization])),
    );
  }
}
