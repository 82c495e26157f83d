import type { Subject } from './credential/credential.js';
import type { Credentials } from './credential/credentials.js';
import { IdentityRefusal, refuse } from './identity-refusal.js';
import type { PersonId, PersonKeys } from './keys/person-keys.js';
import { needsSecondFactor, type RolesOnRecord } from './permission/roles-on-record.js';
import type { Who } from './permission/may.js';
import { addressKey, addressOf } from './person/address.js';
import type { Invited, People } from './person/people.js';
import type { PersonDirectory } from './person/person-directory.js';
import { type Attempts, attemptKeys, linkKey } from './session/attempts.js';
import type { Sessions, SignedIn } from './session/sessions.js';

/** From where somebody tries, and with what. */
export interface Caller {
  /** Network address. */
  readonly from: string;
  /** What the browser calls itself. */
  readonly agent: string;
}

/** What is left to do before they are signed in. `enrol`: their roles need a second factor, and they have none. */
export type NextStep = 'none' | 'second-factor' | 'enrol';

export interface Begun {
  /** For the cookie. */
  readonly secret: string;
  readonly person: PersonId;
  readonly next: NextStep;
}

export interface SignInOptions {
  readonly keys: PersonKeys;
  readonly directory: PersonDirectory;
  readonly people: People;
  readonly credentials: Credentials;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly roles: RolesOnRecord;
  readonly now?: () => number;
}

/** The way in: by password and second factor, by an invitation, by a cookie that was given, by a token. */
export class SignIn {
  private readonly now: () => number;

  constructor(private readonly options: SignInOptions) {
    this.now = options.now ?? Date.now;
  }

  /** One refusal, `sign-in-failed`, for a wrong password and for nobody, after the same work. */
  async withPassword(address: string, password: string, caller: Caller): Promise<Begun> {
    const { attempts, credentials, directory, keys } = this.options;
    const known = wellFormed(address);
    const keysOfAttempt = attemptKeys(addressKey(await keys.ofServer(), known ?? address), caller.from);
    await attempts.begin(...keysOfAttempt);
    await directory.catchUp();
    const found = known === undefined ? undefined : await directory.withAddress(known);
    const person = found !== undefined && directory.phaseOf(found) === 'joined' ? found : undefined;
    if (!(await credentials.isPassword(person, password)) || person === undefined) refuse('sign-in-failed');
    await attempts.succeeded(...keysOfAttempt);
    return this.begin(person, caller);
  }

  /** Whom a link is for: looked at, and not used. */
  async invitedBy(secret: string, { from }: Caller): Promise<Invited> {
    const { attempts, people } = this.options;
    const guessing = linkKey('invitation', from);
    await attempts.begin(guessing);
    const invited = await people.invitedBy(secret);
    await attempts.succeeded(guessing);
    return invited;
  }

  /** Sets the password, and begins a session. All sessions and tokens that there were end: the mail may have been for that. */
  async withInvitation(secret: string, password: string, caller: Caller): Promise<Begun> {
    const { credentials, people, sessions } = this.options;
    const { person, invitation } = await this.invitedBy(secret, caller);
    // Looked at before the invitation is used up by it.
    await credentials.requireFit(person, password);
    await sessions.endAllWith(person, async () => {
      await people.join(person, invitation);
      await credentials.revokeAllTokens(person);
      await credentials.setPassword(person, password);
    });
    return this.begin(person, caller);
  }

  /**
   * By what a provider vouches for. Nobody is known by it who did not link it with their account: an equal address is no
   * reason. `isProven`: the provider saw a second factor, and is trusted with that.
   */
  async withSubject(subject: Subject, caller: Caller, { isProven }: { readonly isProven: boolean }): Promise<Begun> {
    const { directory } = this.options;
    await directory.catchUp();
    const person = await directory.withSubject(subject);
    if (person === undefined || directory.phaseOf(person) !== 'joined') refuse('oidc-unknown');
    return this.begin(person, caller, { isProven });
  }

  /** A session where nothing is left to be proven, or one that is good for nothing but that. */
  async begin(person: PersonId, { agent }: Caller, { isProven = false } = {}): Promise<Begun> {
    const { sessions } = this.options;
    const next = await this.nextFor(person, isProven);
    const secret = await sessions.begin(person, next === 'none' ? 'full' : 'password', { agent, isProven });
    return { secret, person, next };
  }

