import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfiguration, VARIABLES, type Variable } from '#operation';
import { ROOT } from './files.js';

const text = readFileSync(join(ROOT, '.env.example'), 'utf8');
/** As if everything in it were meant. */
const meant = parseEnv(text.replaceAll(/^#(?=[A-Z_]+=)/gm, ''));

describe('.env.example', () => {
  it('lists exactly the variables that are read, in their order', () => {
    const ours: readonly Variable[] = VARIABLES;
    const names = ours.flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name]));
    expect([...text.matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name)).toEqual(names);
  });

  it('changes nothing as it is', () => {
    expect(parseEnv(text)).toEqual({});
  });

  it('says what each is where it is left out', () => {
    const values = Object.fromEntries(Object.entries(meant).filter(([name]) => !name.endsWith('_FILE')));
    expect(values['PEOPLE']).toBe(readConfiguration({}).people);
    // Without people nobody could sign in by a provider.
    const { redisUrl, metricsToken, oidc, ...otherwise } = readConfiguration({ ...values, PEOPLE: 'required' }, '/a');
    expect(otherwise).toEqual(readConfiguration({ PEOPLE: 'required' }, '/a'));
    expect(oidc).toMatchObject({ issuer: 'https://id.example.org', secondFactor: 'local' });
    expect({ redisUrl, metricsToken }).toEqual({
      redisUrl: 'redis://127.0.0.1:6379',
      metricsToken: 'made-by-openssl-rand-hex-24',
    });
  });
});
