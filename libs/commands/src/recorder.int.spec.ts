import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '#event-store';
import { EventStore, SqliteEventStore, StreamNotFound } from '#event-store';
import { edtf } from '#reporting';
import { FrozenClock, sampleVocabulary } from '#testing';
import { SourceFields } from './evidence-fields.js';
import { RegisterOrganization } from './organizations/register-organization.js';
import type { Given } from './recorder.js';
import { Recorder } from './recorder.js';
import { CommandIdReused, StaleRevision, TooMuchContention } from './recording-faults.js';
import { RecordingClock } from './recording-clock.js';

const STREAM = 'organization-example-registry';
const HOUR = 3_600_000;

let folder: string;
let store: SqliteEventStore;
let machine: FrozenClock;
/** Two nodes, one log. */
let here: Recorder;
let there: Recorder;
let ids = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'para71-recorder-'));
  store = SqliteEventStore.open(join(folder, 'events.db'));
  machine = new FrozenClock('2026-01-15T09:00:00Z');
  here = new Recorder(store, sampleVocabulary, new RecordingClock(machine.now));
  there = new Recorder(store, sampleVocabulary, new RecordingClock(machine.now));
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function given(changes: Partial<Given> = {}): Given {
  const commandId = `018f4a52-6b1e-7cc4-9d0e-${String(ids++).padStart(12, '0')}`;
  return { commandId, actor: 'editor', correlationId: 'request-1', ...changes };
}

const registration = {
  organization: 'example-registry',
  name: 'Example Registry',
  profile: { kind: 'REGISTRY', description: 'Registers example numbers.' },
  sources: [{ title: 'Statutes', confidence: 'found' as const }],
};
const register = (by = given(), changes: Partial<typeof registration> = {}) =>
  here.onOrganization('RegisterOrganization', { given: by, ...registration, ...changes });

const renaming = (name: string, by = given()) => ({
  given: by,
  organization: 'example-registry',
  name,
  reason: 'New statutes',
});

/** The same store, but its answers leave out what a store may leave out. */
function withoutTelling(of: SqliteEventStore): EventStore {
  const append: EventStore['append'] = async (...appending) => {
    const { revision, position } = await of.append(...appending);
    return { revision, position };
  };
  const read: EventStore['read'] = (...reading) => of.read(...reading);
  return Object.assign(Object.create(EventStore.prototype) as EventStore, { append, read });
}

async function log(stream = STREAM): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of store.read(stream)) events.push(event);
  return events;
}

