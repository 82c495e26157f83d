import { randomUUID } from 'node:crypto';
import { refuse } from '../identity-refusal.js';
import type { PersonId } from '../keys/person-keys.js';
import type { PersonDirectory } from '../person/person-directory.js';
import { type PersonPost, WARNING_MS } from '../person/person-post.js';
import { credentialStream, type SealedLog } from '../person/sealed-log.js';
import type { Sessions } from '../session/sessions.js';
import { credential, type Credential } from './credential.js';

export interface LostSecondFactorOptions {
  readonly log: SealedLog;
  readonly directory: PersonDirectory;
  readonly sessions: Sessions;
  readonly post: PersonPost;
  readonly now?: () => number;
}

/** What is done for who has neither their authenticator nor a recovery code any more. */
export class LostSecondFactor {
  private readonly now: () => number;
  /** By this process: the resets whose letters are prepared. */
  private readonly warned = new Set<string>();

  constructor(private readonly options: LostSecondFactorOptions) {
    this.now = options.now ?? Date.now;
  }

  /**
   * Proposes that it is reset, or, where another person has proposed it, does: the person is signed out everywhere, their
   * tokens are void, they are told by mail, and enrol another one when they next sign in.
   */
  async reset(person: PersonId, by: PersonId): Promise<'proposed' | 'reset'> {
    const { log, sessions } = this.options;
    await this.requireAccount(person);
    const reset = randomUUID();
    const stream = credentialStream(person);
    const proposed = await this.proposed(person);
    // Where nobody can be signed out at present nothing is recorded either: it can be asked for again.
    if (proposed && ![proposed.by, person].includes(by)) await sessions.endAll(person);
    const after = await log.change(stream, credential, { type: 'ResetSecondFactor', person, reset }, by);
    if (after.reset !== reset) return 'proposed';
    await this.warn();
    // Whoever came in meanwhile.
    await sessions.endAll(person);
    return 'reset';
  }

  /**
   * Tells everybody whose second factor was reset within the last 30 days. A letter that was prepared before stays the one
   * it was: this makes up for a process that ended between a reset and its letter.
   */
  async warn(): Promise<void> {
    const { directory, post } = this.options;
    await directory.catchUp();
    for (const { person, reset, at } of directory.resets) {
      const isOver = Date.parse(at) + WARNING_MS <= this.now();
      if (isOver || this.warned.has(reset) || !this.hasAccount(person)) continue;
      await post.send({ kind: 'second-factor-reset', person, reset, at: new Date(at) });
      this.warned.add(reset);
    }
  }

  /** What somebody else may agree with. Nothing where nothing is proposed, and for who has no account. */
  async proposed(person: PersonId): Promise<Credential['resetProposed']> {
    await this.options.directory.catchUp();
    if (!this.hasAccount(person)) return undefined;
    const { state } = await this.options.log.stateOf(credentialStream(person), credential);
    const { resetProposed } = state;
    return resetProposed && Date.parse(resetProposed.until) > this.now() ? resetProposed : undefined;
  }

  private hasAccount(person: PersonId): boolean {
    return ['registered', 'joined'].includes(this.options.directory.phaseOf(person));
  }

  private async requireAccount(person: PersonId): Promise<void> {
    const { directory } = this.options;
    await directory.catchUp();
    const phase = directory.phaseOf(person);
    if (phase === 'none') refuse('person-unknown');
    if (phase === 'erased') refuse('person-erased');
    if (phase === 'closed') refuse('person-closed');
  }
}
