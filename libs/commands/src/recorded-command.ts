import { Command } from '@nestjs/cqrs';
import { IsActionId, IsOptionId, IsOrganizationId, IsPersonId, IsSeries, IsYear } from './fields.js';
import type { Given, Recorded } from './recorder.js';

/** What a person orders, with who ordered it. Fields without a decorator cannot be sent from outside. */
export abstract class RecordedCommand extends Command<Recorded> {
  declare readonly given: Given;
}

export abstract class OrganizationCommand extends RecordedCommand {
  @IsOrganizationId() readonly organization!: string;
}

export abstract class CycleCommand extends RecordedCommand {
  @IsSeries() readonly series!: string;
  @IsYear() readonly year!: number;
}

export abstract class ReportCommand extends CycleCommand {
  @IsOrganizationId() readonly organization!: string;
}

export abstract class AssessmentCommand extends ReportCommand {
  @IsPersonId() readonly reviewer!: string;
}

export abstract class ActionCommand extends RecordedCommand {
  @IsActionId() readonly action!: string;
}

export abstract class OptionCommand extends RecordedCommand {
  @IsOptionId() readonly option!: string;
}

export abstract class MandateCommand extends RecordedCommand {
  @IsPersonId() readonly person!: string;
}

/** What is sent for a command of class `C`. */
export type FieldsOf<C extends RecordedCommand> = Omit<C, keyof RecordedCommand>;

/**
 * A command for the bus, out of fields that were validated and the person who gives it. Not made by `new`, which would
 * leave a member of `undefined` for every field that was not sent. (The recorder leaves out those that a caller brings.)
 */
export function commandOf<C extends RecordedCommand>(of: new () => C, fields: FieldsOf<C>, given: Given): C {
  return Object.assign(Object.create(of.prototype as object) as C, fields, { given });
}
