import type { JsonObject } from '#event-store';
import type { BriefFacts, Fact } from '#jobs';
import type { PersonId, PersonKeys } from '../keys/person-keys.js';
import { seal, unseal } from '../keys/sealed.js';

/** `password`: who has to give a second factor before anything else. `full`: signed in. */
export type SessionLevel = 'password' | 'full';

export interface StoredSession {
  /** SHA-256 of what stands in the cookie, which is kept nowhere. */
  readonly hash: string;
  /** To show and to end it by. */
  readonly id: string;
  readonly person: PersonId;
  readonly level: SessionLevel;
  /** Milliseconds since 1970, as all times here. */
  readonly startedAt: number;
  readonly seenAt: number;
  /** When a second factor was last given in it. */
  readonly provenAt?: number;
  /** What the browser calls itself, so that its owner knows it again. */
  readonly agent: string;
}

const sessionKey = (hash: string) => `session:${hash}`;
const personKey = (person: PersonId) => `sessions-of:${person}`;
const stepKey = (person: PersonId) => `step-of:${person}`;
const usedKey = (what: string) => `used:${what}`;
const usesKey = (person: PersonId) => `tokens-used-by:${person}`;

const DAY_MS = 86_400_000;
/** Codes are good for a minute and a half. */
const STEP_MS = 10 * 60_000;
/** No token lasts longer. */
const USES_MS = 367 * DAY_MS;
const AGENT = 'agent';

type Kept = Omit<StoredSession, 'agent'> & { readonly agent?: JsonObject };

/**
 * Sessions, what was used up, and when tokens were last used: losing all of it costs a sign-in. What the browser calls itself
 * is kept under the person's key, as what was once written to a disk may not leave it at once.
 */
export class SessionStore {
  constructor(
    private readonly facts: BriefFacts,
    private readonly keys: PersonKeys,
  ) {}

  /** Why nothing can be kept or found at present; absent while all is well. */
  get trouble(): string | undefined {
    return this.facts.trouble;
  }

  /** `lastsMs`: after that it is over if nobody has seen it, and need not be kept. */
  async insert(session: StoredSession, lastsMs: number): Promise<void> {
    const { hash, person, startedAt } = session;
    const line = { list: personKey(person), name: hash, at: startedAt, lastsMs: DAY_MS };
    await this.facts.put(await this.factOf(session, lastsMs), line);
  }

  async find(hash: string): Promise<StoredSession | undefined> {
    const [text] = await this.facts.get(sessionKey(hash));
    return text === undefined ? undefined : this.opened(text);
  }

  /** Writes down when it was seen, unless it has ended in the meantime. */
  async touch(session: StoredSession, lastsMs: number): Promise<void> {
    await this.facts.putIfThere(await this.factOf(session, lastsMs));
  }

  /** Whether it was there: of two who end it at once, one is told so. */
  async delete(hash: string): Promise<boolean> {
    const text = await this.facts.take(sessionKey(hash));
    if (text === undefined) return false;
    const { person } = JSON.parse(text) as Kept;
    await this.facts.strike(personKey(person), hash);
    return true;
  }

  /** The oldest first. */
  async ofPerson(person: PersonId): Promise<readonly StoredSession[]> {
    const hashes = await this.hashesOf(person);
    if (!hashes.length) return [];
    const texts = await this.facts.get(...hashes.map(sessionKey));
    const over = hashes.filter((_, n) => texts[n] === undefined);
    if (over.length) await this.facts.strike(personKey(person), ...over);
    return Promise.all(texts.flatMap((text) => (text === undefined ? [] : [this.opened(text)])));
  }

  /** Whatever is known of the person here, and for good. */
  async forget(person: PersonId): Promise<void> {
    const sessions = (await this.hashesOf(person)).map(sessionKey);
    await this.facts.forget(...sessions, personKey(person), stepKey(person), usesKey(person));
  }

  /** Whether the step was not used before, by this person, nor a later one: each code is good for one time. */
  useStep(person: PersonId, step: number): Promise<boolean> {
    return this.facts.raise(stepKey(person), step, STEP_MS);
  }

  /** Whether nobody has used it before: of many at once, one is told so. Remembered for `lastsMs`. */
  useOnce(what: string, lastsMs: number): Promise<boolean> {
    return this.facts.putIfAbsent({ key: usedKey(what), text: '', lastsMs });
  }

  tokenUsed(token: string, person: PersonId, at: number): Promise<void> {
    return this.facts.enter({ list: usesKey(person), name: token, at, lastsMs: USES_MS });
  }

  tokenUses(person: PersonId): Promise<ReadonlyMap<string, number>> {
    return this.facts.lines(usesKey(person));
  }

  private async hashesOf(person: PersonId): Promise<string[]> {
    return [...(await this.facts.lines(personKey(person))).keys()];
  }

  private async factOf({ agent, ...session }: StoredSession, lastsMs: number): Promise<Fact> {
    const key = await this.keys.find(session.person);
    const kept: Kept = { ...session, ...(key && { agent: seal(key, session.hash, AGENT, { agent }) }) };
    return { key: sessionKey(session.hash), text: JSON.stringify(kept), lastsMs };
  }

  private async opened(text: string): Promise<StoredSession> {
    const { agent: data, ...session } = JSON.parse(text) as Kept;
    const key = data && (await this.keys.find(session.person));
    if (!key) return { ...session, agent: '' };
    const { agent } = unseal(key, { id: session.hash, type: AGENT, data }) as { agent: string };
    return { ...session, agent };
  }
}
