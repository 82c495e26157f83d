import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import type { Claim } from '#reporting';
import { IsActionId, IsCode, IsProse, NestedList, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

export class ClaimFields implements Claim {
  @IsCode() criterion!: string;
  @IsProse(5_000) text!: string;
}

/** Cites an action in the report, and claims the criteria that it meets. */
export class CiteAction extends ReportCommand {
  @IsActionId() action!: string;
  @NestedList(() => ClaimFields, { max: 20 }) claims!: ClaimFields[];
  /** What the report says of the action's status, whatever the record of the action says. */
  @Optional() @IsCode() statedStatus?: string;
}

@CommandHandler(CiteAction)
export class CiteActionHandler implements ICommandHandler<CiteAction> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: CiteAction) {
    return this.record.onReport('CiteAction', command, async () => {
      const ofOthers = !(await this.known.takesPart(command.organization, command.action));
      return { ofOthers, ...(await this.known.editing(command)) };
    });
  }
}
