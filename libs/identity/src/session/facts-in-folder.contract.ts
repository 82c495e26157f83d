import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BriefFacts, openBriefFacts } from '#jobs';
import { FrozenClock } from '#testing';
import { KeyFolder } from '../keys/key-folder.js';
import type { PersonId } from '../keys/person-keys.js';
import { Attempts } from './attempts.js';
import { SessionStore } from './session-store.js';
import { Sessions } from './sessions.js';

/** A folder of one node: keys of persons in it, and facts in it or at `url`. */
export class FactsInFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'para71-'));
  readonly file = join(this.folder, 'sessions.sqlite');
  readonly keys = new KeyFolder(join(this.folder, 'keys'));
  readonly told: string[] = [];
  private readonly opened: BriefFacts[] = [];

  constructor(private readonly url?: string) {}

  async open(now: () => number = Date.now, url = this.url): Promise<BriefFacts> {
    const tell = (line: string) => void this.told.push(line);
    const facts = await openBriefFacts(url, { file: this.file, now, tell });
    this.opened.push(facts);
    return facts;
  }

  async store(now?: () => number, url?: string): Promise<SessionStore> {
    return new SessionStore(await this.open(now, url), this.keys);
  }

  async sessions(): Promise<Sessions> {
    return new Sessions(await this.store());
  }

  async attempts(now?: () => number): Promise<Attempts> {
    return new Attempts(await this.open(now), this.keys, now);
  }

  async somebody(): Promise<PersonId> {
    const person = `person-${randomUUID()}`;
    await this.keys.create(person);
    return person;
  }

  /** For `sessionsAreKept`. */
  async kept() {
    const clock = new FrozenClock('2026-01-15T09:00:00Z');
    const persons = [await this.somebody(), await this.somebody()] as const;
    return { store: await this.store(clock.now), clock, persons };
  }

  async close(): Promise<void> {
    for (const facts of this.opened.splice(0)) await facts.close();
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true });
  }
}
