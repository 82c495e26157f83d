import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsActionId, IsProse, Optional } from '../fields.js';
import { Known } from '../known.js';
import { OptionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Says that an action on record takes an option up. The action stays on its own track. */
export class TakeUpOption extends OptionCommand {
  @IsActionId() action!: string;
  @Optional() @IsProse(2_000) note?: string;
}

@CommandHandler(TakeUpOption)
export class TakeUpOptionHandler implements ICommandHandler<TakeUpOption> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: TakeUpOption) {
    return this.record.onOption('TakeUpOption', command, async () => {
      const { track } = await this.known.action(command.action);
      return { track: track! };
    });
  }
}
