import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(import.meta.dirname, '..', '..');
export const DOCKER = join(ROOT, 'docker');

export type SecretMount = string | { readonly source: string; readonly target: string };

export interface Service {
  readonly image: string;
  readonly build?: unknown;
  readonly user?: string;
  readonly init?: boolean;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly profiles?: readonly string[];
  readonly secrets?: readonly SecretMount[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
}

/** As it stands in the file, with its anchors and merges resolved. */
export const composeFile = (name: string) =>
  parse(readFileSync(join(DOCKER, name), 'utf8'), { merge: true }) as Compose;

/** One file upon another, as `docker compose -f one -f other` lays them: maps are merged, and so are these lists. */
export const upon = (below: Compose, above: Compose) => merged(below, above, '') as Compose;

const ADDED_TO = ['secrets', 'networks'];

function merged(below: unknown, above: unknown, key: string): unknown {
  if (above === undefined) return below;
  if (Array.isArray(below) && Array.isArray(above))
    return ADDED_TO.includes(key) ? [...new Set([...below, ...above])] : above;
  if (!isMap(below) || !isMap(above)) return above;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(keys.map((each) => [each, merged(below[each], above[each], each)]));
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile, with lines that are continued as one, by stage. */
export function stagesOf(dockerfile: string): { readonly before: Instruction[]; readonly stages: Instruction[][] } {
  const before: Instruction[] = [];
  const stages: Instruction[][] = [];
  const lines = dockerfile
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  for (const line of lines) {
    const [, name, rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (name === undefined) continue;
    if (name === 'FROM') stages.push([]);
    (stages.at(-1) ?? before).push({ name, rest });
  }
  return { before, stages };
}
