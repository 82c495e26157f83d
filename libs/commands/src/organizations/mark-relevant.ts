import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsSources, SourceFields } from '../evidence-fields.js';
import { IsEdtf, IsReason } from '../fields.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Counts an organization among the relevant ones of paragraph 71, and says on what ground. */
export class MarkRelevant extends OrganizationCommand {
  @IsEdtf() from!: Edtf;
  @IsReason() ground!: string;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(MarkRelevant)
export class MarkRelevantHandler implements ICommandHandler<MarkRelevant> {
  constructor(private readonly record: Recorder) {}

  execute(command: MarkRelevant) {
    return this.record.onOrganization('MarkRelevant', command);
  }
}
