import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { LinkKind } from '#reporting';
import { LINK_KINDS } from '#reporting';
import { IsActionId, IsProse, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Points from an action to another one, of the same track or of the forum's. */
export class LinkAction extends ActionCommand {
  @IsActionId() to!: string;
  @IsIn(LINK_KINDS) kind!: LinkKind;
  @Optional() @IsProse(2_000) note?: string;
}

@CommandHandler(LinkAction)
export class LinkActionHandler implements ICommandHandler<LinkAction> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: LinkAction) {
    return this.record.onAction('LinkAction', command, async () => {
      const { track } = await this.known.action(command.to);
      return { targetTrack: track! };
    });
  }
}
