import { Controller, Get, Param, Post, Put, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AppointPerson,
  EndAppointment,
  EndRelevance,
  MarkRelevant,
  MergeInto,
  PlaceUnder,
  RegisterOrganization,
  RenameOrganization,
  ReviseProfile,
  SetEditingRule,
  SetSignOffRule,
} from '#commands';
import { CompareYears, FindDocument, FindDocuments, type OrganizationDocument, TimelineOf } from '#views';
import { Answers, found } from '../answers.js';
import { type Asked, AskedFor } from '../http/asked.js';
import { CommandOperation, ReadOperation } from '../http/operations.js';
import { Ordered } from '../http/ordered.js';
import * as example from './organizations.examples.js';
import { ReportsAsRead } from '../reports/reports-as-read.js';
import { twoYears } from './two-years.js';

const LIST = { filters: ['kind', 'group', 'relevance'], asOf: true, paged: true };
const AT_A_MOMENT = { asOf: true };
const COMPARISON = { filters: ['years', 'series'], asOf: true };
const TAG = 'Organizations';

/** The series that paragraph 71 asks for. */
const PARAGRAPH_71 = 'ec-performance';

const at = (organization: string) => `/api/organizations/${organization}`;

/** Who is asked for reports, what they did, and one year of theirs beside another. */
@Controller('api/organizations')
export class OrganizationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly answers: Answers,
    private readonly asRead: ReportsAsRead,
  ) {}

  @Get()
  @ReadOperation({ summary: 'Organizations on record, by id', tag: TAG, query: LIST, example: example.list })
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AskedFor(LIST) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const { kind, group, relevance } = asked.filters;
    const where = {
      ...(kind && { 'profile.kind': kind }),
      ...(group && { 'profile.stakeholderGroup': group }),
      ...(relevance && { relevance }),
    };
    const page = this.answers.pageOf(moment, asked, where);
    const documents = await this.queries.execute(new FindDocuments('organizations', { prefix: '' }, page));
    return this.answers.page(request, reply, moment, asked, documents);
  }

  @Get(':organization')
  @ReadOperation({ summary: 'An organization', tag: TAG, query: AT_A_MOMENT, example: example.organization })
  async one(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('organization') organization: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const document = await this.queries.execute(new FindDocument('organizations', organization, moment.asOf));
    const { body } = found(document, 'organization-unknown', { organization });
    const { revision } = JSON.parse(body) as OrganizationDocument;
    return this.answers.resource(request, reply, moment, revision, body);
  }

  @Get(':organization/timeline')
  @ReadOperation({
    summary: 'Everything that an organization did, was asked and answered, in the order in which it happened',
    description:
      'Dates are as precise as they are known: a year comes before the months of that year. An action with partners ' +
      'stands in the timeline of each of them. `why` names the events behind an entry; `GET /api/events` shows them.',
    tag: TAG,
    query: AT_A_MOMENT,
    example: example.timeline,
  })
  async timeline(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('organization') organization: string,
    @AskedFor(AT_A_MOMENT) asked: Asked,
  ) {
    const moment = await this.answers.moment(request, asked);
    const answer = await this.queries.execute(new TimelineOf(organization, moment));
    const told = found(answer, 'organization-unknown', { organization });
    const entries = told.entries.map(({ body }) => body).join(',');
    const json = `{"asOf":${moment.sequence},"organization":${told.organization.body},"entries":[${entries}]}`;
    return this.answers.text(request, reply, moment, json);
  }

  @Get(':organization/comparison')
  @ReadOperation({
    summary: 'An organization beside itself in two years',
    description:
      'Give the years as `years=2008,2010` and, where it is not paragraph 71 that is meant, the series. A statement that ' +
      'the record does not support is `known: false` with its reason. Nothing is scored and nobody is ranked.',
    tag: TAG,
    query: COMPARISON,
    example: example.comparison,
  })
  async comparison(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('organization') organization: string,
    @AskedFor(COMPARISON) asked: Asked,
  ) {
    const moment = await this.answers.unsettledMoment(request, asked);
    const years = twoYears(asked.filters['years']);
    const series = asked.filters['series'] ?? PARAGRAPH_71;
    const words = await this.asRead.publishedOnly(request, organization);
    const answer = await this.queries.execute(new CompareYears(organization, series, years, moment.asOf, words));
    const comparison = found(answer, 'organization-unknown', { organization });
    return this.answers.text(request, reply, moment, JSON.stringify({ asOf: moment.sequence, ...comparison }));
  }

  @Put(':organization')
  @CommandOperation(RegisterOrganization, {
    summary: 'Register an organization',
    tag: TAG,
    creates: true,
    request: example.register,
    response: example.recorded,
  })
  async register(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(RegisterOrganization, { creates: true }) command: RegisterOrganization,
  ) {
    return this.answers.recorded(reply, at(command.organization), await this.commands.execute(command));
  }

  @Put(':organization/name')
  @CommandOperation(RenameOrganization, {
    summary: 'Give an organization a new name; the old one stays on record',
    tag: TAG,
    request: example.rename,
    response: example.recorded,
  })
  async rename(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(RenameOrganization) command: RenameOrganization,
  ) {
    return this.answers.recorded(reply, at(command.organization), await this.commands.execute(command));
  }

  @Put(':organization/profile')
  @CommandOperation(ReviseProfile, {
    summary: 'Correct what is said of an organization',
    tag: TAG,
    request: example.reviseProfile,
    response: example.recorded,
  })
  async reviseProfile(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(ReviseProfile) command: ReviseProfile) {
    return this.answers.recorded(reply, at(command.organization), await this.commands.execute(command));
  }

  @Put(':organization/relevance')
  @CommandOperation(MarkRelevant, {
    summary: 'Count it among the relevant organizations of paragraph 71, from a date and on a ground',
    tag: TAG,
    request: example.markRelevant,
    response: example.recorded,
  })
  async markRelevant(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(MarkRelevant) command: MarkRelevant) {
    return this.answers.recorded(reply, at(command.organization), await this.commands.execute(command));
  }

  @Post(':organization/relevance/end')
  @CommandOperation(EndRelevance, {
    summary: 'Count it no longer among the relevant organizations',
    tag: TAG,
    request: example.endRelevance,
    response: example.recorded,
  })
  async endRelevance(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(EndRelevance) command: EndRelevance) {
    return this.answers.recorded(reply, at(command.organization), await this.commands.execute(command));
  }

  @Put(':organization/parents/:parent')
  @CommandOperation(PlaceUnder, {
    summary: 'Place an organization under another',
    tag: TAG,
    request: example.placeUnder,
    response: example.recorded,
  })
  async placeUnder(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(PlaceUnder) command: PlaceUnder) {
    return this.answers.recorded(reply, at(command.organization), await this.commands.execute(command));
  }

  @Put(':organization/successor')
  @CommandOperation(MergeInto, {
    summary: 'Merge an organization into another',
    tag: TAG,
    request: example.mergeInto,
    response: example.recorded,
  })
  async mergeInto(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(MergeInto) command: MergeInto) {
    return this.answers.recorded(reply, at(command.organization), await this.commands.execute(command));
  }

  @Post(':organization/appointments')
  @CommandOperation(AppointPerson, {
    summary: 'Appoint a person to act for an organization',
    tag: TAG,
    request: example.appoint,
    response: example.recorded,
  })
  async appoint(@Res({ passthrough: true }) reply: FastifyReply, @Ordered(AppointPerson) command: AppointPerson) {
    return this.answers.recorded(reply, at(command.organization), await this.commands.execute(command));
  }

  @Post(':organization/appointments/end')
  @CommandOperation(EndAppointment, {
    summary: 'End an appointment',
    description:
      'Where the person acts for the organization no longer, `orphaned` names the sections of drafts that they were ' +
      'asked to write, for those who may read the drafts: delegate them anew.',
    tag: TAG,
    request: example.endAppointment,
    response: example.appointmentEnded,
  })
  async endAppointment(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(EndAppointment) command: EndAppointment,
  ) {
    const { organization, personId } = command;
    const recorded = await this.answers.recorded(reply, at(organization), await this.commands.execute(command));
    return { ...recorded, ...(await this.asRead.orphanedBy(request, organization, personId)) };
  }

  @Put(':organization/sign-off-rule')
  @CommandOperation(SetSignOffRule, {
    summary: 'Say how many persons have to sign its reports: one or two',
    description:
      'That two sign holds at once. That one is enough again takes two signatories: the first proposes it, and another one ' +
      'says the same.',
    tag: TAG,
    request: example.signOffRule,
    response: example.recorded,
  })
  async setSignOffRule(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(SetSignOffRule) command: SetSignOffRule,
  ) {
    return this.answers.recorded(reply, at(command.organization), await this.commands.execute(command));
  }
  @Put(':organization/editing-rule')
  @CommandOperation(SetEditingRule, {
    summary: 'Say which sections its contributors edit: any, or those that were delegated to them',
    description: 'All of them read all sections. Whoever answers for the organization edits any.',
    tag: TAG,
    request: example.editingRule,
    response: example.recorded,
  })
  async setEditingRule(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Ordered(SetEditingRule) command: SetEditingRule,
  ) {
    return this.answers.recorded(reply, at(command.organization), await this.commands.execute(command));
  }
}
