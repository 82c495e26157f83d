import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Visibility } from '#reporting';
import { DocumentFields } from '../evidence-fields.js';
import { IsProse, Optional } from '../fields.js';
import { Known } from '../known.js';
import { Recorder } from '../recorder.js';
import { askingIn, ClarificationCommand, IsDocuments, IsVisibility } from './clarification-fields.js';

/** Who asked goes on asking in the same thread; or a reviewer leaves a note there for the others. */
export class FollowUpClarification extends ClarificationCommand {
  @IsProse(5_000) text!: string;
  @Optional() @IsDocuments() documents?: DocumentFields[];
  @IsVisibility() visibility!: Visibility;
}

@CommandHandler(FollowUpClarification)
export class FollowUpClarificationHandler implements ICommandHandler<FollowUpClarification> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: FollowUpClarification) {
    return this.record.onReport('FollowUpClarification', command, askingIn(this.known, command));
  }
}
