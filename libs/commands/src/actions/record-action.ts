import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString } from 'class-validator';
import type { ActionFacts, ActionStatus, Confidence, Involvement, ScopeTest, Track } from '#reporting';
import { ACTION_STATUSES, CONFIDENCES, SCOPE_TESTS, TRACKS } from '#reporting';
import {
  DatedFields,
  IsActionId,
  IsCode,
  IsLine,
  IsOrganizationId,
  IsOrganizationIds,
  IsProse,
  Nested,
  SourceFields,
} from '../fields.js';
import { Known } from '../known.js';
import { ActionCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';

export class InvolvementFields implements Involvement {
  @IsCode() group!: string;
  @IsOptional() @IsLine(200) role?: string;
  @IsOptional() @IsLine(200) stage?: string;
}

export class ScopeFields {
  @IsIn(SCOPE_TESTS) test!: ScopeTest;
  @IsOptional() @IsProse(2_000) reason?: string;
  @IsLine(100) by!: string;
}

export class VisionFields {
  @IsCode() code!: string;
  @IsLine(100) by!: string;
}

/** Puts an action on record, under its lead, for all of its partners. */
export class RecordAction extends ActionCommand implements ActionFacts {
  @IsOrganizationId() lead!: string;
  @IsArray() @ArrayMaxSize(50) @IsOrganizationIds() partners!: string[];
  @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) partnersOther!: string[];
  @IsLine() title!: string;
  @IsProse(5_000) description!: string;
  @IsCode() kind!: string;
  @IsCode() cooperation!: string;
  @IsIn(TRACKS) track!: Track;
  @Nested(() => ScopeFields) scope!: ScopeFields;
  @Nested(() => DatedFields) startedOn!: DatedFields;
  @IsOptional() @Nested(() => DatedFields) endedOn?: DatedFields;
  @IsIn(ACTION_STATUSES) status!: ActionStatus;
  @IsOptional() @IsActionId() supersededBy?: string;
  @IsArray() @ArrayMaxSize(40) @IsString({ each: true }) issues!: string[];
  @IsArray() @ArrayMaxSize(20) @Nested(() => InvolvementFields, { each: true }) stakeholders!: InvolvementFields[];
  @IsOptional() @Nested(() => VisionFields) vision?: VisionFields;
  @IsOptional() @IsProse(2_000) note?: string;
  @IsIn(CONFIDENCES) confidence!: Confidence;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @Nested(() => SourceFields, { each: true }) sources!: SourceFields[];
}

@CommandHandler(RecordAction)
export class RecordActionHandler implements ICommandHandler<RecordAction> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  async execute(command: RecordAction) {
    await this.known.organizations(command.lead, ...command.partners);
    const { supersededBy } = command;
    const successors = supersededBy ? await this.known.successorsOf(supersededBy) : [];
    return this.record.onAction('RecordAction', { ...command, successors });
  }
}
