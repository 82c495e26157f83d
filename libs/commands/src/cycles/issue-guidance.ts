import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Edtf } from '#reporting';
import { DocumentFields } from '../evidence-fields.js';
import { IsEdtf, IsProse, Nested, Optional } from '../fields.js';
import { CycleCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Tells everybody who is asked how an answer should look. */
export class IssueGuidance extends CycleCommand {
  @IsProse() text!: string;
  @Optional() @IsEdtf() on?: Edtf;
  @Optional() @Nested(() => DocumentFields) document?: DocumentFields;
}

@CommandHandler(IssueGuidance)
export class IssueGuidanceHandler implements ICommandHandler<IssueGuidance> {
  constructor(private readonly record: Recorder) {}

  execute(command: IssueGuidance) {
    return this.record.onCycle('IssueGuidance', command);
  }
}
