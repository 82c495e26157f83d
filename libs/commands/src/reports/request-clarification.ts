import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf, Visibility } from '#reporting';
import { IsEdtf, IsProse, IsSection, IsSections, Optional } from '../fields.js';
import { Known } from '../known.js';
import { Recorder } from '../recorder.js';
import { askingIn, ClarificationCommand, IsVisibility } from './clarification-fields.js';

/** The secretariat, or whoever reviews the report, asks back about a section. */
export class RequestClarification extends ClarificationCommand {
  @IsSection() section!: string;
  @IsProse(5_000) question!: string;
  /** Sections that the organization is asked to open again. */
  @Optional() @IsSections(20) reopen?: string[];
  @Optional() @IsEdtf() dueOn?: Edtf;
  @IsVisibility() visibility!: Visibility;
}

@CommandHandler(RequestClarification)
export class RequestClarificationHandler implements ICommandHandler<RequestClarification> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: RequestClarification) {
    return this.record.onReport('RequestClarification', command, askingIn(this.known, command));
  }
}
