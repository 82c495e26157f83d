import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { Side } from '#reporting';
import { SIDES } from '#reporting';
import { IsSources, SourceFields } from '../evidence-fields.js';
import { IsCode, IsProse, Nested } from '../fields.js';
import { Known } from '../known.js';
import { OptionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';
import { speakersOf, VoiceFields } from './option-fields.js';

/** Speaks for an option or against it. */
export class ArgueOption extends OptionCommand {
  @IsCode() argument!: string;
  @IsIn(SIDES) side!: Side;
  @Nested(() => VoiceFields) by!: VoiceFields;
  @IsProse(5_000) text!: string;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(ArgueOption)
export class ArgueOptionHandler implements ICommandHandler<ArgueOption> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: ArgueOption) {
    return this.record.onOption('ArgueOption', command, () => this.known.organizations(...speakersOf(command.by)));
  }
}
