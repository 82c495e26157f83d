import type { JsonObject } from '#event-store';
import type { PersonId, PersonKeys } from '../keys/person-keys.js';
import { seal, unseal } from '../keys/sealed.js';
import type { SessionRedis } from './session-redis.js';
import { SessionStore, type StoredSession } from './session-store.js';

const sessionKey = (hash: string) => `para71:session:${hash}`;
const personKey = (person: PersonId) => `para71:sessions-of:${person}`;
const stepKey = (person: PersonId) => `para71:step-of:${person}`;
const usedKey = (what: string) => `para71:used:${what}`;
const usesKey = (person: PersonId) => `para71:token-uses-of:${person}`;

const DAY_MS = 86_400_000;
/** Codes are good for a minute and a half. */
const STEP_MS = 10 * 60_000;
/** No token lasts longer. */
const USES_MS = 367 * DAY_MS;
const AGENT = 'agent';

type Kept = Omit<StoredSession, 'agent'> & { readonly agent?: JsonObject };

/**
 * Shared by all nodes of an installation: what ends on one has ended on all. Redis itself lets go of what is over, and what
 * it loses costs a sign-in. What the browser calls itself is kept under the person's key, as Redis writes everything it is
 * told into a file, and does not take it out again at once.
 */
export class RedisSessionStore extends SessionStore {
  constructor(
    private readonly redis: SessionRedis,
    private readonly keys: PersonKeys,
  ) {
    super();
  }

  override async insert(session: StoredSession, lastsMs: number): Promise<void> {
    const { hash, person, startedAt } = session;
    const kept = await this.closed(session);
    await this.redis.together((all) =>
      all
        .set(sessionKey(hash), kept, 'PX', atLeastOne(lastsMs))
        .zadd(personKey(person), startedAt, hash)
        .pexpire(personKey(person), DAY_MS),
    );
  }

  override async find(hash: string): Promise<StoredSession | undefined> {
    const text = await this.redis.ask((client) => client.get(sessionKey(hash)));
    return text === null ? undefined : this.opened(text);
  }

  override async touch(session: StoredSession, lastsMs: number): Promise<void> {
    const kept = await this.closed(session);
    await this.redis.ask((client) => client.set(sessionKey(session.hash), kept, 'PX', atLeastOne(lastsMs), 'XX'));
  }

  override async delete(hash: string): Promise<boolean> {
    const text = await this.redis.ask((client) => client.getdel(sessionKey(hash)));
    if (text === null) return false;
    const { person } = JSON.parse(text) as Kept;
    await this.redis.ask((client) => client.zrem(personKey(person), hash));
    return true;
  }

  override async ofPerson(person: PersonId): Promise<readonly StoredSession[]> {
    const hashes = await this.hashesOf(person);
    if (!hashes.length) return [];
    const texts = await this.redis.ask((client) => client.mget(hashes.map(sessionKey)));
    const over = hashes.filter((_, n) => texts[n] === null);
    if (over.length) await this.redis.ask((client) => client.zrem(personKey(person), ...over));
    return Promise.all(texts.flatMap((text) => (text === null ? [] : [this.opened(text)])));
  }

  override async forget(person: PersonId): Promise<void> {
    const sessions = (await this.hashesOf(person)).map(sessionKey);
    await this.redis.ask((client) => client.del(...sessions, personKey(person), stepKey(person), usesKey(person)));
  }

  /** Redis does it. */
  override async sweep(): Promise<void> {}

  override async useStep(person: PersonId, step: number): Promise<boolean> {
    const [changed] = await this.redis.together((all) =>
      all.zadd(stepKey(person), 'GT', 'CH', step, 'last').pexpire(stepKey(person), STEP_MS),
    );
    return changed === 1;
  }

  override async useOnce(what: string, _now: number, lastsMs: number): Promise<boolean> {
    const kept = await this.redis.ask((client) => client.set(usedKey(what), '', 'PX', atLeastOne(lastsMs), 'NX'));
    return kept === 'OK';
  }

  override async tokenUsed(token: string, person: PersonId, at: number): Promise<void> {
    await this.redis.together((all) => all.hset(usesKey(person), token, String(at)).pexpire(usesKey(person), USES_MS));
  }

  override async tokenUses(person: PersonId): Promise<ReadonlyMap<string, number>> {
    const uses = await this.redis.ask((client) => client.hgetall(usesKey(person)));
    return new Map(Object.entries(uses).map(([token, at]) => [token, Number(at)]));
  }

  override close(): Promise<void> {
    return this.redis.close();
  }

  private hashesOf(person: PersonId): Promise<string[]> {
    return this.redis.ask((client) => client.zrange(personKey(person), 0, '-1'));
  }

  private async closed({ agent, ...session }: StoredSession): Promise<string> {
    const key = await this.keys.find(session.person);
    const kept: Kept = { ...session, ...(key && { agent: seal(key, session.hash, AGENT, { agent }) }) };
    return JSON.stringify(kept);
  }

  private async opened(text: string): Promise<StoredSession> {
    const { agent: data, ...session } = JSON.parse(text) as Kept;
    const key = data && (await this.keys.find(session.person));
    if (!key) return { ...session, agent: '' };
    const { agent } = unseal(key, { id: session.hash, type: AGENT, data }) as { agent: string };
    return { ...session, agent };
  }
}

/** Redis takes no time that is over. */
const atLeastOne = (ms: number) => Math.max(1, Math.round(ms));
