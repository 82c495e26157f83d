import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordingClock } from '#commands';
import { type EventStore, keepFollowing } from '#event-store';
import { type BriefFacts, FactsUnavailable, openBriefFacts } from '#jobs';
import { BrowserSeal } from './browser-seal.js';
import { Credentials } from './credential/credentials.js';
import { LostSecondFactor } from './credential/lost-second-factor.js';
import { refuse } from './identity-refusal.js';
import { folderId, KeyFolder } from './keys/key-folder.js';
import { requireKeysOfLog } from './keys/keys-of-log.js';
import type { PersonId, PersonKeys } from './keys/person-keys.js';
import { OidcProvider, type OidcSettings } from './oidc/oidc-provider.js';
import { OidcSignIn } from './oidc/oidc-sign-in.js';
import { RolesOnRecord } from './permission/roles-on-record.js';
import { People } from './person/people.js';
import { PersonDirectory } from './person/person-directory.js';
import type { PersonPost } from './person/person-post.js';
import { SealedLog } from './person/sealed-log.js';
import { Attempts } from './session/attempts.js';
import { Sessions } from './session/sessions.js';
import { SessionStore } from './session/session-store.js';
import { SetUpLink } from './set-up-link.js';
import { SignIn } from './sign-in.js';

export interface IdentityOptions {
  readonly store: EventStore;
  readonly clock: RecordingClock;
  /** Of everything that this process keeps. */
  readonly dataDir: string;
  /** How letters to persons leave. */
  readonly post: PersonPost;
  /** Absent where everybody signs in by a password. */
  readonly oidc?: OidcSettings;
  /** What this process keeps of a person elsewhere goes with them: when they are erased, and at each start for all before. */
  readonly onErased?: (person: PersonId) => Promise<void>;
  /** Where sessions are kept and attempts are counted: what `openBriefFacts` takes. Absent: in this process. */
  readonly factsUrl?: string | undefined;
  /** Told a line whenever that is lost or found again. */
  readonly tell?: (line: string) => void;
  readonly now?: () => number;
}

export type Administration = 'nobody' | 'first-alone' | 'awaiting-second' | 'left-alone' | 'several';

/** All that is known of people, and how they come in. */
export class Identity {
  readonly people: People;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly lostSecondFactor: LostSecondFactor;
  readonly signIn: SignIn;
  readonly oidc: OidcSignIn | undefined;
  readonly roles: RolesOnRecord;
  readonly directory: PersonDirectory;
  readonly setUp: SetUpLink;
  readonly browserSeal: BrowserSeal;
  private readonly ending = new AbortController();
  private readonly now: () => number;
  private following: Promise<void> = Promise.resolve();

  private constructor(
    options: IdentityOptions,
    keys: PersonKeys,
    private readonly facts: BriefFacts,
  ) {
    const { store: events, clock, dataDir, post, oidc, onErased, now = Date.now } = options;
    const store = new SessionStore(facts, keys);
    const attempts = new Attempts(facts, keys, now);
    this.now = now;
    const log = new SealedLog(events, keys, clock);
    const directory = new PersonDirectory(events, log, keys);
    directory.onEnd((person) => store.forget(person).catch(unlessAway));
    if (onErased) directory.onEnd((person, why) => (why === 'erased' ? onErased(person) : undefined));
    this.directory = directory;
    this.roles = new RolesOnRecord(events);
    this.attempts = attempts;
    this.sessions = new Sessions(store, now);
    this.people = new People({ log, keys, directory, post, attempts, now });
    this.credentials = new Credentials({ log, directory, attempts, store, now });
    this.setUp = new SetUpLink(setUpFileIn(dataDir), keys, now);
    this.browserSeal = new BrowserSeal(keys, now);
    const { people, credentials, sessions, roles } = this;
    this.lostSecondFactor = new LostSecondFactor({ log, directory, sessions, post, now });
    this.signIn = new SignIn({ keys, directory, people, credentials, sessions, attempts, roles, now });
    const { signIn, browserSeal: seal } = this;
    const provider = oidc && new OidcProvider(oidc, now);
    const ways = { people, credentials, sessions, store, attempts, signIn };
    this.oidc = provider && new OidcSignIn({ provider, seal, ...ways });
  }

