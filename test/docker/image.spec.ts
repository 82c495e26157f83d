import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { DOCKER, type Instruction, ROOT, stagesOf } from './files.js';

interface Manifest {
  readonly version: string;
  readonly dependencies: Record<string, string>;
  readonly imports: Record<string, string>;
}

const text = readFileSync(join(DOCKER, 'Dockerfile'), 'utf8');
const { before, stages } = stagesOf(text);
const last = stages.at(-1) ?? [];
const rests = (of: readonly Instruction[], name: string) =>
  of.filter((each) => each.name === name).map(({ rest }) => rest);
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

describe('docker/Dockerfile', () => {
  it('names a version of the image that it begins with', () => {
    expect(rests(before, 'ARG')).toEqual(['NODE=node:24-slim']);
    for (const stage of stages) expect(rests(stage, 'FROM')[0]).toMatch(/^\$\{NODE\}( AS (build|dependencies))?$/);
    expect(text).toContain('image.base.name="docker.io/library/node:24-slim"');
  });

  it('says which version it holds', () => {
    expect(rests(last, 'LABEL')[0]).toContain(`org.opencontainers.image.version="${manifest.version}"`);
  });

  it('runs as a user that is not root, named by number', () => {
    expect(rests(last, 'USER')).toEqual(['1000:1000']);
  });

  it('makes the folders that are mounted, for the user who writes to them', () => {
    const made = rests(last, 'RUN').join();
    expect(made).toContain('--owner=1000 --group=1000 --mode=0700 /data /data/keys /data/attachments');
  });

  it('brings what runs, and its dependencies, but not those of development', () => {
    const from = rests(last, 'COPY').filter((rest) => rest.startsWith('--from'));
    expect(from).toEqual(['--from=dependencies /para71/node_modules node_modules', '--from=build /para71/dist dist']);
    expect(rests(stages[1] ?? [], 'RUN').join()).toContain('npm ci --omit=dev --ignore-scripts');
  });

  it('copies only what is there, and what .dockerignore lets through', () => {
    const sources = stages
      .flatMap((stage) => rests(stage, 'COPY'))
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    const allowed = readFileSync(join(DOCKER, 'Dockerfile.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    const lets = (source: string) => allowed.some((path) => source === path || source.startsWith(`${path}/`));
    expect(sources.filter((source) => !lets(source))).toEqual([]);
  });

  it('lets in no secret', () => {
    for (const stage of stages) {
      expect([...rests(stage, 'ENV'), ...rests(stage, 'ARG')].join()).not.toMatch(/PASSWORD|SECRET|TOKEN|_URL/);
    }
    const ignored = readFileSync(join(DOCKER, 'Dockerfile.dockerignore'), 'utf8');
    expect(ignored.replaceAll(/^#.*\n/gm, '').split('\n')[0]).toBe('*');
    expect(ignored).not.toMatch(/^!(docker|\.env)\/?$/m);
  });

  it('asks for its health, and starts what is compiled', () => {
    expect(rests(last, 'HEALTHCHECK')).toHaveLength(1);
    const [, main = ''] = /"dist\/(.*)\.js"/.exec(rests(last, 'CMD')[0] ?? '') ?? [];
    expect(existsSync(join(ROOT, `${main}.ts`))).toBe(true);
  });
});

describe('What is shipped', () => {
  const shipped = globSync('{apps,libs}/**/*.ts', {
    cwd: ROOT,
    exclude: (path) => /\.(spec|contract)\.ts$|^libs\/testing/.test(path),
  });
  /** `import type` and `export type` are gone once compiled. */
  const IMPORTS = /^(?:import|export)\s(?!type\s)[^;]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
  const importsOf = (file: string) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORTS)].map(
      (found) => found[1] ?? found[2] ?? found[3] ?? '',
    );
  const packageOf = (name: string) =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/');

  it('imports Node, itself and what package.json lists under dependencies, and nothing else', () => {
    const known = (name: string) =>
      name.startsWith('.') ||
      isBuiltin(name) ||
      Object.hasOwn(manifest.imports, name) ||
      Object.hasOwn(manifest.dependencies, packageOf(name));
    const unknown = shipped.flatMap((file) =>
      importsOf(file)
        .filter((name) => !known(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('is looked at, all of it', () => {
    const names = new Set(shipped.flatMap(importsOf).filter((name) => !name.startsWith('.') && !isBuiltin(name)));
    expect(names).toContain('@nestjs/platform-fastify');
    expect(names).toContain('#reporting');
    expect(names).toContain('@kurrent/kurrentdb-client');
  });
});
