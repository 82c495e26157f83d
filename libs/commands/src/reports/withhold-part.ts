import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsInt, Min, Max } from 'class-validator';
import { IsLine, IsReason } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Keeps a part of a version from the public, and says why. */
export class WithholdPart extends ReportCommand {
  @IsInt() @Min(1) @Max(1_000_000) version!: number;
  /** A section such as `S04`, or what else the part is called. */
  @IsLine(100) part!: string;
  @IsReason() reason!: string;
}

@CommandHandler(WithholdPart)
export class WithholdPartHandler implements ICommandHandler<WithholdPart> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: WithholdPart) {
    return this.record.onReport('WithholdPart', command, async () => ({
      actedFor: await this.known.everActedFor(command.given.actor, command.organization),
    }));
  }
}
