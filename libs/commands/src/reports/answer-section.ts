import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { EarlierStatement, SectionOrigin } from '#reporting';
import { IsLang, IsProse, IsSection, IsYear, Nested, Optional } from '../fields.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

const SECTION_ORIGINS: readonly SectionOrigin[] = ['written', 'carried-over'];

export class EarlierStatementFields implements EarlierStatement {
  @IsYear() year!: number;
  @IsSection() section!: string;
}

/** Writes a section of the draft in one language, or writes it anew. */
export class AnswerSection extends ReportCommand {
  @IsSection() section!: string;
  @IsLang() lang!: string;
  @IsProse() text!: string;
  @IsIn(SECTION_ORIGINS) origin!: SectionOrigin;
  @Optional() @Nested(() => EarlierStatementFields) basedOn?: EarlierStatementFields;
}

@CommandHandler(AnswerSection)
export class AnswerSectionHandler implements ICommandHandler<AnswerSection> {
  constructor(private readonly record: Recorder) {}

  execute(command: AnswerSection) {
    return this.record.onReport('AnswerSection', command);
  }
}
