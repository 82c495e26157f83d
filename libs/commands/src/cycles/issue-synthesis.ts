import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Confidence, Edtf, NamedContributor } from '#reporting';
import { IsSources, PeriodFields, SourceFields } from '../evidence-fields.js';
import {
  IsActionIds,
  IsCode,
  IsConfidence,
  IsEdtf,
  IsLine,
  IsOrganizationId,
  IsProse,
  Nested,
  NestedList,
  Optional,
} from '../fields.js';
import { Known } from '../known.js';
import { CycleCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

export class NamedContributorFields implements NamedContributor {
  @IsOrganizationId() organization!: string;
  @IsCode() status!: string;
  @Optional() @IsEdtf() on?: Edtf;
  @IsConfidence() confidence!: Confidence;
  @Optional() @IsProse(2_000) note?: string;
}

/** A report was made out of a round's contributions, such as the Secretary-General's to ECOSOC. */
export class IssueSynthesis extends CycleCommand {
  @IsCode() id!: string;
  @IsLine() title!: string;
  @Optional() @IsLine(100) symbol?: string;
  @IsOrganizationId() issuer!: string;
  @IsEdtf() on!: Edtf;
  @Optional() @Nested(() => PeriodFields) period?: PeriodFields;
  @Optional() @IsProse(5_000) description?: string;
  @Optional() @IsProse(2_000) note?: string;
  @NestedList(() => NamedContributorFields, { max: 500 }) contributors!: NamedContributorFields[];
  @IsActionIds(500) actions!: string[];
  @IsConfidence() confidence!: Confidence;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(IssueSynthesis)
export class IssueSynthesisHandler implements ICommandHandler<IssueSynthesis> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: IssueSynthesis) {
    return this.record.onCycle('IssueSynthesis', command, async () => {
      const contributors = command.contributors.map((named) => named.organization);
      await this.known.organizations(command.issuer, ...contributors);
      await this.known.actions(...command.actions);
    });
  }
}
