import { describe, expect, it } from '@jest/globals';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { caller, codeOf, IdentityInFolder, password } from '../../../test/support/identity-in-folder.js';
import { askedSetUpSecret } from './identity.js';
import { KeyFolder } from './keys/key-folder.js';
import { SetUpLink } from './set-up-link.js';

const MINUTE = 60_000;

const at = IdentityInFolder.forEachTest();

const makeAdministrator = (person: string) =>
  at.record.tell(`mandate-${person}`, {
    type: 'MandateGiven',
    data: { role: 'administrator', from: '2025', by: 'person-1', ground: 'set-up' },
  });

describe('The set-up link', () => {
  it('is good for one time and one day, and the same until then', async () => {
    const first = (await at.identity.setUpSecret())!;
    const secret = (await at.identity.setUpSecret())!;
    expect(secret).toBe(first);
    expect(readFileSync(join(at.record.folder, 'keys', 'set-up.json'), 'utf8')).not.toContain(secret);
    expect(await codeOf(at.identity.setUp.require(`${secret.slice(0, -1)}_`))).toBe('set-up-void');
    expect(await codeOf(at.identity.setUp.require(''))).toBe('set-up-void');
    expect(await codeOf(at.identity.setUp.require(secret))).toBe('taken');
    const both = await Promise.all([secret, secret].map((link) => codeOf(at.identity.setUp.use(link))));
    expect(both.toSorted()).toEqual(['set-up-void', 'taken']);
    const late = (await at.identity.setUpSecret())!;
    expect(late).not.toBe(secret);
    at.clock.pass(24 * 60 * MINUTE);
    expect(await codeOf(at.identity.setUp.use(late))).toBe('set-up-void');
  });

  it('that is over is not followed by two, where two nodes begin at once', async () => {
    await at.identity.setUpSecret();
    at.clock.pass(24 * 60 * MINUTE);
    const keys = new KeyFolder(join(at.record.folder, 'keys'));
    const file = join(at.record.folder, 'keys', 'set-up.json');
    const elsewhere = join(at.record.folder, 'set-up.json');
    copyFileSync(file, elsewhere);
    const first = await new SetUpLink(elsewhere, keys, at.clock.now).offer();
    // The second one has seen that the link is over, and then the first one is done.
    const now = () => {
      if (existsSync(elsewhere)) renameSync(elsewhere, file);
      return at.clock.now();
    };
    expect(await new SetUpLink(file, keys, now).offer()).toBe(first);
    expect(await codeOf(at.identity.setUp.require(first))).toBe('taken');
  });

  it('is not offered where somebody can administer', async () => {
    const { person } = await at.joined();
    await makeAdministrator(person);
    expect(await at.identity.setUpSecret()).toBeUndefined();
    expect(existsSync(join(at.record.folder, 'keys', 'set-up.json'))).toBe(false);
  });

  it('that is not used in time opens nothing any more once somebody can administer', async () => {
    const printed = (await at.identity.setUpSecret())!;
    expect(await codeOf(at.identity.requireSetUp(printed))).toBe('taken');
    const { person } = await at.joined();
    await makeAdministrator(person);
    expect(await codeOf(at.identity.requireSetUp(printed))).toBe('set-up-void');
    expect(await codeOf(at.identity.setUp.use(printed))).toBe('set-up-void');
  });
});

describe('The set-up link that whoever runs the installation asks for', () => {
  it('is there only where somebody could have had an account', async () => {
    const nowhere = join(at.record.folder, 'elsewhere');
    expect(await askedSetUpSecret(nowhere)).toBeUndefined();
    expect(existsSync(nowhere)).toBe(false);
  });

  it('takes the place of a printed one, outlasts a start, and is good for one time and one day, whoever administers', async () => {
    const printed = (await at.identity.setUpSecret())!;
    const asked = await at.identity.setUp.offerAsked();
    expect(await codeOf(at.identity.requireSetUp(printed))).toBe('set-up-void');
    for (const [name, address] of [
      ['Ada', 'ada@registry.example'],
      ['Bea', 'bea@registry.example'],
    ] as const)
      await makeAdministrator((await at.joined(name, address)).person);
    expect(await at.identity.administration()).toBe('several');
    expect(await at.identity.setUpSecret()).toBeUndefined();
    expect(await codeOf(at.identity.requireSetUp(asked))).toBe('taken');
    await at.identity.setUp.use(asked);
    expect(await codeOf(at.identity.requireSetUp(asked))).toBe('set-up-void');
    const late = await at.identity.setUp.offerAsked();
    at.clock.pass(24 * 60 * MINUTE);
    expect(await codeOf(at.identity.requireSetUp(late))).toBe('set-up-void');
    expect(await at.identity.setUpSecret()).toBeUndefined();
    expect(existsSync(join(at.record.folder, 'keys', 'set-up.json'))).toBe(false);
  });
});

describe('Who administers', () => {
  it('is nobody, one who makes the second, who waits for them, two, or one who is left alone and needs the link', async () => {
    const { identity } = at;
    const told: unknown[] = [];
    const look = async () => told.push([await identity.administration(), (await identity.setUpSecret()) !== undefined]);
    await look();
    const { person: ada } = await at.joined('Ada', 'ada@registry.example');
    await makeAdministrator(ada);
    await look();
    const bea = await at.invited('Bea', 'bea@registry.example');
    await makeAdministrator(bea);
    await look();
    await identity.signIn.withInvitation(await at.lastLink(), password, caller);
    await look();
    await identity.people.close(bea, ada);
    await look();
    await identity.people.close(ada, ada);
    await look();
    expect(told).toEqual([
      ['nobody', true],
      ['first-alone', false],
      ['awaiting-second', false],
      ['several', false],
      ['left-alone', true],
      ['nobody', true],
    ]);
  });
});

describe('The keys', () => {
  it('are files that nobody else can read', async () => {
    await at.invited();
    const keys = join(at.record.folder, 'keys');
    expect(statSync(keys).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(keys)) expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
    expect(readdirSync(keys)).toHaveLength(3);
  });

  it('that were lost make one account unusable, and are told of', async () => {
    const { person } = await at.joined();
    await at.invited('Other', 'other@registry.example');
    await at.identity.close();
    const file = join(at.record.folder, 'keys', `${person}.key`);
    writeFileSync(file, Buffer.alloc(32));
    at.identity = await at.open();
    expect(at.identity.directory.unreadable).toEqual([person]);
    expect(await codeOf(at.identity.signIn.withPassword('erin@registry.example', password, caller))).toBe(
      'sign-in-failed',
    );
    expect(await at.identity.directory.withAddress('other@registry.example')).toBeDefined();
  });
});

describe('People', () => {
  it('are what they were after a restart', async () => {
    const { person, secret } = await at.joined();
    const { text } = await at.identity.credentials.issueToken(person, {
      name: 'x',
      scopes: ['read'],
      until: '2026-03-01T00:00:00.000Z',
    });
    await at.identity.close();
    at.identity = await at.open();
    expect(await at.identity.signIn.whoBySession(secret)).toMatchObject({ person });
    expect(await at.identity.signIn.whoByToken(text)).toMatchObject({ person });
    expect(await at.identity.directory.cardOf(person)).toEqual({
      person,
      name: 'Erin Xample',
      address: 'erin@registry.example',
    });
  });
});
