import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Confidence, Edtf } from '#reporting';
import { DocumentFields, IsSources, SourceFields } from '../evidence-fields.js';
import { IsConfidence, IsEdtf, IsForm, IsOrganizationId, IsProse, Nested, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Asks an organization for its report of an open round. */
export class RequestReport extends ReportCommand {
  @IsOrganizationId() requester!: string;
  /** When the letter went out. */
  @IsEdtf() on!: Edtf;
  /** Not taken from the round where it is left out: only what the letter named can be missed. */
  @Optional() @IsEdtf() deadline?: Edtf;
  /** By default the form of the round. */
  @Optional() @IsForm() form?: string;
  @Optional() @Nested(() => DocumentFields) letter?: DocumentFields;
  @Optional() @IsProse(2_000) note?: string;
  @IsConfidence() confidence!: Confidence;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(RequestReport)
export class RequestReportHandler implements ICommandHandler<RequestReport> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: RequestReport) {
    return this.record.onReport('RequestReport', command, async () => {
      await this.known.organizationOn(command.on, command.organization);
      await this.known.organizations(command.requester);
      const { form = this.known.currentForm } = await this.known.openCycle(command);
      return { form: command.form ?? form };
    });
  }
}
