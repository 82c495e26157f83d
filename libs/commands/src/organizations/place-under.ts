import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsSources, SourceFields } from '../evidence-fields.js';
import { IsEdtf, IsOrganizationId, Optional } from '../fields.js';
import { Known } from '../known.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Places an organization under another one that it belongs to. It may belong to several. */
export class PlaceUnder extends OrganizationCommand {
  @IsOrganizationId() parent!: string;
  @Optional() @IsEdtf() on?: Edtf;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(PlaceUnder)
export class PlaceUnderHandler implements ICommandHandler<PlaceUnder> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: PlaceUnder) {
    return this.record.onOrganization('PlaceUnder', command, async () => {
      await this.known.organizations(command.parent);
      return { ancestors: await this.known.ancestorsOf(command.parent) };
    });
  }
}