  /** In UTC, as the record has it. */
  get today(): string {
    return this.moment.slice(0, 10);
  }

  /** RFC 3339, UTC. */
  get moment(): string {
    return new Date(this.now()).toISOString();
  }

  /**
   * `KeysElsewhere` where the keys are not those of the log. Reads who there is, and makes sure that nothing is left here of
   * whoever was erased in the meantime, and that nobody whose second factor was reset goes untold.
   */
  static async open(options: IdentityOptions): Promise<Identity> {
    const { store, clock, dataDir, factsUrl, tell = () => undefined, now = Date.now } = options;
    mkdirSync(dataDir, { recursive: true });
    const keys = new KeyFolder(keysIn(dataDir));
    await requireKeysOfLog(store, keys, clock);
    const meanwhile = 'Nobody is signed in until it can; the public record can be read.';
    const file = join(dataDir, 'sessions.sqlite');
    const facts = await openBriefFacts(factsUrl, { file, now, tell, meanwhile });
    try {
      const identity = new Identity(options, keys, facts);
      await identity.lostSecondFactor.warn();
      return identity;
    } catch (error) {
      await facts.close();
      throw error;
    }
  }

  /** What another node erases is forgotten here, too. `onFault`: the log could not be followed, and is again after a pause. */
  follow(onFault: (error: unknown) => void): void {
    const { signal } = this.ending;
    this.following = keepFollowing((onStep) => this.directory.follow(signal, onStep), { signal, onFault });
  }

  /**
   * A link to begin with, where nobody who could sign in may administer; or where one is left alone, and may make no other
   * one by themselves any more. Nothing where the people can go on without whoever runs the installation.
   */
  async setUpSecret(): Promise<string | undefined> {
    if (await this.needsSetUp()) return this.setUp.offer();
    await this.setUp.withdraw();
    return undefined;
  }

  /** `set-up-void` unless the link is good, and somebody asked for it or the people cannot go on without it by now, either. */
  async requireSetUp(secret: string): Promise<void> {
    const isAskedFor = await this.setUp.require(secret);
    if (isAskedFor || (await this.needsSetUp())) return;
    await this.setUp.withdraw();
    refuse('set-up-void');
  }

  /**
   * Who of those that can sign in administers: the first one makes the second alone, and waits for them; whoever is left
   * alone makes nobody.
   */
  async administration(): Promise<Administration> {
    await this.directory.catchUp();
    const holders = await this.roles.holdersOf('administrator');
    const phases = holders.map((person) => this.directory.phaseOf(person));
    const { length } = phases.filter((phase) => phase === 'joined');
    if (length !== 1) return length ? 'several' : 'nobody';
    if (phases.includes('registered')) return 'awaiting-second';
    return (await this.roles.everHeld('administrator')).length === 1 ? 'first-alone' : 'left-alone';
  }

  private async needsSetUp(): Promise<boolean> {
    return ['nobody', 'left-alone'].includes(await this.administration());
  }

  /** What keeps everybody from being signed in at present, in words. */
  get trouble(): string | undefined {
    return this.facts.trouble;
  }

  /** Before the event store is closed. */
  async close(): Promise<void> {
    this.ending.abort();
    await this.following;
    await this.facts.close();
  }
}

/** Shared by all processes of an installation. */
export const keysIn = (dataDir: string): string => join(dataDir, 'keys');

const setUpFileIn = (dataDir: string): string => join(keysIn(dataDir), 'set-up.json');

/**
 * A set-up link for whoever runs the installation and cannot wait for its people: those who administer it may all have lost
 * what they sign in with. Nothing where nobody ever had an account here.
 */
export async function askedSetUpSecret(dataDir: string): Promise<string | undefined> {
  const folder = keysIn(dataDir);
  if ((await folderId(folder)) === undefined) return undefined;
  return new SetUpLink(setUpFileIn(dataDir), new KeyFolder(folder)).offerAsked();
}

/** What is left there of somebody who is not there any more lets nobody in, and is over within twelve hours. */
function unlessAway(error: unknown): void {
  if (!(error instanceof FactsUnavailable)) throw error;
}
