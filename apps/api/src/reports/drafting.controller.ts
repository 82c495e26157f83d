import { Controller, Post, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import {
  AnswerSection,
  AttachDocument,
  CiteAction,
  DecideCarriedOver,
  DelegateSection,
  ReportFigure,
  StartReport,
  UnciteAction,
} from '#commands';
import { Answers } from '../answers.js';
import { CommandOperation } from '../http/operations.js';
import { Ordered } from '../http/ordered.js';
import { withDifference } from './section-changed.js';
import { ONE_REPORT, reportAddress, TAG } from './report-address.js';
import * as example from './reports.examples.js';

/** What the organization writes, cites and attaches before it submits, or once it has opened an amendment. */
@Controller(ONE_REPORT)
export class DraftingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly answers: Answers,
  ) {}

  @Post('draft')
  @CommandOperation(StartReport, {
    summary: 'Begin to write a report, asked or unasked',
    tag: TAG,
    request: example.start,
    response: example.recorded,
  })
  async start(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(StartReport) command: StartReport) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Put('sections/:section')
  @CommandOperation(AnswerSection, {
    summary: 'Write a section in one language, or write it anew',
    description:
      'Words that were carried over from an earlier report name it in `basedOn`. Where the section has an answer already, ' +
      '`seen` (or If-Match) names the latest revision of the report that the writer has read; who has not read the present ' +
      'words gets both texts and their difference (409, section-changed), and nothing is lost.',
    tag: TAG,
    request: example.answerSection,
    response: example.recorded,
  })
  async answerSection(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(AnswerSection) command: AnswerSection) {
    const recorded = await withDifference(() => this.commands.execute(command));
    return this.answers.recorded(reply, reportAddress(command), recorded);
  }

  @Post('sections/:section/decision')
  @CommandOperation(DecideCarriedOver, {
    summary: 'Say of the words of an earlier year that they are still true, or drop them',
    description: 'Who changes them answers the section.',
    tag: TAG,
    request: example.decide,
    response: example.recorded,
  })
  async decide(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(DecideCarriedOver) command: DecideCarriedOver,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('sections/:section/delegation')
  @CommandOperation(DelegateSection, {
    summary: 'Ask a contributor to write a section',
    tag: TAG,
    request: example.delegate,
    response: example.recorded,
  })
  async delegateSection(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(DelegateSection) command: DelegateSection,
  ) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Put('figures/:indicator')
  @CommandOperation(ReportFigure, {
    summary: 'State a figure in its unit, or state it anew',
    tag: TAG,
    request: example.figure,
    response: example.recorded,
  })
  async reportFigure(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(ReportFigure) command: ReportFigure) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Put('citations/:action')
  @CommandOperation(CiteAction, {
    summary: 'Cite an action, and claim the criteria that it meets',
    tag: TAG,
    request: example.cite,
    response: example.recorded,
  })
  async cite(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(CiteAction) command: CiteAction) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('citations/:action/removal')
  @CommandOperation(UnciteAction, {
    summary: 'Take the citation of an action out of the draft',
    tag: TAG,
    request: example.uncite,
    response: example.recorded,
  })
  async uncite(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(UnciteAction) command: UnciteAction) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }

  @Post('documents')
  @CommandOperation(AttachDocument, {
    summary: 'Add a document to the draft, or to one of its sections',
    description:
      'By its address, or by the `sha256` of a file that was uploaded to /api/attachments within the last hour; the ' +
      '`token` of the upload is then given in the header `Upload-Token`. `name` is what the file was called.',
    tag: TAG,
    request: example.attach,
    response: example.recorded,
  })
  async attach(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(AttachDocument) command: AttachDocument) {
    return this.answers.recorded(reply, reportAddress(command), await this.commands.execute(command));
  }
}
