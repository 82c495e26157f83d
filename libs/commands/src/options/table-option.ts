import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Confidence, Edtf } from '#reporting';
import { IsSources, SourceFields } from '../evidence-fields.js';
import { IsCode, IsConfidence, IsEdtf, IsLine, IsProse, Nested } from '../fields.js';
import { Known } from '../known.js';
import { OptionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';
import { speakersOf, VoiceFields } from './option-fields.js';

/** Puts an option for an issue on the table. */
export class TableOption extends OptionCommand {
  @IsCode() issue!: string;
  @IsLine() title!: string;
  @IsProse(5_000) description!: string;
  @Nested(() => VoiceFields) by!: VoiceFields;
  @IsEdtf() on!: Edtf;
  @IsConfidence() confidence!: Confidence;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(TableOption)
export class TableOptionHandler implements ICommandHandler<TableOption> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: TableOption) {
    return this.record.onOption('TableOption', command, () => this.known.organizations(...speakersOf(command.by)));
  }
}
