import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { Edtf, Visibility } from '#reporting';
import { IsCode, IsEdtf, IsProse, IsSection, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

const VISIBILITIES: readonly Visibility[] = ['internal', 'organization', 'public'];

/** A reviewer asks back about a section. */
export class RequestClarification extends ReportCommand {
  @IsCode() clarification!: string;
  @IsSection() section!: string;
  @IsProse(5_000) question!: string;
  @Optional() @IsEdtf() dueOn?: Edtf;
  @IsIn(VISIBILITIES) visibility!: Visibility;
}

@CommandHandler(RequestClarification)
export class RequestClarificationHandler implements ICommandHandler<RequestClarification> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: RequestClarification) {
    return this.record.onReport('RequestClarification', command, async () => ({
      actedFor: await this.known.everActedFor(command.given.actor, command.organization),
    }));
  }
}
