import { Command } from '@nestjs/cqrs';
import { IsActionId, IsOrganizationId, IsSeries, IsYear } from './fields.js';
import type { Given, Recorded } from './recorder.js';

/** What a person orders, with who ordered it. Fields without a decorator cannot be sent from outside. */
export abstract class RecordedCommand extends Command<Recorded> {
  readonly given!: Given;
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

export abstract class ActionCommand extends RecordedCommand {
  @IsActionId() readonly action!: string;
}
