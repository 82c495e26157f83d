import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import { IsLang, IsSection } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

const DECISIONS = ['still-true', 'drop'] as const;

/** Says of words of an earlier year that they still hold, or drops them. (Who changes them answers the section.) */
export class DecideCarriedOver extends ReportCommand {
  @IsSection() section!: string;
  @IsLang() lang!: string;
  @IsIn(DECISIONS) decision!: (typeof DECISIONS)[number];
}

@CommandHandler(DecideCarriedOver)
export class DecideCarriedOverHandler implements ICommandHandler<DecideCarriedOver> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: DecideCarriedOver) {
    return this.record.onReport('DecideCarriedOver', command, () => this.known.editing(command));
  }
}
