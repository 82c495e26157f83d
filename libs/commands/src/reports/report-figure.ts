import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsNumber } from 'class-validator';
import type { Edtf } from '#reporting';
import { IsCode, IsEdtf, IsLine, IsProse, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** States a figure in its unit, or states it anew. */
export class ReportFigure extends ReportCommand {
  @IsCode() indicator!: string;
  @IsNumber() value!: number;
  @IsLine(40) unit!: string;
  /** What the figure is of: a year, a month, a day. */
  @Optional() @IsEdtf() period?: Edtf;
  @Optional() @IsProse(2_000) note?: string;
}

@CommandHandler(ReportFigure)
export class ReportFigureHandler implements ICommandHandler<ReportFigure> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: ReportFigure) {
    return this.record.onReport('ReportFigure', command, () => this.known.editing(command));
  }
}
