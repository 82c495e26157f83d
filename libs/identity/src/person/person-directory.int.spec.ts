import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as others } from 'node:timers/promises';
import { join } from 'node:path';
import { RecordingClock } from '#commands';
import { type ReadAllOptions, StoreUnavailable } from '#event-store';
import { FrozenClock, RecordInFolder } from '#testing';
import { KeyFolder } from '../keys/key-folder.js';
import type { PersonId } from '../keys/person-keys.js';
import { person, type PersonCommand } from './person.js';
import { PersonDirectory } from './person-directory.js';
import { newPersonId, personStream, SealedLog } from './sealed-log.js';

describe('The directory of persons', () => {
  let record: RecordInFolder;
  let log: SealedLog;
  let directory: PersonDirectory;
  let ending: AbortController;

  beforeEach(() => {
    record = new RecordInFolder();
    ending = new AbortController();
    const keys = new KeyFolder(join(record.folder, 'keys'));
    log = new SealedLog(record.store, keys, new RecordingClock(new FrozenClock('2026-02-01T09:00:00Z').now));
    directory = new PersonDirectory(record.store, log, keys);
  });
  afterEach(async () => {
    ending.abort();
    await record.close();
  });

  const does = (id: PersonId, command: PersonCommand) =>
    log.change(personStream(id), person, command, 'person-a', { begins: true });
  const turnsUntil = async (isSo: () => boolean) => {
    const until = performance.now() + 20_000;
    while (!isSo() && performance.now() < until) await others();
  };
  /** What other nodes do is known here without being asked for, soon. */
  const isKnownAs = async (id: PersonId, phase: string) => {
    await turnsUntil(() => directory.phaseOf(id) === phase);
    expect(directory.phaseOf(id)).toBe(phase);
  };

  it('does not keep a card that it began to read before the person was corrected', async () => {
    const erin = newPersonId();
    await does(erin, { type: 'RegisterPerson', name: 'Erin Xample', address: 'erin@registry.example' });
    await directory.catchUp();
    const read = record.store.readIfAny.bind(record.store);
    const { promise: corrected, resolve: goOn } = Promise.withResolvers<void>();
    record.store.readIfAny = async function* (...asked) {
      yield* read(...asked);
      await corrected;
    };
    const before = directory.cardOf(erin);
    await others();
    record.store.readIfAny = read;
    await does(erin, { type: 'CorrectPerson', name: 'Erin Ypsilon' });
    await directory.catchUp();
    goOn();
    expect(await before).toMatchObject({ name: 'Erin Xample' });
    expect(await directory.cardOf(erin)).toMatchObject({ name: 'Erin Ypsilon' });
  });

  it('goes on following when the log could not be read for a while', async () => {
    const following = directory.follow(ending.signal);
    const [erin, amina] = [newPersonId(), newPersonId()];
    await does(erin, { type: 'RegisterPerson', name: 'Erin Xample', address: 'erin@registry.example' });
    await isKnownAs(erin, 'registered');

    const read = record.store.readPages.bind(record.store);
    let refused = 0;
    record.store.readPages = (options?: ReadAllOptions) => {
      refused++;
      throw new StoreUnavailable(`It does not answer ${JSON.stringify(options)}`);
    };
    await does(amina, { type: 'RegisterPerson', name: 'Amina Xample', address: 'amina@registry.example' });
    await turnsUntil(() => refused > 0);
    expect(refused).toBeGreaterThan(0);
    await expect(directory.catchUp()).rejects.toThrow(StoreUnavailable);

    record.store.readPages = read;
    await does(erin, { type: 'CloseAccount' });
    await isKnownAs(erin, 'closed');
    expect(directory.phaseOf(amina)).toBe('registered');
    ending.abort();
    await following;
  });
});
