import type {
  Action,
  ActionId,
  Cycle,
  CycleId,
  EarlierAnswer,
  EarlierStatement,
  Edtf,
  Mandates,
  OrganizationId,
  PlatformRole,
  Report,
  ReportId,
} from '#reporting';
import {
  action,
  actionStream,
  answersIn,
  assessment,
  assessmentStream,
  cycle,
  cycleStream,
  isBefore,
  mandate,
  mandateStream,
  organization,
  organizationStream,
  PLATFORM_ROLES,
  Refusal,
  report,
  reportStream,
} from '#reporting';
import { PERSON_ID } from './fields.js';
import type { MergersOnRecord } from './organizations/mergers-on-record.js';
import type { Given, Recorder } from './recorder.js';

/** What a command may take for granted about other streams, read from the log and refused where it is not so. */
export class Known {
  /** Found on record once: a registration is never undone, so nobody need look again. */
  private readonly registered = new Set<OrganizationId>();

  constructor(
    private readonly record: Recorder,
    private readonly mergers: MergersOnRecord,
  ) {}

  /** The form of what is begun today, where nobody names one. */
  get currentForm(): string {
    return this.record.vocabulary.currentForm;
  }

  /** As it stands; as nothing, where it is not on record. */
  actionAsOnRecord(id: ActionId): Promise<Action> {
    return this.record.stateOf(actionStream(id), action);
  }

  mandatesAsOnRecord(person: string): Promise<Mandates> {
    return this.record.stateOf(mandateStream(person), mandate);
  }

  async organizations(...ids: readonly OrganizationId[]): Promise<void> {
    for (const id of ids) {
      if (this.registered.has(id)) continue;
      const { registered } = await this.record.stateOf(organizationStream(id), organization);
      if (!registered) throw new Refusal('organization-unknown', { organization: id });
      this.registered.add(id);
    }
  }

  /** Registered, and on that day not yet merged into another, which is asked in its place: it may be recorded years later. */
  async organizationOn(day: Edtf, id: OrganizationId): Promise<void> {
    const { registered, mergedInto, mergedOn } = await this.record.stateOf(organizationStream(id), organization);
    if (!registered) throw new Refusal('organization-unknown', { organization: id });
    if (mergedInto && mergedOn && !isBefore(day, mergedOn))
      throw new Refusal('organization-merged', { organization: id, into: mergedInto, on: mergedOn });
  }

  /** How many have to sign its reports. */
  async signaturesOf(id: OrganizationId): Promise<1 | 2> {
    return (await this.record.stateOf(organizationStream(id), organization)).signatures;
  }

  /** Whether the person was ever appointed to act for the organization, or for one that it has become one with. */
  everActedFor(personId: string, id: OrganizationId): Promise<boolean> {
    return this.anyActedFor([personId], id);
  }

  /** The same of any of some persons. */
  async anyActedFor(persons: readonly string[], id: OrganizationId): Promise<boolean> {
    for (const each of await this.mergers.oneWith(id)) {
      const { everAppointed } = await this.record.stateOf(organizationStream(each), organization);
      if (persons.some((person) => everAppointed.includes(person))) return true;
    }
    return false;
  }

  /** Whether the person is appointed at present by the organization, or by the one that it has become part of. */
  async actsFor(personId: string, id: OrganizationId): Promise<boolean> {
    for (const each of [id, ...(await this.mergersOf(id))]) {
      const { appointments } = await this.record.stateOf(organizationStream(each), organization);
      if (appointments.some((held) => held.personId === personId)) return true;
    }
    return false;
  }

  /** What the person does at present for the record as a whole. */
  async mandatesOf(personId: string): Promise<PlatformRole[]> {
    const { held } = await this.record.stateOf(mandateStream(personId), mandate);
    return PLATFORM_ROLES.filter((role) => role in held);
  }

  /** Whether the person reviews the report, and has declared that there is no conflict. */
  async reviews(person: string, id: ReportId): Promise<boolean> {
    // Where nobody signs in an actor may be called anything.
    if (!PERSON_ID.test(person)) return false;
    const { phase, declared } = await this.record.stateOf(assessmentStream({ ...id, reviewer: person }), assessment);
    return phase !== 'recused' && declared === 'no-conflict';
  }

  /** Whether the person once acted for the organization, and does so no longer. */
  async hasLeft(personId: string, id: OrganizationId): Promise<boolean> {
    return !(await this.actsFor(personId, id)) && (await this.everActedFor(personId, id));
  }

