import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsCode, IsEdtf } from '../fields.js';
import { Known } from '../known.js';
import { AssessmentCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Shows a draft to the organization, which has time to comment on it before it can be public. */
export class ShareFinding extends AssessmentCommand {
  @IsCode() finding!: string;
  /** The last day on which the organization is waited for. */
  @IsEdtf() until!: Edtf;
}

@CommandHandler(ShareFinding)
export class ShareFindingHandler implements ICommandHandler<ShareFinding> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: ShareFinding) {
    return this.record.onAssessment('ShareFinding', command, async () => ({
      actedFor: await this.known.everActedFor(command.reviewer, command.organization),
    }));
  }
}
