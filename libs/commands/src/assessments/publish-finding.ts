import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsCode } from '../fields.js';
import { Known } from '../known.js';
import { AssessmentCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Makes a finding readable for everybody, in the words that the organization was shown. */
export class PublishFinding extends AssessmentCommand {
  @IsCode() finding!: string;
}

@CommandHandler(PublishFinding)
export class PublishFindingHandler implements ICommandHandler<PublishFinding> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: PublishFinding) {
    const { reviewer, organization, given } = command;
    return this.record.onAssessment('PublishFinding', command, async () => {
      const { publishedVersions = [] } = await this.known.report(command);
      return { publishedVersions, actedFor: await this.known.anyActedFor([reviewer, given.actor], organization) };
    });
  }
}
