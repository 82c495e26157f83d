import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { composeFile, DOCKER } from './files.js';

interface Prometheus {
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly {
    readonly metrics_path?: string;
    readonly authorization: { readonly type: string; readonly credentials_file: string };
    readonly static_configs: readonly { readonly targets: readonly string[] }[];
  }[];
}

const { services, secrets = {} } = composeFile('compose.yml');
const { rule_files, scrape_configs } = parse(
  readFileSync(join(DOCKER, 'prometheus', 'prometheus.yml'), 'utf8'),
) as Prometheus;

describe('docker/prometheus/prometheus.yml', () => {
  it('asks every process of compose.yml that has metrics, at its port', () => {
    const asked = scrape_configs.flatMap((each) => each.static_configs).flatMap(({ targets }) => targets);
    const ours = Object.entries(services).filter(([, { image }]) => image.startsWith('para71:'));
    const ports = ours.map(
      ([name, { environment = {} }]) => `${name}:${environment['PORT'] ?? environment['WORKER_PORT']}`,
    );
    expect([...asked].toSorted()).toEqual(ports.toSorted());
  });

  it('shows the token that they are given', () => {
    for (const { authorization, metrics_path } of scrape_configs) {
      expect(metrics_path).toBeUndefined();
      expect(authorization.type).toBe('Bearer');
      const secret = authorization.credentials_file.replace('/run/secrets/', '');
      expect(Object.keys(secrets)).toContain(secret);
      for (const name of ['api-1', 'api-2', 'worker'])
        expect(services[name]?.environment?.['METRICS_TOKEN_FILE']).toBe(authorization.credentials_file);
    }
  });

  it('finds its rules beside it', () => {
    expect(rule_files.filter((file) => !existsSync(join(DOCKER, 'prometheus', file)))).toEqual([]);
  });
});
