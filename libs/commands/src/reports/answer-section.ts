import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { EarlierStatement, SectionOrigin } from '#reporting';
import { IsLang, IsProse, IsRevision, IsSection, IsYear, Nested, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** `prefilled` is what the start of a report records, and nobody says. */
const SECTION_ORIGINS: readonly SectionOrigin[] = ['written', 'carried-over'];

export class EarlierStatementFields implements EarlierStatement {
  @IsYear() year!: number;
  @IsSection() section!: string;
  @Optional() @IsYear() firstSaidIn?: number;
}

/** Writes a section of the draft in one language, or writes it anew. */
export class AnswerSection extends ReportCommand {
  @IsSection() section!: string;
  @IsLang() lang!: string;
  @IsProse() text!: string;
  @IsIn(SECTION_ORIGINS) origin!: SectionOrigin;
  @Optional() @Nested(() => EarlierStatementFields) basedOn?: EarlierStatementFields;
  /** Needed where the section has an answer: the latest revision of the report that the writer has read. */
  @Optional() @IsRevision() seen?: number;
}

@CommandHandler(AnswerSection)
export class AnswerSectionHandler implements ICommandHandler<AnswerSection> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: AnswerSection) {
    // Who names the revision of the whole report that they have seen has seen the section as well.
    const { ifRevision } = command.given;
    const seen = command.seen ?? ifRevision;
    const read = Object.assign(command, seen !== undefined && { seen });
    return this.record.onReport('AnswerSection', read, async () => ({
      ...(await this.known.editing(command)),
      ...(command.basedOn && { earlier: await this.known.namedAnswers(command, command.basedOn) }),
    }));
  }
}
