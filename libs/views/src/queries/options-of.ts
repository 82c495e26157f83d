import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { OrganizationId } from '#reporting';
import type { Handover, OptionDocument } from '../folds/options.js';
import { Views } from '../views.js';
import { documentAt, documentsOn } from './documents.js';

/** An option that was handed to an organization, and what it did with it as far as the record tells. */
export interface OptionReceived {
  readonly option: string;
  readonly issue: string;
  readonly title: string;
  readonly state: OptionDocument['state'];
  readonly handover: Handover;
  /** Actions of this organization that take the option up, each on its own track. */
  readonly actions: readonly {
    readonly action: string;
    readonly title: string;
    readonly role: 'lead' | 'partner';
    readonly track: string;
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
    const { option, issue, title, state } = document;
    const handover = document.handovers!.find((each) => each.organization === organization)!;
    const actions = (document.actions ?? []).flatMap(({ action: id, why }) => {
      const action = documentAt(this.views, 'actions', id, asOf);
      if (!action || action.inError) return [];
      const role = action.lead === organization ? 'lead' : action.partners.includes(organization) && 'partner';
      if (!role) return [];
      const { title: name, track, counted } = action;
      return [{ action: id, title: name, role, track, counted, why: [...why, ...action.why] } as const];
    });
    const outcome = actions.length ? 'taken-up' : 'no-action-on-record';
    return { option, issue, title, state, handover, actions, outcome, why: document.why };
  }
}
