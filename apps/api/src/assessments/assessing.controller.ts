import { Controller, Post, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
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
import { Answers } from '../answers.js';
import { CommandOperation } from '../http/operations.js';
import { Ordered } from '../http/ordered.js';
import { assessmentAddress, ONE_ASSESSMENT, TAG } from './assessment-address.js';
import * as example from './assessments.examples.js';

/** How a review goes: assigned, free of conflict, found, shown to the organization, published, concluded. */
@Controller(ONE_ASSESSMENT)
export class AssessingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly answers: Answers,
  ) {}

  @Put()
  @CommandOperation(AssignReviewer, {
    summary: 'Ask a person to review the report',
    description: 'Not one who ever acted for the organization, whenever that was, and not oneself.',
    tag: TAG,
    creates: true,
    request: example.assign,
    response: { ...example.recorded, revision: 0 },
  })
  async assign(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(AssignReviewer, { creates: true }) command: AssignReviewer,
  ) {
    return this.answers.recorded(reply, assessmentAddress(command), await this.commands.execute(command));
  }

  @Post('no-conflict')
  @CommandOperation(DeclareNoConflict, {
    summary: 'Declare that nothing keeps you from judging freely',
    tag: TAG,
    request: {},
    response: example.recorded,
  })
  async declareNoConflict(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(DeclareNoConflict) command: DeclareNoConflict,
  ) {
    return this.answers.recorded(reply, assessmentAddress(command), await this.commands.execute(command));
  }

  @Post('conflict')
  @CommandOperation(DeclareConflict, {
    summary: 'Declare a conflict of interest',
    description: 'Read by the secretariat only. Nothing more is found, shown or published after it.',
    tag: TAG,
    request: example.conflict,
    response: example.recorded,
  })
  async declareConflict(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(DeclareConflict) command: DeclareConflict,
  ) {
    return this.answers.recorded(reply, assessmentAddress(command), await this.commands.execute(command));
  }

  @Post('recusal')
  @CommandOperation(RecuseReviewer, {
    summary: 'Step back from the review',
    tag: TAG,
    request: example.recuse,
    response: example.recorded,
  })
  async recuse(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(RecuseReviewer) command: RecuseReviewer) {
    return this.answers.recorded(reply, assessmentAddress(command), await this.commands.execute(command));
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
  async record(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(RecordFinding, { creates: true }) command: RecordFinding,
  ) {
    return this.answers.recorded(reply, assessmentAddress(command), await this.commands.execute(command));
  }

  @Post('findings/:finding/revision')
  @CommandOperation(ReviseFinding, {
    summary: 'Write a finding anew, with a reason',
    description: 'It is a draft again. What was published of it stays public, until the new words were shown as well.',
    tag: TAG,
    request: example.revision,
    response: example.recorded,
  })
  async revise(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(ReviseFinding) command: ReviseFinding) {
    return this.answers.recorded(reply, assessmentAddress(command), await this.commands.execute(command));
  }

  @Post('findings/:finding/showing')
  @CommandOperation(ShareFinding, {
    summary: 'Show a draft to the organization, with time to comment on it',
    tag: TAG,
    request: example.share,
    response: example.recorded,
  })
  async share(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(ShareFinding) command: ShareFinding) {
    return this.answers.recorded(reply, assessmentAddress(command), await this.commands.execute(command));
  }

  @Post('findings/:finding/comments')
  @CommandOperation(CommentOnFinding, {
    summary: 'Comment, for the organization, on a draft that it was shown',
    description: 'The comment is published with the finding.',
    tag: TAG,
    request: example.comment,
    response: example.recorded,
  })
  async comment(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(CommentOnFinding) command: CommentOnFinding) {
    return this.answers.recorded(reply, assessmentAddress(command), await this.commands.execute(command));
  }

  @Post('findings/:finding/publication')
  @CommandOperation(PublishFinding, {
    summary: 'Make a finding readable for everybody, in the words that the organization was shown',
    tag: TAG,
    request: {},
    response: example.recorded,
  })
  async publish(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(PublishFinding) command: PublishFinding) {
    return this.answers.recorded(reply, assessmentAddress(command), await this.commands.execute(command));
  }

  @Post('conclusion')
  @CommandOperation(ConcludeAssessment, {
    summary: 'Conclude the assessment',
    description: 'Drafts stay drafts. The summary is public.',
    tag: TAG,
    request: example.conclude,
    response: example.recorded,
  })
  async conclude(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(ConcludeAssessment) command: ConcludeAssessment,
  ) {
    return this.answers.recorded(reply, assessmentAddress(command), await this.commands.execute(command));
  }
}