  /** `isProven`: a second factor was given already, though none of ours. */
  async nextFor(person: PersonId, isProven = false): Promise<NextStep> {
    const factor = await this.options.credentials.secondFactorOf(person);
    if (factor === 'lost') return 'enrol';
    if (isProven) return 'none';
    if (factor === 'enrolled') return 'second-factor';
    return needsSecondFactor(await this.roles(person)) ? 'enrol' : 'none';
  }

  /** Signs in, or proves anew. The session goes on under another secret. */
  async withSecondFactor(
    secret: string,
    code: string,
  ): Promise<{ readonly secret: string; readonly codesLeft: number }> {
    const { person } = await this.require(secret, 'password');
    const { codesLeft } = await this.options.credentials.requireSecondFactor(person, code);
    return { secret: await this.options.sessions.raise(secret), codesLeft };
  }

  /**
   * Signs in whoever had to enrol first. The recovery codes are shown this once. The other sessions end: a password alone
   * opened them.
   */
  async confirmSecondFactor(
    secret: string,
    code: string,
  ): Promise<{ readonly secret: string; readonly codes: readonly string[] }> {
    const { credentials, sessions } = this.options;
    const { person, session } = await this.require(secret, 'password');
    // Looked at before anybody is signed out by it.
    const proven = await credentials.proveBegun(person, code);
    const codes = await sessions.endAllWith(person, () => credentials.keepSecondFactor(person, proven), session);
    return { secret: await sessions.raise(secret), codes };
  }

  /** Needs the present one, so that nobody is shut out through a browser that was left open. The other sessions end. */
  async changePassword(secret: string, present: string, next: string, { from }: Caller): Promise<void> {
    const { attempts, credentials, sessions } = this.options;
    const { person, session } = await this.require(secret, 'full');
    const keys = attemptKeys(person, from);
    await attempts.begin(...keys);
    if (!(await credentials.isPassword(person, present))) refuse('sign-in-failed');
    await attempts.succeeded(...keys);
    await credentials.requireFit(person, next);
    await sessions.endAllWith(person, () => credentials.setPassword(person, next), session);
  }

  /** `not-signed-in` where the session is over, or has not come to `level`. */
  async require(secret: string | undefined, level: SignedIn['level']): Promise<SignedIn> {
    const found = secret === undefined ? undefined : await this.options.sessions.find(secret);
    if (!found || (level === 'full' && found.level !== 'full')) refuse('not-signed-in');
    return found;
  }

  /** Who stands behind a cookie: nobody before everything was proven that their roles ask for, also roles given since. */
  async whoBySession(secret: string | undefined): Promise<Who | undefined> {
    const { directory, sessions } = this.options;
    const found = secret === undefined ? undefined : await sessions.find(secret);
    if (!found || found.level !== 'full') return undefined;
    await directory.catchUp();
    if (directory.phaseOf(found.person) !== 'joined') return undefined;
    const roles = await this.roles(found.person);
    if (needsSecondFactor(roles)) {
      const factor = await this.options.credentials.secondFactorOf(found.person);
      // Who has none here may have given the one of their provider.
      if (factor === 'lost' || (factor === 'none' && !found.wasProven)) return undefined;
    }
    return { person: found.person, ...roles, isProven: found.isProven };
  }

  /** Who stands behind a token. Roles are those of its owner at present: what ended for them ended for it. */
  async whoByToken(text: string): Promise<Who | undefined> {
    const found = await this.options.credentials.findToken(text);
    if (!found) return undefined;
    const { person, scopes } = found;
    const roles = await this.roles(person);
    // It lasts for a year, and a password alone may have made it: nobody becomes more by that.
    if (needsSecondFactor(roles) && !found.isProven) return undefined;
    return { person, ...roles, isProven: false, scopes };
  }

  private roles(person: PersonId) {
    return this.options.roles.of(person, new Date(this.now()).toISOString().slice(0, 10));
  }
}

function wellFormed(address: string): string | undefined {
  try {
    return addressOf(address);
  } catch (error) {
    if (error instanceof IdentityRefusal) return undefined;
    throw error;
  }
}
