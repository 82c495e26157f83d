import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { RecordingClock } from '#commands';
import { StoreUnavailable } from '#event-store';
import { FactsUnavailable } from '#jobs';
import { FrozenClock, RecordInFolder } from '#testing';
import { Identity } from '../identity.js';
import { KeyFolder } from '../keys/key-folder.js';
import type { PersonId } from '../keys/person-keys.js';
import { PersonDirectory } from '../person/person-directory.js';
import { type PersonLetter, PersonPost } from '../person/person-post.js';
import { credentialStream, SealedLog } from '../person/sealed-log.js';
import { FrailSessions } from '../session/frail-sessions.contract.js';
import { Sessions } from '../session/sessions.js';
import { credential } from './credential.js';
import { LostSecondFactor } from './lost-second-factor.js';

class Letters extends PersonPost {
  readonly sent: PersonLetter[] = [];
  isAway = false;
  override async send(letter: PersonLetter): Promise<void> {
    if (this.isAway) throw new StoreUnavailable('It does not answer');
    this.sent.push(letter);
  }
  get kinds() {
    return this.sent.map(({ kind }) => kind);
  }
}

describe('A second factor that is lost', () => {
  const clock = new FrozenClock('2026-02-01T09:00:00Z');
  let record: RecordInFolder;
  let identity: Identity;
  let open: () => Promise<Identity>;
  let store: FrailSessions;
  let sessions: Sessions;
  let letters: Letters;
  let lost: LostSecondFactor;
  let erin: PersonId;

  beforeEach(async () => {
    record = new RecordInFolder();
    letters = new Letters();
    const recording = new RecordingClock(clock.now);
    const given = { store: record.store, clock: recording, dataDir: record.folder, post: letters, now: clock.now };
    open = () => Identity.open(given);
    identity = await open();
    erin = await identity.people.register('Erin Xample', 'erin@registry.example');
    const keys = new KeyFolder(join(record.folder, 'keys'));
    const log = new SealedLog(record.store, keys, recording);
    const stream = credentialStream(erin);
    await log.change(stream, credential, { type: 'BeginSecondFactor', secret: '00' }, erin);
    await log.change(stream, credential, { type: 'ConfirmSecondFactor', secret: '00', codes: [] }, erin);
    store = await FrailSessions.open(keys, clock.now);
    sessions = new Sessions(store, clock.now);
    const directory = new PersonDirectory(record.store, log, keys);
    lost = new LostSecondFactor({ log, directory, sessions, post: letters, now: clock.now });
  });
  afterEach(async () => {
    await identity.close();
    await record.close();
  });

  it('is not reset by its owner, who stays signed in', async () => {
    await sessions.begin(erin, 'full');
    await lost.reset(erin, 'person-a');
    await expect(lost.reset(erin, erin)).rejects.toThrow('reset-for-oneself');
    await expect(lost.reset(erin, 'person-a')).rejects.toThrow('reset-needs-another');
    expect(await sessions.list(erin)).toHaveLength(1);
  });

  it('is not reset as long as nobody can be signed out, and then with all that goes with it', async () => {
    await sessions.begin(erin, 'full');
    expect(await lost.reset(erin, 'person-a')).toBe('proposed');
    store.isAway = true;
    await expect(lost.reset(erin, 'person-b')).rejects.toThrow(FactsUnavailable);
    expect(await identity.credentials.secondFactorOf(erin)).toBe('enrolled');
    expect(letters.sent).toEqual([]);
    store.isAway = false;
    expect(await lost.reset(erin, 'person-b')).toBe('reset');
    expect(await identity.credentials.secondFactorOf(erin)).toBe('lost');
    expect(await sessions.list(erin)).toEqual([]);
    expect(letters.kinds).toEqual(['second-factor-reset']);
  });
  describe('and whose owner could not be told', () => {
    beforeEach(async () => {
      await lost.reset(erin, 'person-a');
      letters.isAway = true;
      await expect(lost.reset(erin, 'person-b')).rejects.toThrow(StoreUnavailable);
      letters.isAway = false;
    });
    const restart = async () => {
      await identity.close();
      identity = await open();
    };

    it('is told of at the next start, as of when it was reset', async () => {
      const at = new Date(clock.now());
      clock.pass(3_600_000);
      await restart();
      expect(letters.sent).toEqual([{ kind: 'second-factor-reset', person: erin, reset: expect.any(String), at }]);
    });

    it('is told of once, whatever else is reset meanwhile', async () => {
      await expect(lost.reset(erin, 'person-b')).rejects.toThrow('second-factor-missing');
      await lost.warn();
      await lost.warn();
      expect(letters.kinds).toEqual(['second-factor-reset']);
    });

    it('is not told of a month later', async () => {
      clock.pass(31 * 24 * 3_600_000);
      await restart();
      expect(letters.sent).toEqual([]);
    });

    it('is not told of where there is no account any more', async () => {
      await identity.people.close(erin, erin);
      await restart();
      expect(letters.sent).toEqual([]);
    });
  });
});
