import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { OrganizationId } from '#reporting';
import type { Debate, Handover, OptionDocument } from '../folds/options.js';
import { Views } from '../views.js';
import { documentAt, documentsOn } from './documents.js';

/** An option that was handed to an organization, and what it did with it as far as the record tells. */
export interface OptionReceived extends Omit<
  OptionDocument,
  'arguments' | 'debates' | 'handovers' | 'actions' | 'revision'
> {
  /** Every session of a forum in which it was debated; none where it was handed over without. */
  readonly debates: readonly Debate[];
  readonly handover: Handover;
  /** Actions of this organization that take the option up, each on its own track. */
  readonly actions: readonly {
    readonly action: string;
    readonly title: string;
    readonly role: 'lead' | 'partner';
    readonly track: string;
    /** What was said when it took the option up. */
    readonly note?: string;
    /** Whether an answer to paragraph 71 may count it: that an option came from the forum changes nothing in that. */
    readonly counted: boolean;
    readonly why: readonly number[];
  }[];
  /** `no-action-on-record` says what the record holds, and nothing about the organization. */
  readonly outcome: 'taken-up' | 'no-action-on-record';
  readonly why: readonly number[];
}

/** What reached an organization from the forum, and what it did with it. Nothing where the organization is unknown. */
export class OptionsOf extends Query<readonly OptionReceived[] | undefined> {
  constructor(
    readonly organization: OrganizationId,
    readonly asOf?: number,
  ) {
    super();
  }
}

@QueryHandler(OptionsOf)
export class OptionsOfHandler implements IQueryHandler<OptionsOf> {
  constructor(private readonly views: Views) {}

  execute({ organization, asOf }: OptionsOf): Promise<readonly OptionReceived[] | undefined> {
    if (!this.views.document('organizations', organization, asOf)) return Promise.resolve(undefined);
    const found = documentsOn(this.views, 'options', `organization=${organization}`, asOf);
    return Promise.resolve(found.map((each) => this.received(each, organization, asOf)));
  }

  private received(document: OptionDocument, organization: OrganizationId, asOf: number | undefined): OptionReceived {
    const { arguments: _, debates = [], handovers, actions: takenUp = [], revision: __, ...told } = document;
    const handover = handovers!.find((each) => each.organization === organization)!;
    const actions = takenUp.flatMap(({ action: id, note, why }) => {
      const action = documentAt(this.views, 'actions', id, asOf);
      if (!action || action.inError) return [];
      const role = action.lead === organization ? 'lead' : action.partners.includes(organization) && 'partner';
      if (!role) return [];
      const { title, track, counted } = action;
      const said = note === undefined ? {} : { note };
      return [{ action: id, title, role, track, counted, ...said, why: [...why, ...action.why] } as const];
    });
    const outcome = actions.length ? 'taken-up' : 'no-action-on-record';
    return { ...told, debates, handover, actions, outcome };
  }
}
