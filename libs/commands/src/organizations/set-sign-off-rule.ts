import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import { IsAnew, IsReason } from '../fields.js';
import { OrganizationCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

/** Says how many persons have to sign a report of the organization. */
export class SetSignOffRule extends OrganizationCommand {
  @IsIn([1, 2]) signatures!: 1 | 2;
  @IsReason() reason!: string;
  @IsAnew() anew?: true;
}

@CommandHandler(SetSignOffRule)
export class SetSignOffRuleHandler implements ICommandHandler<SetSignOffRule> {
  constructor(private readonly record: Recorder) {}

  execute(command: SetSignOffRule) {
    return this.record.onOrganization('SetSignOffRule', command);
  }
}
