import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordingClock } from '#commands';
import type { EventStore } from '#event-store';
import { Credentials } from './credential/credentials.js';
import { KeyFolder } from './keys/key-folder.js';
import type { PersonKeys } from './keys/person-keys.js';
import { RolesOnRecord } from './permission/roles-on-record.js';
import { type InvitationPost, People } from './person/people.js';
import { PersonDirectory } from './person/person-directory.js';
import { SealedLog } from './person/sealed-log.js';
import { type Attempts, AttemptsInMemory } from './session/attempts.js';
import { Sessions } from './session/sessions.js';
import type { SessionStore } from './session/session-store.js';
import { SqliteSessionStore } from './session/sqlite-session-store.js';
import { SetUpLink } from './set-up-link.js';
import { SignIn } from './sign-in.js';

export interface IdentityOptions {
  readonly store: EventStore;
  readonly clock: RecordingClock;
  /** Of everything that this process keeps. */
  readonly dataDir: string;
  /** How invitations leave, given who there is: they are looked up when one is sent. */
  readonly post: InvitationPost;
  readonly keys?: PersonKeys;
  readonly attempts?: Attempts;
  readonly now?: () => number;
}

/** All that is known of people, and how they come in. */
export class Identity {
  readonly people: People;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly roles: RolesOnRecord;
  readonly directory: PersonDirectory;
  readonly setUp: SetUpLink;
  private readonly ending = new AbortController();
  private readonly now: () => number;
  private following: Promise<void> = Promise.resolve();

  private constructor(
    options: IdentityOptions,
    private readonly store: SessionStore,
  ) {
    const { store: events, clock, dataDir, post, now = Date.now } = options;
    const { keys = new KeyFolder(join(dataDir, 'keys')), attempts = new AttemptsInMemory(now) } = options;
    this.now = now;
    const log = new SealedLog(events, keys, clock);
    const directory = new PersonDirectory(events, log, keys);
    directory.onEnd((person) => store.forget(person));
    this.directory = directory;
    this.roles = new RolesOnRecord(events);
    this.sessions = new Sessions(store, now);
    this.people = new People({ log, keys, directory, post, now });
    this.credentials = new Credentials({ log, directory, attempts, store, now });
    this.setUp = new SetUpLink(join(dataDir, 'set-up.json'), now);
    const { people, credentials, sessions, roles } = this;
    this.signIn = new SignIn({ keys, directory, people, credentials, sessions, attempts, roles, now });
  }

  /** In UTC, as the record has it. */
  get today(): string {
    return new Date(this.now()).toISOString().slice(0, 10);
  }

  /** Reads who there is, and makes sure that nothing is left here of whoever was erased in the meantime. */
  static async open(options: IdentityOptions): Promise<Identity> {
    mkdirSync(options.dataDir, { recursive: true });
    const identity = new Identity(options, new SqliteSessionStore(join(options.dataDir, 'sessions.sqlite')));
    try {
      await identity.directory.catchUp();
    } catch (error) {
      identity.store.close();
      throw error;
    }
    return identity;
  }

  /** What another node erases is forgotten here, too. `onFault`: it could not be followed any more, and says why. */
  follow(onFault: (error: unknown) => void): void {
    this.following = this.directory.follow(this.ending.signal).catch(onFault);
  }

  /** A link to begin with, where nobody who could sign in may administer; nothing where somebody can. */
  async setUpSecret(): Promise<string | undefined> {
    await this.directory.catchUp();
    const administrators = await this.roles.holdersOf('administrator');
    if (administrators.some((person) => this.directory.phaseOf(person) === 'joined')) {
      await this.setUp.withdraw();
      return undefined;
    }
    return this.setUp.offer();
  }

  /** Before the event store is closed. */
  async close(): Promise<void> {
    this.ending.abort();
    await this.following;
    this.store.close();
  }
}
