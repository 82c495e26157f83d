import { FactsUnavailable } from '#jobs';
import { refuse } from '../identity-refusal.js';
import type { PersonId } from '../keys/person-keys.js';
import type { PersonDirectory } from '../person/person-directory.js';
import { credentialStream, type SealedLog } from '../person/sealed-log.js';
import type { Attempts } from '../session/attempts.js';
import { secondFactorKey } from '../session/attempts.js';
import type { SessionStore } from '../session/session-store.js';
import { isSecretOf, newToken, readToken } from './api-token.js';
import { credential, type Credential, type CredentialCommand, type Subject, type Token } from './credential.js';
import { hashPassword, isNobodysPassword, isPassword } from './password-hash.js';
import { requirePassword } from './password-rules.js';
import { hashOfCode, newRecoveryCodes } from './recovery-codes.js';
import { base32, newTotpSecret, otpauthUri, stepOfCode } from './totp.js';

export interface CredentialsOptions {
  readonly log: SealedLog;
  readonly directory: PersonDirectory;
  readonly attempts: Attempts;
  readonly store: SessionStore;
  readonly now?: () => number;
}

/** A token as its owner sees it, ever after the first time. */
export interface TokenShown extends Omit<Token, 'hash' | 'isProven'> {
  readonly usedAt?: string;
}

const TOKEN_TOUCH_MS = 60_000;

/** With what persons prove who they are: password, second factor, recovery codes, tokens. */
export class Credentials {
  private readonly now: () => number;
  /** When this process last wrote down, or tried to, that a token was used. */
  private readonly touched = new Map<string, number>();

  constructor(private readonly options: CredentialsOptions) {
    this.now = options.now ?? Date.now;
  }

  /** `password-…` where it is one that somebody would guess. */
  async requireFit(person: PersonId, password: string): Promise<void> {
    const card = await this.options.directory.cardOf(person);
    requirePassword(password, card ? [card.name, card.address] : []);
  }

  async setPassword(person: PersonId, password: string): Promise<void> {
    await this.requireFit(person, password);
    await this.change(person, { type: 'SetPassword', hash: await hashPassword(password) });
  }

  /** As much work whether there is such a person, whether they have a password, and whether it is right. */
  async isPassword(person: PersonId | undefined, password: string): Promise<boolean> {
    const hash = person && (await this.read(person)).password;
    return hash === undefined ? isNobodysPassword(password) : isPassword(password, hash);
  }

  async hasSecondFactor(person: PersonId): Promise<boolean> {
    return (await this.read(person)).secret !== undefined;
  }

  /** `lost`: it was reset, and they have to enrol another one whatever their roles are. */
  async secondFactorOf(person: PersonId): Promise<'enrolled' | 'lost' | 'none'> {
    const { secret, reset } = await this.read(person);
    if (secret !== undefined) return 'enrolled';
    return reset === undefined ? 'none' : 'lost';
  }

  /** From now on they sign in by it, and not by one that was linked before. `oidc-taken` where somebody else does. */
  async linkSubject(person: PersonId, subject: Subject): Promise<void> {
    const { directory } = this.options;
    await this.requireFree(person, subject);
    await this.change(person, { type: 'LinkSubject', ...subject });
    // Another node may have been first on the log.
    if ((await directory.withSubject(subject)) !== person) refuse('oidc-taken');
  }

  /** `oidc-taken` where somebody else signs in by it. */
  async requireFree(person: PersonId, subject: Subject): Promise<void> {
    await this.options.directory.catchUp();
    const holder = await this.options.directory.withSubject(subject);
    if (holder !== undefined && holder !== person) refuse('oidc-taken');
  }

  async unlinkSubject(person: PersonId): Promise<void> {
    await this.change(person, { type: 'UnlinkSubject' });
  }

  async isLinkedAt(issuer: string, person: PersonId): Promise<boolean> {
    return (await this.read(person)).subject?.issuer === issuer;
  }

  /** What goes into the authenticator. It counts once a code of it was given. */
  async beginSecondFactor(person: PersonId): Promise<{ readonly secret: string; readonly uri: string }> {
    const secret = newTotpSecret();
    await this.change(person, { type: 'BeginSecondFactor', secret: secret.toString('hex') });
    const card = await this.options.directory.cardOf(person);
    return { secret: base32(secret), uri: otpauthUri(secret, card?.address ?? person) };
  }

  /** The recovery codes, shown this once. */
  async confirmSecondFactor(person: PersonId, code: string): Promise<readonly string[]> {
    return this.keepSecondFactor(person, await this.proveBegun(person, code));
  }

  /** The second factor that was begun, once a code of it was given. It counts when it is kept. */
  async proveBegun(person: PersonId, code: string): Promise<string> {
    const { begun, secret } = await this.read(person);
    if (secret !== undefined) refuse('second-factor-exists');
    if (begun === undefined) refuse('second-factor-not-begun');
    await this.requireCode(person, begun, code);
    return begun;
  }

