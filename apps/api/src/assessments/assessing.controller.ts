import { Controller, Post, Put } from '@nestjs/common';
import {
  AssignReviewer,
  CommentOnFinding,
  ConcludeAssessment,
  DeclareConflict,
  DeclareNoConflict,
  PublishFinding,
  RecordFinding,
  RecuseReviewer,
  ReviseFinding,
  ShareFinding,
} from '#commands';
import { CommandOperation } from '../http/operations.js';
import { type Order, Ordered } from '../order.js';
import { assessmentAddress, ONE_ASSESSMENT, TAG } from './assessment-address.js';
import * as example from './assessments.examples.js';

/** How a review goes: assigned, free of conflict, found, shown to the organization, published, concluded. */
@Controller(ONE_ASSESSMENT)
export class AssessingController {
  @Put()
  @CommandOperation(AssignReviewer, {
    summary: 'Ask a person to review the report',
    description: 'Not one who ever acted for the organization, whenever that was, and not oneself.',
    tag: TAG,
    creates: true,
    request: example.assign,
    response: { ...example.recorded, revision: 0 },
  })
  assign(@Ordered() order: Order<AssignReviewer>) {
    return order.carryOut(assessmentAddress);
  }

  @Post('no-conflict')
  @CommandOperation(DeclareNoConflict, {
    summary: 'Declare that nothing keeps you from judging freely',
    tag: TAG,
    request: {},
    response: example.recorded,
  })
  declareNoConflict(@Ordered() order: Order<DeclareNoConflict>) {
    return order.carryOut(assessmentAddress);
  }

  @Post('conflict')
  @CommandOperation(DeclareConflict, {
    summary: 'Declare a conflict of interest',
    description: 'Read by the secretariat only. Nothing more is found, shown or published after it.',
    tag: TAG,
    request: example.conflict,
    response: example.recorded,
  })
  declareConflict(@Ordered() order: Order<DeclareConflict>) {
    return order.carryOut(assessmentAddress);
  }

  @Post('recusal')
  @CommandOperation(RecuseReviewer, {
    summary: 'Step back from the review',
    tag: TAG,
    request: example.recuse,
    response: example.recorded,
  })
  recuse(@Ordered() order: Order<RecuseReviewer>) {
    return order.carryOut(assessmentAddress);
  }

  @Put('findings/:finding')
  @CommandOperation(RecordFinding, {
    summary: 'Find something on one criterion, with evidence',
    description:
      'A draft, read by reviewers and the secretariat, until it is shown and published. `version` and `sequence` say ' +
      'what was read: the number of the version, and the header Sequence of the answer that it was read in.',
    tag: TAG,
    creates: true,
    request: example.finding,
    response: example.recorded,
  })
  record(@Ordered() order: Order<RecordFinding>) {
    return order.carryOut(assessmentAddress);
  }

  @Post('findings/:finding/revision')
  @CommandOperation(ReviseFinding, {
    summary: 'Write a finding anew, with a reason',
    description: 'It is a draft again. What was published of it stays public, until the new words were shown as well.',
    tag: TAG,
    request: example.revision,
    response: example.recorded,
  })
  revise(@Ordered() order: Order<ReviseFinding>) {
    return order.carryOut(assessmentAddress);
  }

  @Post('findings/:finding/showing')
  @CommandOperation(ShareFinding, {
    summary: 'Show a draft to the organization, with time to comment on it',
    tag: TAG,
    request: example.share,
    response: example.recorded,
  })
  share(@Ordered() order: Order<ShareFinding>) {
    return order.carryOut(assessmentAddress);
  }

  @Post('findings/:finding/comments')
  @CommandOperation(CommentOnFinding, {
    summary: 'Comment, for the organization, on a draft that it was shown',
    description: 'The comment is published with the finding.',
    tag: TAG,
    request: example.comment,
    response: example.recorded,
  })
  comment(@Ordered() order: Order<CommentOnFinding>) {
    return order.carryOut(assessmentAddress);
  }

  @Post('findings/:finding/publication')
  @CommandOperation(PublishFinding, {
    summary: 'Make a finding readable for everybody, in the words that the organization was shown',
    tag: TAG,
    request: {},
    response: example.recorded,
  })
  publish(@Ordered() order: Order<PublishFinding>) {
    return order.carryOut(assessmentAddress);
  }

  @Post('conclusion')
  @CommandOperation(ConcludeAssessment, {
    summary: 'Conclude the assessment',
    description: 'Drafts stay drafts. The summary is public.',
    tag: TAG,
    request: example.conclude,
    response: example.recorded,
  })
  conclude(@Ordered() order: Order<ConcludeAssessment>) {
    return order.carryOut(assessmentAddress);
  }
}
