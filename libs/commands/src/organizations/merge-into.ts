import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsSources, SourceFields } from '../evidence-fields.js';
import { IsEdtf, IsOrganizationId } from '../fields.js';
import { Known } from '../known.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** An organization has become part of another one, which goes on. */
export class MergeInto extends OrganizationCommand {
  @IsOrganizationId() successor!: string;
  @IsEdtf() on!: Edtf;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(MergeInto)
export class MergeIntoHandler implements ICommandHandler<MergeInto> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: MergeInto) {
    return this.record.onOrganization('MergeInto', command, async () => {
      await this.known.organizations(command.successor);
      return { successors: await this.known.mergersOf(command.successor) };
    });
  }
}