  /**
   * Whether, by the organization's own rule, whoever gives a command edits only what was delegated to them. One that was
   * merged into another keeps its rule and its people for what it reports: what it says is written by nobody else.
   */
  async editing({ given, organization: id }: { given: Given; organization: OrganizationId }) {
    const { editing, appointments } = await this.record.stateOf(organizationStream(id), organization);
    const answersForIt = appointments.some((held) => held.personId === given.actor && held.role !== 'contributor');
    return { onlyDelegated: editing === 'delegated' && !answersForIt };
  }

  /** Whatever has become of it. */
  async report(id: ReportId): Promise<Report> {
    const state = await this.record.stateOf(reportStream(id), report);
    if (state.phase === 'none') throw new Refusal('report-unknown', { ...id });
    return state;
  }

  /** What the latest version of an earlier report says, as a draft of a later year may be offered it. */
  async earlierAnswers(id: ReportId, year: number): Promise<EarlierAnswer[]> {
    const answers = await this.submittedEarlier(id, year);
    if (!answers) throw new Refusal('report-not-submitted', { ...reportIn(year, id) });
    return answers;
  }

  /** The same of a report that a writer names; nothing where it is not on record, and the writer's word has to do. */
  async namedAnswers(id: ReportId, { year, firstSaidIn = year }: EarlierStatement): Promise<EarlierAnswer[]> {
    if (firstSaidIn > year) throw new Refusal('dates-out-of-order', { from: firstSaidIn, to: year });
    return (await this.submittedEarlier(id, year)) ?? [];
  }

  private async submittedEarlier(id: ReportId, year: number): Promise<EarlierAnswer[] | undefined> {
    if (year >= id.year) throw new Refusal('dates-out-of-order', { from: year, to: id.year });
    const { submitted } = await this.record.stateOf(reportStream(reportIn(year, id)), report);
    return submitted && answersIn(submitted, year);
  }

  /** Open or closed. */
  async cycle({ series, year }: CycleId): Promise<Cycle> {
    const state = await this.record.stateOf(cycleStream({ series, year }), cycle);
    if (state.phase === 'none') throw new Refusal('cycle-unknown', { series, year });
    return state;
  }

  async openCycle({ series, year }: CycleId): Promise<Cycle> {
    const state = await this.cycle({ series, year });
    if (state.phase === 'closed') throw new Refusal('cycle-closed', { series, year });
    return state;
  }

  /** Whatever became of the request since: what was sent before that was sent. */
  async requestedReport(id: ReportId): Promise<void> {
    const { requestedOn, phase } = await this.record.stateOf(reportStream(id), report);
    if (!requestedOn) throw new Refusal('report-not-requested', { phase });
  }

  /** One that nothing more may be built on, because it was recorded in error, is refused too. */
  async action(id: ActionId): Promise<Action> {
    const state = await this.record.stateOf(actionStream(id), action);
    if (!state.length) throw new Refusal('action-unknown', { action: id });
    if (state.inError) throw new Refusal('action-recorded-in-error', { action: id });
    return state;
  }

  /** Whether the organization, or one that it has become one with, leads the action or is a partner. */
  async takesPart(id: OrganizationId, actionId: ActionId): Promise<boolean> {
    const { lead, facts } = await this.action(actionId);
    const theirs = await this.mergers.oneWith(id);
    return theirs.some((each) => each === lead || facts?.partners.includes(each));
  }

  async actions(...ids: readonly ActionId[]): Promise<void> {
    for (const id of new Set(ids)) await this.action(id);
  }

  // Each of the walks below ends where it comes back to where it was: two nodes may close a circle at the same moment.

  /** What `id` was superseded by, and that again, as far as it goes; without `id` itself. */
  async successorsOf(id: ActionId): Promise<ActionId[]> {
    const chain = new Set<ActionId>();
    let next = (await this.action(id)).supersededBy;
    while (next && !chain.has(next)) {
      chain.add(next);
      next = (await this.record.stateOf(actionStream(next), action)).supersededBy;
    }
    return [...chain];
  }

  /** Parents of `id`, and theirs, as far as they go; without `id` itself. */
  async ancestorsOf(id: OrganizationId): Promise<OrganizationId[]> {
    const found = new Set<OrganizationId>();
    const open = [id];
    for (let next = open.pop(); next; next = open.pop()) {
      const { parents } = await this.record.stateOf(organizationStream(next), organization);
      open.push(...parents.filter((parent) => !found.has(parent)));
      for (const parent of parents) found.add(parent);
    }
    return [...found];
  }

  /** What `id` was merged into, and that again, as far as it goes; without `id` itself. */
  mergersOf(id: OrganizationId): Promise<OrganizationId[]> {
    return this.mergers.successorsOf(id);
  }
}

const reportIn = (year: number, { series, organization: of }: ReportId) => ({ series, year, organization: of });
