import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { Consent, Edtf } from '#reporting';
import { IsEdtf, IsLine, IsProse, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

const CONSENTS: readonly Consent[] = ['by-name', 'without-name', 'not-at-all'];

/** A signatory puts their name to the draft, or to the amendment that is open. */
export class SubmitReport extends ReportCommand {
  @IsLine() signatory!: string;
  /** The day of the signature. */
  @IsEdtf() on!: Edtf;
  @IsProse(2_000) declaration!: string;
  @Optional() @IsProse(2_000) reservation?: string;
  @IsIn(CONSENTS) consentToBeCited!: Consent;
}

@CommandHandler(SubmitReport)
export class SubmitReportHandler implements ICommandHandler<SubmitReport> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: SubmitReport) {
    return this.record.onReport('SubmitReport', command, async () => ({
      signatures: await this.known.signaturesOf(command.organization),
    }));
  }
}
