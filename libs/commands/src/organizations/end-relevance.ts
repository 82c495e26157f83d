import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf, IsReason } from '../fields.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** An organization no longer counts among the relevant ones. */
export class EndRelevance extends OrganizationCommand {
  @IsEdtf() on!: Edtf;
  @IsReason() reason!: string;
}

@CommandHandler(EndRelevance)
export class EndRelevanceHandler implements ICommandHandler<EndRelevance> {
  constructor(private readonly record: Recorder) {}

  execute(command: EndRelevance) {
    return this.record.onOrganization('EndRelevance', command);
  }
}
