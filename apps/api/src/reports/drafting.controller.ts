import { Controller, Post, Put } from '@nestjs/common';
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
import { CommandOperation } from '../http/operations.js';
import { type Order, Ordered } from '../order.js';
import { withDifference } from './section-changed.js';
import { ONE_REPORT, reportAddress, TAG } from './report-address.js';
import * as example from './reports.examples.js';

/** What the organization writes, cites and attaches before it submits, or once it has opened an amendment. */
@Controller(ONE_REPORT)
export class DraftingController {
  @Post('draft')
  @CommandOperation(StartReport, {
    summary: 'Begin to write a report, asked or unasked',
    tag: TAG,
    request: example.start,
    response: example.recorded,
  })
  start(@Ordered() order: Order<StartReport>) {
    return order.carryOut(reportAddress);
  }

  @Put('sections/:section')
  @CommandOperation(AnswerSection, {
    summary: 'Write a section in one language, or write it anew',
    description:
      'Words that were carried over from an earlier report name it in `basedOn`. Where that report is on record, the year ' +
      'in which they were first said is taken from there; words that the draft was offered are carried over, whoever ' +
      'writes them again. Where the section has an answer already, `seen` (or If-Match) names the latest revision of the ' +
      'report that the writer has read; who has not read the present words gets both texts and their difference (409, ' +
      'section-changed), and nothing is lost.',
    tag: TAG,
    request: example.answerSection,
    response: example.recorded,
  })
  answerSection(@Ordered() order: Order<AnswerSection>) {
    return withDifference(() => order.carryOut(reportAddress));
  }

  @Post('sections/:section/decision')
  @CommandOperation(DecideCarriedOver, {
    summary: 'Say of the words of an earlier year that they are still true, or drop them',
    description: 'Who changes them answers the section.',
    tag: TAG,
    request: example.decide,
    response: example.recorded,
  })
  decide(@Ordered() order: Order<DecideCarriedOver>) {
    return order.carryOut(reportAddress);
  }

  @Post('sections/:section/delegation')
  @CommandOperation(DelegateSection, {
    summary: 'Ask a contributor to write a section',
    tag: TAG,
    request: example.delegate,
    response: example.recorded,
  })
  delegateSection(@Ordered() order: Order<DelegateSection>) {
    return order.carryOut(reportAddress);
  }

  @Put('figures/:indicator')
  @CommandOperation(ReportFigure, {
    summary: 'State a figure in its unit, or state it anew',
    tag: TAG,
    request: example.figure,
    response: example.recorded,
  })
  reportFigure(@Ordered() order: Order<ReportFigure>) {
    return order.carryOut(reportAddress);
  }

  @Put('citations/:action')
  @CommandOperation(CiteAction, {
    summary: 'Cite an action, and claim the criteria that it meets',
    description: 'One that the organization, or one that was merged with it, led or was a partner of.',
    tag: TAG,
    request: example.cite,
    response: example.recorded,
  })
  cite(@Ordered() order: Order<CiteAction>) {
    return order.carryOut(reportAddress);
  }

  @Post('citations/:action/removal')
  @CommandOperation(UnciteAction, {
    summary: 'Take the citation of an action out of the draft',
    tag: TAG,
    request: example.uncite,
    response: example.recorded,
  })
  uncite(@Ordered() order: Order<UnciteAction>) {
    return order.carryOut(reportAddress);
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
  attach(@Ordered() order: Order<AttachDocument>) {
    return order.carryOut(reportAddress);
  }
}
