import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsSources, SourceFields } from '../evidence-fields.js';
import { IsEdtf, IsLine } from '../fields.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Something that was to come out of an action has come out. */
export class ReachMilestone extends ActionCommand {
  @IsLine() title!: string;
  @IsEdtf() on!: Edtf;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(ReachMilestone)
export class ReachMilestoneHandler implements ICommandHandler<ReachMilestone> {
  constructor(private readonly record: Recorder) {}

  execute(command: ReachMilestone) {
    return this.record.onAction('ReachMilestone', command);
  }
}
