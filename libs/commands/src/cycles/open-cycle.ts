import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsSources, PeriodFields, SourceFields } from '../evidence-fields.js';
import { IsEdtf, IsForm, IsLine, IsOrganizationId, IsProse, Nested, Optional } from '../fields.js';
import { Known } from '../known.js';
import { CycleCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Opens a round of a series: who asks, about which period, until when, on which form. */
export class OpenCycle extends CycleCommand {
  @IsLine() title!: string;
  @Optional() @IsOrganizationId() requester?: string;
  @IsEdtf() opensOn!: Edtf;
  @Optional() @IsEdtf() dueOn?: Edtf;
  @Optional() @Nested(() => PeriodFields) period?: PeriodFields;
  /** By default the form of today. */
  @Optional() @IsForm() form?: string;
  @Optional() @IsProse(2_000) note?: string;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(OpenCycle)
export class OpenCycleHandler implements ICommandHandler<OpenCycle> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: OpenCycle) {
    return this.record.onCycle('OpenCycle', command, async () => {
      if (command.requester) await this.known.organizations(command.requester);
      return { form: command.form ?? this.known.currentForm };
    });
  }
}
