import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsPersonId, IsProse, IsSection, Optional } from '../fields.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Asks a contributor to write a section. */
export class DelegateSection extends ReportCommand {
  @IsSection() section!: string;
  @IsPersonId() to!: string;
  @Optional() @IsProse(2_000) note?: string;
}

@CommandHandler(DelegateSection)
export class DelegateSectionHandler implements ICommandHandler<DelegateSection> {
  constructor(private readonly record: Recorder) {}

  execute(command: DelegateSection) {
    return this.record.onReport('DelegateSection', command);
  }
}
