import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import { DocumentFields } from '../evidence-fields.js';
import { IsProse, Optional } from '../fields.js';
import { Recorder } from '../recorder.js';
import { ClarificationCommand, IsDocuments } from './clarification-fields.js';

/** The organization answers what it was asked back, as often as there is something to add. */
export class AnswerClarification extends ClarificationCommand {
  @IsProse() text!: string;
  @Optional() @IsDocuments() documents?: DocumentFields[];
  @IsIn(['organization', 'public']) visibility!: 'organization' | 'public';
}

@CommandHandler(AnswerClarification)
export class AnswerClarificationHandler implements ICommandHandler<AnswerClarification> {
  constructor(private readonly record: Recorder) {}

  execute(command: AnswerClarification) {
    return this.record.onReport('AnswerClarification', command);
  }
}
