import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { ActionStatus, Confidence, SaidOfAction, Track } from '#reporting';
import { ACTION_STATUSES, TRACKS } from '#reporting';
import { DatedFields, IsSources, SourceFields } from '../evidence-fields.js';
import { IsActionId, IsCode, IsConfidence, IsLine, IsOrganizationId, IsProse, Nested, Optional } from '../fields.js';
import { Known } from '../known.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';
import type { InvolvementFields } from './action-fields.js';
import { IsDescription, IsIssues, IsPartners, IsPartnersOther, IsStakeholders } from './action-fields.js';
import { ScopeFields, VisionFields } from './action-fields.js';

/** Puts an action on record, under its lead, for all of its partners. */
export class RecordAction extends ActionCommand implements SaidOfAction {
  @IsOrganizationId() lead!: string;
  @IsPartners() partners!: string[];
  @IsPartnersOther() partnersOther!: string[];
  @IsLine() title!: string;
  @IsDescription() description!: string;
  @IsCode() kind!: string;
  @IsCode() cooperation!: string;
  @IsIn(TRACKS) track!: Track;
  @Nested(() => ScopeFields) scope!: ScopeFields;
  @Nested(() => DatedFields) startedOn!: DatedFields;
  @Optional() @Nested(() => DatedFields) endedOn?: DatedFields;
  @IsIn(ACTION_STATUSES) status!: ActionStatus;
  @Optional() @IsActionId() supersededBy?: string;
  @IsIssues() issues!: string[];
  @IsStakeholders() stakeholders!: InvolvementFields[];
  @Optional() @Nested(() => VisionFields) vision?: VisionFields;
  @Optional() @IsProse(2_000) note?: string;
  @IsConfidence() confidence!: Confidence;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(RecordAction)
export class RecordActionHandler implements ICommandHandler<RecordAction> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: RecordAction) {
    return this.record.onAction('RecordAction', command, async () => {
      const { lead, partners, supersededBy } = command;
      await this.known.organizations(lead, ...partners);
      return { successors: supersededBy ? await this.known.successorsOf(supersededBy) : [] };
    });
  }
}
