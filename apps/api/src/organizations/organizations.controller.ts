import { Controller, Get, Param, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
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
import { CompareYears, FindDocument, FindDocuments, TimelineOf } from '#views';
import { found } from '../answers.js';
import { CommandOperation, ReadOperation } from '../http/operations.js';
import { TWO_PERSONS } from '../http/two-persons.js';
import { type Order, Ordered } from '../order.js';
import { Read, type Reading, TrueForGood } from '../reading.js';
import * as example from './organizations.examples.js';
import { ReportsAsRead } from '../reports/reports-as-read.js';
import { twoYears } from './two-years.js';

const TAG = 'Organizations';

/** The series that paragraph 71 asks for. */
const PARAGRAPH_71 = 'ec-performance';

const at = ({ organization }: { readonly organization: string }) => `/api/organizations/${organization}`;

/** Who is asked for reports, what they did, and one year of theirs beside another. */
@Controller('api/organizations')
export class OrganizationsController {
  constructor(private readonly asRead: ReportsAsRead) {}

  @Get()
  @TrueForGood()
  @ReadOperation({
    summary: 'Organizations on record, by id',
    tag: TAG,
    query: { filters: ['kind', 'group', 'relevance'], asOf: true, paged: true },
    example: example.list,
  })
  async list(@Read() reading: Reading) {
    const { kind, group, relevance } = reading.filters;
    const where = {
      ...(kind && { 'profile.kind': kind }),
      ...(group && { 'profile.stakeholderGroup': group }),
      ...(relevance && { relevance }),
    };
    const all = new FindDocuments('organizations', { prefix: '' }, reading.pageOf(where));
    return reading.page(await reading.ask(all));
  }

  @Get(':organization')
  @TrueForGood()
  @ReadOperation({ summary: 'An organization', tag: TAG, query: { asOf: true }, example: example.organization })
  async one(@Read() reading: Reading, @Param('organization') organization: string) {
    const document = await reading.ask(new FindDocument('organizations', organization, reading.asOf));
    return reading.document(found(document, 'organization-unknown', { organization }));
  }

  @Get(':organization/timeline')
  @ReadOperation({
    summary: 'Everything that an organization did, was asked and answered, in the order in which it happened',
    description:
      'Dates are as precise as they are known: a year comes before the months of that year. An action with partners ' +
      'stands in the timeline of each of them. `why` names the events behind an entry; `GET /api/events` shows them.',
    tag: TAG,
    query: { asOf: true },
    example: example.timeline,
  })
  async timeline(@Read() reading: Reading, @Param('organization') organization: string) {
    const { moment } = reading;
    const answer = await reading.ask(new TimelineOf(organization, moment));
    const told = found(answer, 'organization-unknown', { organization });
    const entries = told.entries.map(({ body }) => body).join(',');
    return reading.json(`{"asOf":${moment.sequence},"organization":${told.organization.body},"entries":[${entries}]}`);
  }

  @Get(':organization/comparison')
  @ReadOperation({
    summary: 'An organization beside itself in two years',
    description:
      'Give the years as `years=2008,2010` and, where it is not paragraph 71 that is meant, the series. A statement that ' +
      'the record does not support is `known: false` with its reason. Nothing is scored and nobody is ranked.',
    tag: TAG,
    query: { filters: ['years', 'series'], asOf: true },
    example: example.comparison,
  })
  async comparison(@Read() reading: Reading, @Param('organization') organization: string) {
    const { request, filters, asOf } = reading;
    const years = twoYears(filters['years']);
    const series = filters['series'] ?? PARAGRAPH_71;
    const words = await this.asRead.publishedOnly(request, organization);
    const comparison = await reading.ask(new CompareYears(organization, series, years, asOf, words));
    return reading.tell(found(comparison, 'organization-unknown', { organization }));
  }

  @Put(':organization')
  @CommandOperation(RegisterOrganization, {
    summary: 'Register an organization',
    tag: TAG,
    creates: true,
    request: example.register,
    response: example.recorded,
  })
  register(@Ordered() order: Order<RegisterOrganization>) {
    return order.carryOut(at);
  }

  @Put(':organization/name')
  @CommandOperation(RenameOrganization, {
    summary: 'Give an organization a new name; the old one stays on record',
    tag: TAG,
    request: example.rename,
    response: example.recorded,
  })
  rename(@Ordered() order: Order<RenameOrganization>) {
    return order.carryOut(at);
  }

  @Put(':organization/profile')
  @CommandOperation(ReviseProfile, {
    summary: 'Correct what is said of an organization',
    tag: TAG,
    request: example.reviseProfile,
    response: example.recorded,
  })
  reviseProfile(@Ordered() order: Order<ReviseProfile>) {
    return order.carryOut(at);
  }

  @Put(':organization/relevance')
  @CommandOperation(MarkRelevant, {
    summary: 'Count it among the relevant organizations of paragraph 71, from a date and on a ground',
    tag: TAG,
    request: example.markRelevant,
    response: example.recorded,
  })
  markRelevant(@Ordered() order: Order<MarkRelevant>) {
    return order.carryOut(at);
  }

  @Post(':organization/relevance/end')
  @CommandOperation(EndRelevance, {
    summary: 'Count it no longer among the relevant organizations',
    tag: TAG,
    request: example.endRelevance,
    response: example.recorded,
  })
  endRelevance(@Ordered() order: Order<EndRelevance>) {
    return order.carryOut(at);
  }

  @Put(':organization/parents/:parent')
  @CommandOperation(PlaceUnder, {
    summary: 'Place an organization under another',
    tag: TAG,
    request: example.placeUnder,
    response: example.recorded,
  })
  placeUnder(@Ordered() order: Order<PlaceUnder>) {
    return order.carryOut(at);
  }

  @Put(':organization/successor')
  @CommandOperation(MergeInto, {
    summary: 'Merge an organization into another',
    tag: TAG,
    request: example.mergeInto,
    response: example.recorded,
  })
  mergeInto(@Ordered() order: Order<MergeInto>) {
    return order.carryOut(at);
  }

  @Post(':organization/appointments')
  @CommandOperation(AppointPerson, {
    summary: 'Appoint a person to act for an organization',
    description:
      'Nobody appoints themselves. That somebody acts for an organization who has a mandate is for another of the ' +
      'secretariat to record: they review and publish nothing of it then, for good.',
    tag: TAG,
    request: example.appoint,
    response: example.recorded,
  })
  appoint(@Ordered() order: Order<AppointPerson>) {
    return order.carryOut(at);
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
  async endAppointment(@Ordered() order: Order<EndAppointment>, @Req() request: FastifyRequest) {
    const { organization, personId } = order.command;
    const recorded = await order.carryOut(at);
    return { ...recorded, ...(await this.asRead.orphanedBy(request, organization, personId)) };
  }

  @Put(':organization/sign-off-rule')
  @CommandOperation(SetSignOffRule, {
    summary: 'Say how many persons have to sign its reports: one or two',
    description: `That two sign holds at once. That one is enough again takes two signatories. ${TWO_PERSONS}`,
    tag: TAG,
    request: example.signOffRule,
    response: example.recorded,
  })
  setSignOffRule(@Ordered() order: Order<SetSignOffRule>) {
    return order.carryOut(at);
  }

  @Put(':organization/editing-rule')
  @CommandOperation(SetEditingRule, {
    summary: 'Say which sections its contributors edit: any, or those that were delegated to them',
    description: 'All of them read all sections. Whoever answers for the organization edits any.',
    tag: TAG,
    request: example.editingRule,
    response: example.recorded,
  })
  setEditingRule(@Ordered() order: Order<SetEditingRule>) {
    return order.carryOut(at);
  }
}
