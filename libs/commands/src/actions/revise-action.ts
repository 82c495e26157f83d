import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsReason, Nested } from '../fields.js';
import { Known } from '../known.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';
import { ActionChanges } from './action-fields.js';

/** States facts of an action anew, and says why. What was stated before stays on record. */
export class ReviseAction extends ActionCommand {
  @Nested(() => ActionChanges) changes!: ActionChanges;
  @IsReason() reason!: string;
}

@CommandHandler(ReviseAction)
export class ReviseActionHandler implements ICommandHandler<ReviseAction> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: ReviseAction) {
    return this.record.onAction('ReviseAction', command, async () => {
      await this.known.organizations(...(command.changes.partners ?? []));
    });
  }
}
