import type { Edition } from '../edition.js';
import type { ActionRow } from '../rows.js';
import { EDITORS } from './editors.js';
import type { CommandFields, ImportStep, Origin } from './import-step.js';
import { depthOf, step } from './import-step.js';

export function actionSteps({ actions, versions }: Edition): ImportStep[] {
  const successors = new Map(actions.map((row) => [row.id, row.supersededBy ? [row.supersededBy] : []]));
  return actions.flatMap((row) => {
    const { id, key } = row;
    const origin: Origin = { file: 'actions', version: versions.actions, id, slug: key };
    // The successor is recorded before what it supersedes.
    const wave = depthOf(id, (action) => successors.get(action) ?? []);
    return [
      step(origin, ['actions', wave], 'RecordAction', actionFields(row)),
      ...row.related.map((to) => step(origin, ['links', 0], 'LinkAction', { action: id, to, kind: 'RELATED' })),
      ...row.igfLinks.map(({ action: to, kind }) => step(origin, ['links', 0], 'LinkAction', { action: id, to, kind })),
    ];
  });
}

function actionFields(row: ActionRow): CommandFields['RecordAction'] {
  const { note, end, supersededBy } = row;
  const outOfScope = row.scope === 'OPERATIONAL';
  return {
    action: row.id,
    lead: row.organization,
    partners: row.partners,
    partnersOther: row.partnersOther,
    title: row.title,
    description: row.description,
    kind: row.kind,
    cooperation: row.cooperation,
    track: row.track,
    scope: { test: row.scope, by: EDITORS, ...(outOfScope && note && { reason: note }) },
    startedOn: row.start,
    ...(end && { endedOn: end }),
    status: row.status,
    ...(supersededBy && { supersededBy }),
    issues: row.issues,
    stakeholders: row.stakeholders.map((group) => ({ group })),
    vision: { code: row.vision, by: EDITORS },
    ...(note && !outOfScope && { note }),
    confidence: row.confidence,
    sources: row.sources,
  };
}
