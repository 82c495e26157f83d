import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { SourceFields } from '../evidence-fields.js';
import { Nested } from '../fields.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Names another source for what is on record about an action. */
export class AddSource extends ActionCommand {
  @Nested(() => SourceFields) source!: SourceFields;
}

@CommandHandler(AddSource)
export class AddSourceHandler implements ICommandHandler<AddSource> {
  constructor(private readonly record: Recorder) {}

  execute(command: AddSource) {
    return this.record.onAction('AddSource', command);
  }
}
