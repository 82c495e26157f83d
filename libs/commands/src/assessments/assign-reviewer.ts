import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { IsEdtf } from '../fields.js';
import { Known } from '../known.js';
import { AssessmentCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Asks a person to review a report. Not one who ever acted for the organization, nor themselves. */
export class AssignReviewer extends AssessmentCommand {
  @IsEdtf() from!: Edtf;
}

@CommandHandler(AssignReviewer)
export class AssignReviewerHandler implements ICommandHandler<AssignReviewer> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: AssignReviewer) {
    return this.record.onAssessment('AssignReviewer', command, async () => {
      await this.known.report(command);
      return { actedFor: await this.known.everActedFor(command.reviewer, command.organization) };
    });
  }
}
