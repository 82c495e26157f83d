import { randomUUID } from 'node:crypto';
import { Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { commandOf, GiveMandate, Known } from '#commands';
import { Admission, Identity, may, type Who } from '#identity';
import { hasLapsed, PLATFORM_ROLES } from '#reporting';
import {
  PEOPLE_DONE,
  type PeopleDone,
  peoplePage,
  type PeopleView,
  type PersonLine,
  ways,
} from '../../../web/src/index.js';
import { Gated } from '../gate/gated.js';
import { Entrance } from '../sign-in/entrance.js';
import { PersonFields } from '../sign-in/sign-in-fields.js';
import { TypedForm } from './form-body.js';
import { doneIn, formAgain, ownPage, redirect } from './own-page.js';
import { OwnPageErrors } from './own-page-errors.js';

/** What the rules answer whoever gives a mandate on a page. */
const FAULTS = {
  'second-person-needed': { words: 'You have proposed this. Another administrator has to agree to it.' },
  'mandate-held': { field: 'role', words: 'They have this mandate already.' },
  'mandate-for-oneself': { field: 'person', words: 'Nobody gives a mandate to themselves.' },
};

const backWith = (reply: FastifyReply, done: PeopleDone) => redirect(reply, `${ways.PEOPLE}?done=${done}`);

/** The page on which colleagues are invited, and given their mandates: the first thing that a new secretariat does. */
@Controller('people')
@Gated('OwnDoor')
@ApiExcludeController()
@UseFilters(OwnPageErrors)
export class ColleaguesPagesController {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
    private readonly known: Known,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('done') asked?: unknown,
  ) {
    const who = await this.entrance.require(request, 'InvitePerson');
    return ownPage(request, reply, peoplePage({ ...(await this.shownTo(who)), ...doneIn(PEOPLE_DONE, asked) }));
  }

  @Post()
  async invite(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const form = TypedForm.of(request);
    const [name, address] = [form.text('name'), form.text('address')];
    const who = await this.entrance.require(request, 'InvitePerson');
    try {
      const fields = form.fields(PersonFields, { name, address });
      await this.identity.people.introduce(fields.name, fields.address, who.person);
      return backWith(reply, 'invited');
    } catch (error) {
      const view = { ...(await this.shownTo(who)), name, address };
      return formAgain(request, reply, error, { page: (faults) => peoplePage({ ...view, faults }) });
    }
  }

  @Post('mandates')
  async give(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const form = TypedForm.of(request);
    const [person, role] = [form.text('person'), form.text('role')];
    const who = await this.entrance.require(request, 'GiveMandate');
    const { today, roles } = this.identity;
    try {
      const fields = form.fields(GiveMandate, { person, role, from: form.text('from') || today });
      // Whoever is none of them stands in no form: it was made up, or they have left meanwhile.
      if (!(await this.entrance.rolesOf(fields.person))) return redirect(reply, ways.PEOPLE);
      const given = { commandId: randomUUID(), actor: who.person, role: 'administrator', correlationId: request.id };
      const admission = Admission.for(who, 'GiveMandate')!;
      await this.commands.execute(admission.lets(commandOf(GiveMandate, fields, given)));
      const { mandates } = await roles.of(fields.person, today);
      return backWith(reply, mandates.includes(fields.role) ? 'given' : 'proposed');
    } catch (error) {
      const view = { ...(await this.shownTo(who)), person, role };
      return formAgain(request, reply, error, { faults: FAULTS, page: (faults) => peoplePage({ ...view, faults }) });
    }
  }

  private async shownTo(who: Who): Promise<PeopleView> {
    if (may(who, 'PersonList') !== 'yes') return {};
    const isGiver = may(who, 'GiveMandate') === 'yes';
    const { directory } = this.identity;
    await directory.catchUp();
    const lines = await Promise.all(directory.persons.map((person) => this.lineOf(person, who, isGiver)));
    const people = lines.flatMap((line) => line ?? []).sort((a, b) => a.name.localeCompare(b.name, 'en'));
    if (!isGiver) return { people };
    const candidates = people.filter(({ person }) => person !== who.person);
    return { people, giving: { administration: await this.identity.administration(), candidates } };
  }

  /** Nothing for whom nobody can read. */
  private async lineOf(person: string, who: Who, isGiver: boolean): Promise<PersonLine | undefined> {
    const { directory, roles, today } = this.identity;
    const card = await directory.cardOf(person);
    if (!card) return undefined;
    const { mandates } = await roles.of(person, today);
    const { proposed } = await this.known.mandatesAsOnRecord(person);
    const waiting = PLATFORM_ROLES.flatMap((role) => {
      const each = proposed[role];
      return each && !hasLapsed(each, today) ? [{ role, ...each }] : [];
    });
    const named = async (id: string) => (id === who.person ? 'you' : ((await directory.cardOf(id))?.name ?? id));
    return {
      ...card,
      hasJoined: directory.phaseOf(person) === 'joined',
      mandates,
      proposed: await Promise.all(
        waiting.map(async ({ role, from, by }) => ({
          role,
          from,
          by: await named(by),
          mayAgree: isGiver && by !== who.person && person !== who.person,
        })),
      ),
    };
  }
}