  /** One that `proveBegun` gave. The recovery codes, shown this once. */
  async keepSecondFactor(person: PersonId, secret: string): Promise<readonly string[]> {
    const codes = newRecoveryCodes();
    await this.change(person, { type: 'ConfirmSecondFactor', secret, codes: codes.map(hashOfCode) });
    return codes;
  }

  async replaceRecoveryCodes(person: PersonId): Promise<readonly string[]> {
    const codes = newRecoveryCodes();
    await this.change(person, { type: 'ReplaceRecoveryCodes', codes: codes.map(hashOfCode) });
    return codes;
  }

  /** A code of the authenticator, or a recovery code; each is good for one time. Refuses with `second-factor-wrong`. */
  async requireSecondFactor(person: PersonId, code: string): Promise<{ readonly codesLeft: number }> {
    const { secret, codes } = await this.read(person);
    if (secret === undefined) refuse('second-factor-missing');
    if (/^\d{6}$/.test(code)) {
      await this.requireCode(person, secret, code);
      return { codesLeft: codes.length };
    }
    const key = secondFactorKey(person);
    await this.options.attempts.begin(key);
    const after = await this.change(person, { type: 'UseRecoveryCode', code: hashOfCode(code) });
    await this.options.attempts.succeeded(key);
    return { codesLeft: after.codes.length };
  }

  async recoveryCodesLeft(person: PersonId): Promise<number> {
    return (await this.read(person)).codes.length;
  }

  /** The text of the token is shown this once. */
  async issueToken(
    person: PersonId,
    asked: Pick<Token, 'name' | 'scopes' | 'until'> & Partial<Pick<Token, 'isProven'>>,
  ): Promise<{ readonly token: string; readonly text: string }> {
    const { token, hash, text } = newToken();
    const { name, scopes, until, isProven } = asked;
    const said = { token, name, scopes, until, hash, ...(isProven !== undefined && { isProven }) };
    await this.change(person, { type: 'IssueToken', ...said });
    return { token, text };
  }

  async revokeToken(person: PersonId, token: string): Promise<void> {
    await this.change(person, { type: 'RevokeToken', token });
  }

  async revokeAllTokens(person: PersonId): Promise<void> {
    await this.change(person, { type: 'RevokeAllTokens' });
  }

  async tokensOf(person: PersonId): Promise<readonly TokenShown[]> {
    const uses = await this.options.store.tokenUses(person);
    return (await this.read(person)).tokens.map(({ token, name, scopes, until }) => {
      const usedAt = uses.get(token);
      return { token, name, scopes, until, ...(usedAt !== undefined && { usedAt: new Date(usedAt).toISOString() }) };
    });
  }

  /** Whose it is and what it may be used for; nothing for one that is unknown, over or revoked. */
  async findToken(
    text: string,
  ): Promise<({ readonly person: PersonId } & Pick<Token, 'scopes' | 'isProven'>) | undefined> {
    const given = readToken(text);
    if (!given) return undefined;
    await this.options.directory.catchUp();
    const person = this.options.directory.withToken(given.token);
    if (!person) return undefined;
    const found = (await this.read(person)).tokens.find(({ token }) => token === given.token);
    const now = this.now();
    if (!found || !isSecretOf(found.hash, given.secret) || Date.parse(found.until) <= now) return undefined;
    await this.used(given.token, person, now);
    return { person, scopes: found.scopes, isProven: found.isProven };
  }

  private async used(token: string, person: PersonId, now: number): Promise<void> {
    const { store } = this.options;
    // Who uses it waits for nobody who cannot write it down, and otherwise once in a while only.
    if (store.trouble !== undefined || now - (this.touched.get(token) ?? -Infinity) < TOKEN_TOUCH_MS) return;
    this.touched.set(token, now);
    try {
      const before = (await store.tokenUses(person)).get(token) ?? 0;
      if (now - before >= TOKEN_TOUCH_MS) await store.tokenUsed(token, person, now);
    } catch (error) {
      // A token stands on the log: it is good also while nobody can write down that it was used.
      if (!(error instanceof FactsUnavailable)) throw error;
    }
  }

  private async requireCode(person: PersonId, secret: string, code: string): Promise<void> {
    const key = secondFactorKey(person);
    await this.options.attempts.begin(key);
    const step = stepOfCode(Buffer.from(secret, 'hex'), code, this.now());
    // Also one that was right, and has been used: who looks over a shoulder is too late.
    if (step === undefined || !(await this.options.store.useStep(person, step))) refuse('second-factor-wrong');
    await this.options.attempts.succeeded(key);
  }

  private async read(person: PersonId): Promise<Credential> {
    return (await this.options.log.stateOf(credentialStream(person), credential)).state;
  }

  private async change(person: PersonId, command: CredentialCommand): Promise<Credential> {
    const after = await this.options.log.change(credentialStream(person), credential, command, person);
    await this.options.directory.catchUp();
    return after;
  }
}
