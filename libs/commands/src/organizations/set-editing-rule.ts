import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import { EDITABLE_SECTIONS, type EditableSections } from '#reporting';
import { IsReason } from '../fields.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Says which sections of a report a contributor of the organization edits. */
export class SetEditingRule extends OrganizationCommand {
  @IsIn(EDITABLE_SECTIONS) sections!: EditableSections;
  @IsReason() reason!: string;
}

@CommandHandler(SetEditingRule)
export class SetEditingRuleHandler implements ICommandHandler<SetEditingRule> {
  constructor(private readonly record: Recorder) {}

  execute(command: SetEditingRule) {
    return this.record.onOrganization('SetEditingRule', command);
  }
}
