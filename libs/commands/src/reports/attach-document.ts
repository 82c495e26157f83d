import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { DocumentFields } from '../evidence-fields.js';
import { IsSection, Nested, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Adds a document to the draft, or to one of its sections. */
export class AttachDocument extends ReportCommand {
  @Nested(() => DocumentFields) document!: DocumentFields;
  @Optional() @IsSection() section?: string;
}

@CommandHandler(AttachDocument)
export class AttachDocumentHandler implements ICommandHandler<AttachDocument> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: AttachDocument) {
    return this.record.onReport('AttachDocument', command, () => this.known.editing(command));
  }
}
