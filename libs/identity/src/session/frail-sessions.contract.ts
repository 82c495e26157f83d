import type { PersonId } from '../keys/person-keys.js';
import { SessionsUnavailable, type StoredSession } from './session-store.js';
import { SqliteSessionStore } from './sqlite-session-store.js';

/** Keeps sessions in memory, and does not say whose they are while it is away. */
export class FrailSessions extends SqliteSessionStore {
  isAway = false;

  constructor() {
    super(':memory:');
  }

  override async ofPerson(person: PersonId): Promise<readonly StoredSession[]> {
    if (this.isAway) throw new SessionsUnavailable('It does not answer');
    return super.ofPerson(person);
  }
}
