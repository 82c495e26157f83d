import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandler } from '@nestjs/cqrs';
import { IsIn } from 'class-validator';
import type { Confidence, Edtf, UnaskedStanding } from '#reporting';
import { DocumentFields, IsSources, SourceFields } from '../evidence-fields.js';
import { IsActionIds, IsConfidence, IsEdtf, IsProse, Nested, Optional } from '../fields.js';
import { IMPORTER } from '../import/importer.js';
import { Known } from '../known.js';
import { ReportCommand } from '../recorded-command.js';
import { Recorder } from '../recorder.js';
import { UNASKED_STANDINGS } from './start-report.js';

/** An answer came outside the form: a letter, a statement, a document of the organization's own. */
export class AnswerByLetter extends ReportCommand {
  /** Left out where the record says that an answer came, and not when. */
  @Optional() @IsEdtf() on?: Edtf;
  /** With its `sha256`: the letter is attached. Only what is imported may name it by its address alone. */
  @Nested(() => DocumentFields) document!: DocumentFields;
  @Optional() @IsProse(2_000) reservation?: string;
  @IsActionIds(200) cites!: string[];
  /** Without a request on record. */
  @Optional() @IsIn(UNASKED_STANDINGS) standing?: UnaskedStanding;
  @Optional() @IsProse(2_000) note?: string;
  @IsConfidence() confidence!: Confidence;
  @IsSources() sources!: SourceFields[];
}

@CommandHandler(AnswerByLetter)
export class AnswerByLetterHandler implements ICommandHandler<AnswerByLetter> {
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  execute(command: AnswerByLetter) {
    return this.record.onReport('AnswerByLetter', command, async () => {
      await this.known.organizations(command.organization);
      // Closed or not: a letter that comes late, or is found in an archive years later, has still been written, and
      // the record that leaves it out would say that the organization never answered.
      await this.known.cycle(command);
      const ofOthers: string[] = [];
      for (const action of new Set(command.cites))
        if (!(await this.known.takesPart(command.organization, action))) ofOthers.push(action);
      return { ofOthers, isImported: command.given.actor === IMPORTER };
    });
  }
}
