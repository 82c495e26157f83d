import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { OrganizationId } from '#reporting';
import type { ActionDocument } from '../folds/actions.js';
import { Views } from '../views.js';
import { documentsIn } from './documents.js';

/**
 * Which issues organizations worked on, and with whom: counts of actions that an answer to paragraph 71 may count
 * (track EC, not purely operational, not recorded in error). No measure of merit, and in no order of it: much depends
 * on how finely each divides its work.
 */
export interface Coverage {
  /** Each counted action once, however many took part. */
  readonly actions: number;
  /** By code. An issue that no counted action names is absent: the record says nothing on it. */
  readonly issues: readonly Covered[];
  /** By stakeholder group: counted actions that name it as taking part. */
  readonly groups: readonly Covered[];
}

export interface Covered {
  readonly code: string;
  /** Each action once. */
  readonly actions: number;
  /** The same by organization, lead or partner: a joint action stands under each, so these do not add up to `actions`. */
  readonly organizations: readonly { readonly organization: OrganizationId; readonly actions: readonly string[] }[];
  /** First event of each action. */
  readonly why: readonly number[];
}

export class CoverageAt extends Query<Coverage> {
  constructor(readonly asOf?: number) {
    super();
  }
}

@QueryHandler(CoverageAt)
export class CoverageAtHandler implements IQueryHandler<CoverageAt> {
  constructor(private readonly views: Views) {}

  execute({ asOf }: CoverageAt): Promise<Coverage> {
    const actions = documentsIn(this.views, 'actions', '', asOf).filter(({ counted }) => counted);
    return Promise.resolve({
      actions: actions.length,
      issues: covered(actions, ({ issues }) => issues),
      groups: covered(actions, ({ stakeholders }) => stakeholders.map(({ group }) => group)),
    });
  }
}

function covered(
  actions: readonly ActionDocument[],
  codesOf: (action: ActionDocument) => readonly string[],
): Covered[] {
  const byCode = new Map<string, ActionDocument[]>();
  for (const action of actions) {
    for (const code of new Set(codesOf(action))) listIn(byCode, code).push(action);
  }
  return [...byCode]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, all]) => ({
      code,
      actions: all.length,
      organizations: byOrganization(all),
      why: all.map(({ why }) => why[0]!).sort((a, b) => a - b),
    }));
}

function byOrganization(actions: readonly ActionDocument[]): Covered['organizations'] {
  const found = new Map<OrganizationId, string[]>();
  for (const { action, lead, partners } of actions) {
    for (const organization of new Set([lead, ...partners])) {
      listIn(found, organization).push(action);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([organization, all]) => ({ organization, actions: all }));
}

function listIn<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  let list = lists.get(key);
  if (!list) lists.set(key, (list = []));
  return list;
}
