import type { Action, ActionId, Cycle, CycleId, OrganizationId } from '#reporting';
import { action, actionStream, cycle, cycleStream, organization, organizationStream, Refusal } from '#reporting';
import type { Recorder } from './recorder.js';

/** What a command may take for granted about other streams, read from the log and refused where it is not so. */
export class Known {
  /** Found on record once: a registration is never undone, so nobody need look again. */
  private readonly registered = new Set<OrganizationId>();

  constructor(private readonly record: Recorder) {}

  /** The form of what is begun today, where nobody names one. */
  get currentForm(): string {
    return this.record.vocabulary.currentForm;
  }

  async organizations(...ids: readonly OrganizationId[]): Promise<void> {
    for (const id of ids) {
      if (this.registered.has(id)) continue;
      const { registered } = await this.record.stateOf(organizationStream(id), organization);
      if (!registered) throw new Refusal('organization-unknown', { organization: id });
      this.registered.add(id);
    }
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

  /** One that nothing more may be built on, because it was recorded in error, is refused too. */
  async action(id: ActionId): Promise<Action> {
    const state = await this.record.stateOf(actionStream(id), action);
    if (!state.length) throw new Refusal('action-unknown', { action: id });
    if (state.inError) throw new Refusal('action-recorded-in-error', { action: id });
    return state;
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
  async mergersOf(id: OrganizationId): Promise<OrganizationId[]> {
    const chain = new Set<OrganizationId>();
    let next = (await this.record.stateOf(organizationStream(id), organization)).mergedInto;
    while (next && !chain.has(next)) {
      chain.add(next);
      next = (await this.record.stateOf(organizationStream(next), organization)).mergedInto;
    }
    return [...chain];
  }
}
