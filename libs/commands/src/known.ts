import type { Action, ActionId, CycleId, Edtf, OrganizationId } from '#reporting';
import { action, actionStream, cycle, cycleStream, organization, organizationStream, Refusal } from '#reporting';
import { Recorder } from './recorder.js';

/** Longer than any chain that people make; ends the walk if two writers close a circle at the same moment. */
const LONGEST_CHAIN = 100;

/** What a command may take for granted about other streams, read from the log and refused where it is not so. */
export class Known {
  constructor(private readonly record: Recorder) {}

  async organizations(...ids: readonly OrganizationId[]): Promise<void> {
    for (const id of new Set(ids)) {
      const { registered } = await this.record.stateOf(organizationStream(id), organization);
      if (!registered) throw new Refusal('organization-unknown', { organization: id });
    }
  }

  async openCycle(id: CycleId): Promise<{ dueOn?: Edtf; form?: string }> {
    const { phase, dueOn, form } = await this.record.stateOf(cycleStream(id), cycle);
    if (phase === 'none') throw new Refusal('cycle-unknown', { ...id });
    if (phase === 'closed') throw new Refusal('cycle-closed', { ...id });
    return { ...(dueOn && { dueOn }), ...(form && { form }) };
  }

  async action(id: ActionId): Promise<Action> {
    const state = await this.record.stateOf(actionStream(id), action);
    if (!state.length) throw new Refusal('action-unknown', { action: id });
    return state;
  }

  /** What `id` was superseded by, and that again, as far as it goes; without `id` itself. */
  async successorsOf(id: ActionId): Promise<ActionId[]> {
    const chain: ActionId[] = [];
    let next = (await this.action(id)).supersededBy;
    while (next && chain.length < LONGEST_CHAIN) {
      chain.push(next);
      next = (await this.record.stateOf(actionStream(next), action)).supersededBy;
    }
    return chain;
  }

  /** Parents of `id`, and theirs, as far as they go; without `id` itself. */
  async ancestorsOf(id: OrganizationId): Promise<OrganizationId[]> {
    const found = new Set<OrganizationId>();
    const open = [id];
    while (open.length && found.size < LONGEST_CHAIN) {
      const { parents } = await this.record.stateOf(organizationStream(open.pop()!), organization);
      for (const parent of parents) if (!found.has(parent)) open.push(parent);
      for (const parent of parents) found.add(parent);
    }
    return [...found];
  }

  /** What `id` was merged into, and that again, as far as it goes; without `id` itself. */
  async mergersOf(id: OrganizationId): Promise<OrganizationId[]> {
    const chain: OrganizationId[] = [];
    let next = (await this.record.stateOf(organizationStream(id), organization)).mergedInto;
    while (next && chain.length < LONGEST_CHAIN) {
      chain.push(next);
      next = (await this.record.stateOf(organizationStream(next), organization)).mergedInto;
    }
    return chain;
  }
}