describe('A command that is given again', () => {
  it('is answered with the first result, and recorded once', async () => {
    const by = given();
    const first = await register(by);
    await here.onOrganization('RenameOrganization', renaming('Example Numbers Registry'));
    expect(await register(by)).toEqual(first);
    expect(await log()).toHaveLength(2);
  });

  it('is the same whatever the order of its fields, its role and its correlation', async () => {
    const by = given();
    const first = await register(by);
    const { name, ...rest } = registration;
    const again = { ...rest, name, given: { ...by, role: 'administrator', correlationId: 'request-2' } };
    expect(await here.onOrganization('RegisterOrganization', again)).toEqual(first);
  });

  it('is answered before anything is looked up that may have changed since', async () => {
    await register();
    const command = renaming('Example Numbers Registry');
    const first = await here.onOrganization('RenameOrganization', command);
    const answer = here.onOrganization('RenameOrganization', command, () => Promise.reject(new Error('closed since')));
    await expect(answer).resolves.toEqual(first);
  });

  it('is answered although it names a revision that is no longer the last', async () => {
    await register();
    const command = renaming('Example Numbers Registry', given({ ifRevision: 0 }));
    const first = await here.onOrganization('RenameOrganization', command);
    await here.onOrganization('RenameOrganization', renaming('Example Registry'));
    expect(await here.onOrganization('RenameOrganization', command)).toEqual(first);
  });

  it('is refused when it says something else', async () => {
    const by = given();
    await register(by);
    await expect(register(by, { name: 'Another Registry' })).rejects.toThrow(CommandIdReused);
    expect(await log()).toHaveLength(1);
  });

  it('is refused when somebody else gives it, or for somebody else', async () => {
    const by = given();
    await register(by);
    await expect(register({ ...by, actor: 'visitor' })).rejects.toThrow(CommandIdReused);
    await expect(register({ ...by, onBehalfOf: 'example-union' })).rejects.toThrow(CommandIdReused);
  });

  it('fifty times at once makes one event and fifty equal answers', async () => {
    const by = given();
    const answers = await Promise.all(Array.from({ length: 50 }, () => register(by)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await log()).toHaveLength(1);
  });

  it('on two nodes at once makes one event and two equal answers', async () => {
    await register();
    const command = renaming('Example Numbers Registry');
    const commands = Array.from({ length: 20 }, (_, n) => (n % 2 ? here : there));
    const answers = await Promise.all(commands.map((node) => node.onOrganization('RenameOrganization', command)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await log()).toHaveLength(2);
  });
});

describe('A lost race', () => {
  /** `there` is faster: it records `renamings` of its own, one in each attempt of `here`. */
  function faster(...renamings: ReturnType<typeof renaming>[]) {
    const looked = { times: 0 };
    const lookup = async () => {
      looked.times++;
      const next = renamings.shift();
      if (next) await there.onOrganization('RenameOrganization', next);
    };
    return { looked, lookup };
  }

  beforeEach(() => register());

  it('is decided again on what the other one left', async () => {
    const { looked, lookup } = faster(renaming('Registry of Examples'));
    const answer = await here.onOrganization('RenameOrganization', renaming('Example Numbers Registry'), lookup);
    expect(answer).toMatchObject({ stream: STREAM, revision: 2 });
    expect(looked.times).toBe(2);
  });

  it('is refused where the rules say no by now', async () => {
    const { lookup } = faster(renaming('Example Numbers Registry'));
    const answer = here.onOrganization('RenameOrganization', renaming('Example Numbers Registry'), lookup);
    await expect(answer).rejects.toMatchObject({ code: 'nothing-changed' });
    expect(await log()).toHaveLength(2);
  });

  it('is not decided again for a person who named what they had seen', async () => {
    const { looked, lookup } = faster(renaming('Registry of Examples'));
    const command = renaming('Example Numbers Registry', given({ ifRevision: 0 }));
    const answer = here.onOrganization('RenameOrganization', command, lookup);
    await expect(answer).rejects.toMatchObject({ name: 'StaleRevision', stream: STREAM, expected: 0, actual: 1 });
    expect(looked.times).toBe(1);
    expect(await log()).toHaveLength(2);
  });

  it('is no loss when the other one was the same command', async () => {
    const command = renaming('Example Numbers Registry', given({ ifRevision: 0 }));
    const answer = await here.onOrganization('RenameOrganization', command, faster(command).lookup);
    expect(answer).toMatchObject({ revision: 1 });
    expect(await log()).toHaveLength(2);
  });

  it('is refused when the other one took the id for another command', async () => {
    const by = given();
    const { lookup } = faster(renaming('Registry of Examples', by));
    const answer = here.onOrganization('RenameOrganization', renaming('Example Numbers Registry', by), lookup);
    await expect(answer).rejects.toThrow(CommandIdReused);
    expect(await log()).toHaveLength(2);
  });

  it('is noticed too where the store cannot tell a repeat from what it wrote', async () => {
    here = new Recorder(withoutTelling(store), sampleVocabulary, new RecordingClock(machine.now));
    const by = given();
    const { lookup } = faster(renaming('Registry of Examples', by));
    const reused = here.onOrganization('RenameOrganization', renaming('Example Numbers Registry', by), lookup);
    await expect(reused).rejects.toThrow(CommandIdReused);
    const another = await here.onOrganization('RenameOrganization', renaming('Example Numbers Registry'));
    expect(another).toMatchObject({ revision: 2 });
  });

  it('is given up after ten times', async () => {
    const { looked, lookup } = faster(...Array.from({ length: 11 }, (_, n) => renaming(`Registry ${n}`)));
    const answer = here.onOrganization('RenameOrganization', renaming('Example Numbers Registry'), lookup);
    await expect(answer).rejects.toThrow(TooMuchContention);
    expect(looked.times).toBe(10);
    expect(await log()).toHaveLength(11);
  });

  it('does not come about on one node, however many write to one stream', async () => {
    const names = Array.from({ length: 50 }, (_, n) => `Registry ${n}`);
    const answers = await Promise.all(names.map((name) => here.onOrganization('RenameOrganization', renaming(name))));
    expect(answers.map((answer) => answer.revision)).toEqual(names.map((_, n) => n + 1));
  });
});

describe('A revision that a person has seen', () => {
  it('is refused when it is stale, and nothing is recorded', async () => {
    await register();
    await here.onOrganization('RenameOrganization', renaming('Example Numbers Registry'));
    const stale = here.onOrganization('RenameOrganization', renaming('Registry', given({ ifRevision: 0 })));
    await expect(stale).rejects.toThrow(StaleRevision);
    expect(await log()).toHaveLength(2);
  });

  it('is refused where there is nothing to be seen', async () => {
    await expect(register(given({ ifRevision: 0 }))).rejects.toMatchObject({ actual: 'no-stream' });
  });
});

describe('What is recorded', () => {
  it('says who did it, in which role, for whom, why and when', async () => {
    const by = given({ role: 'secretariat', onBehalfOf: 'example-union', causationId: 'import-7' });
    await register(by);
    const [event] = await log();
    expect(event).toMatchObject({
      type: 'OrganizationRegistered',
      metadata: { ...by, recordedAt: '2026-01-15T09:00:00.000Z', v: '1' },
    });
  });

  it('was caused by its command where nothing else is named', async () => {
    const by = given();
    await register(by);
    expect((await log())[0]!.metadata['causationId']).toBe(by.commandId);
  });

  it('is what was said, and nothing beside it', async () => {
    await register();
    const { organization: _, ...said } = registration;
    expect((await log())[0]!.data).toEqual(said);
  });

  it('has no undefined member and no class, however the command was made', async () => {
    const source = Object.assign(new SourceFields(), { title: 'Statutes', confidence: 'found' as const });
    const command = Object.assign(new RegisterOrganization(), { ...registration, given: given(), sources: [source] });
    expect(Object.keys(command)).toContain('acronym');
    await here.onOrganization('RegisterOrganization', command);
    expect(Object.keys((await log())[0]!.data).sort()).toEqual(['name', 'profile', 'sources']);
  });

  it('never has an earlier time than what was recorded before, when the clock is set back', async () => {
    await register();
    machine.pass(-HOUR);
    await here.onOrganization('RenameOrganization', renaming('Example Numbers Registry'));
    await there.onOrganization('RenameOrganization', renaming('Example Registry'));
    machine.pass(2 * HOUR);
    await here.onOrganization('RenameOrganization', renaming('Example Numbers Registry'));
    expect((await log()).map((event) => event.metadata['recordedAt']?.slice(11, 16))).toEqual([
      '09:00',
      '09:00',
      '09:00',
      '10:00',
    ]);
  });

  it('has an id that is a UUIDv5 of the command id, stable and different on every stream', async () => {
    const by = given({ commandId: '018f4a52-6b1e-7cc4-9d0e-2f6f3a4b5c6d' });
    await register(by);
    await register(by, { organization: 'example-union' });
    const [registry] = await log();
    const [union] = await log('organization-example-union');
    expect(registry!.id).toBe('b84cd94e-80b4-5956-ad64-ef5fb2f027af');
    expect(union!.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(union!.id).not.toBe(registry!.id);
  });

  it('is salted, so that nothing in it but the payload tells what was said', async () => {
    await register();
    await register(given(), { organization: 'example-union' });
    const events = [...(await log()), ...(await log('organization-example-union'))];
    for (const field of ['salt', 'commandHash']) {
      expect(new Set(events.map((event) => event.metadata[field])).size).toBe(2);
    }
    for (const event of events) expect(Buffer.from(event.metadata['salt']!, 'base64url')).toHaveLength(16);
  });

  it('is nothing at all when the rules refuse', async () => {
    await expect(register(given(), { sources: [] })).rejects.toMatchObject({ code: 'source-missing' });
    await expect(log()).rejects.toThrow(StreamNotFound);
    const ended = { given: given(), organization: 'example-registry', on: edtf('2014'), reason: 'Closed' };
    await expect(here.onOrganization('EndRelevance', ended)).rejects.toMatchObject({ code: 'organization-unknown' });
    await expect(log()).rejects.toThrow(StreamNotFound);
  });
});
