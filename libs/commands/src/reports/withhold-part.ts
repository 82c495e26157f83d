import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsInt, Min, Max } from 'class-validator';
import { IsLine, IsReason } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Keeps a part of a version from the public, and says why. */
export class WithholdPart extends ReportCommand {
  /** The one in which the part was seen; 0 for an answer by letter. */
  @IsInt() @Min(0) @Max(1_000_000) version!: number;
  /**
   * A section (`S04`), one in one language (`S04/fr`), `figure fellows`, `action EX-1`, `document 2` (the second that was
   * attached), `reservation`, `letter` or `clarification Q1`.
   */
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
