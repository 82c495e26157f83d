import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Metrics } from './metrics.js';
import { watchProcess, watchQueue, watchViews } from './gauges.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const file = join(import.meta.dirname, '../../../../docker/prometheus/alerts.yml');
const { groups } = parse(readFileSync(file, 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

/** Names of metrics, each with the labels that it has. */
async function measured(): Promise<Set<string>> {
  const metrics = new Metrics();
  watchProcess(metrics, '1', '/');
  watchViews(metrics, { head: { sequence: 0 }, trouble: undefined }, () => Promise.resolve({ events: 0, seconds: 0 }));
  watchQueue(metrics, () => Promise.resolve({ waiting: 0, delayed: 0, active: 0, failed: 0, oldestDueMs: 0 }));
  metrics.appends.tally({ outcome: 'failed' });
  metrics.appends.tally({ outcome: 'recorded' });
  metrics.requests.tally({ method: 'GET', route: '/', status: '5xx' });
  const lines = (await metrics.text()).split('\n').filter((line) => line && !line.startsWith('#'));
  // Prometheus itself adds the first one.
  return new Set(['up', ...lines.flatMap((line) => [/^\w+/.exec(line)![0], ...labelled(line)])]);
}

/** `name{label="value"}` for each label of a series or a selector. */
const labelled = (text: string): string[] =>
  [...text.matchAll(/(\w+)\{([^}]*)\}/g)].flatMap(([, name, labels = '']) =>
    labels.split(',').map((label) => `${name}{${label.trim()}}`),
  );

describe('the alerts', () => {
  it('ask for nothing that is not measured', async () => {
    const known = await measured();
    const asked = rules.flatMap(({ expr }) => [
      ...(expr.match(/\b(para71|process|nodejs)_\w+/g) ?? []),
      ...labelled(expr).filter((selector) => !selector.includes('{job=')),
    ]);
    expect(asked.length).toBeGreaterThan(rules.length);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s says what is wrong and what to do', (_, rule) => {
    expect(rule.labels.severity).toMatch(/^(page|ticket)$/);
    expect(rule.annotations.summary.length).toBeGreaterThan(10);
    expect(rule.annotations.description.length).toBeGreaterThan(60);
  });

  it('have a name each', () => expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length));
});
