import { FactsUnavailable, openBriefFacts } from '#jobs';
import type { PersonId, PersonKeys } from '../keys/person-keys.js';
import { SessionStore, type StoredSession } from './session-store.js';

/** Keeps sessions in memory, and does not say whose they are while it is away. */
export class FrailSessions extends SessionStore {
  isAway = false;

  static async open(keys: PersonKeys, now: () => number): Promise<FrailSessions> {
    return new FrailSessions(await openBriefFacts(undefined, { file: ':memory:', now, tell: () => undefined }), keys);
  }

  override async ofPerson(person: PersonId): Promise<readonly StoredSession[]> {
    if (this.isAway) throw new FactsUnavailable('It does not answer');
    return super.ofPerson(person);
  }
}
