import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { Track } from '#reporting';
import { TRACKS } from '#reporting';
import { IsReason } from '../fields.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** An action belongs to another track than the record has it in. */
export class ReassignTrack extends ActionCommand {
  @IsIn(TRACKS) to!: Track;
  @IsReason() reason!: string;
}

@CommandHandler(ReassignTrack)
export class ReassignTrackHandler implements ICommandHandler<ReassignTrack> {
  constructor(private readonly record: Recorder) {}

  execute(command: ReassignTrack) {
    return this.record.onAction('ReassignTrack', command);
  }
}
