import { refuse } from '../identity-refusal.js';
import type { PersonId } from '../keys/person-keys.js';
import type { Moment } from '../person/person.js';

/** What a token may be used for. `may` says which command belongs to which. */
export type TokenScope = 'read' | 'draft' | 'submit' | 'review' | 'administer';
export const TOKEN_SCOPES: readonly TokenScope[] = ['read', 'draft', 'submit', 'review', 'administer'];

export const MOST_TOKENS = 20;
const LONGEST_TOKEN_MS = 366 * 86_400_000;
/** A proposal that nobody agreed with in this time is none: what was lost then may have been found since. */
export const RESET_PROPOSAL_MS = 7 * 86_400_000;

/** An account at a provider: OpenID Connect has only both together name somebody. */
export interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

/** With what a person proves who they are. Sealed under their key, and in a stream of its own: few may ever open it. */
export type CredentialEvent =
  | {
      /** In the PHC format: what it was made with stands in it. */
      type: 'PasswordSet';
      data: { hash: string };
    }
  | {
      /** Counts only when it was confirmed by a code. */
      type: 'SecondFactorBegun';
      data: { secret: string };
    }
  | { type: 'SecondFactorConfirmed'; data: { codes: readonly string[] } }
  | { type: 'RecoveryCodesReplaced'; data: { codes: readonly string[] } }
  | { type: 'RecoveryCodeUsed'; data: { code: string } }
  | { type: 'SecondFactorResetProposed'; data: { by: PersonId; until: string } }
  | { type: 'SecondFactorReset'; data: { reset: string; by: PersonId; proposedBy: PersonId } }
  | {
      /** In place of one that was linked before. */
      type: 'SubjectLinked';
      data: Subject;
    }
  | { type: 'SubjectUnlinked'; data: Record<never, never> }
  | { type: 'TokenIssued'; data: NewToken }
  | { type: 'TokenRevoked'; data: { token: string } };

interface NewToken {
  readonly token: string;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  /** RFC 3339, UTC. */
  readonly until: string;
  readonly hash: string;
  /** Whoever made it had just given a second factor. Where it is not said: it is asked of whoever has one enrolled. */
  readonly isProven?: boolean;
}

export type Token = NewToken & { readonly isProven: boolean };

export interface Credential {
  readonly password?: string;
  /** Of the second factor, in hexadecimal. */
  readonly secret?: string;
  /** Begun, and not yet confirmed. */
  readonly begun?: string;
  /** Hashes of the recovery codes that are left. */
  readonly codes: readonly string[];
  /** Somebody else has to agree with it, up to then. */
  readonly resetProposed?: { readonly by: PersonId; readonly until: string };
  /** Of the last reset, until another second factor is enrolled: without one nobody signs in here any more. */
  readonly reset?: string;
  /** The account by which they sign in at a provider. */
  readonly subject?: Subject;
  readonly tokens: readonly Token[];
}

export type CredentialCommand =
  | { type: 'SetPassword'; hash: string }
  | { type: 'BeginSecondFactor'; secret: string }
  | { type: 'ConfirmSecondFactor'; secret: string; codes: readonly string[] }
  | { type: 'ReplaceRecoveryCodes'; codes: readonly string[] }
  | { type: 'UseRecoveryCode'; code: string }
  | {
      type: 'ResetSecondFactor';
      /** Whose it is. */
      person: PersonId;
      /** UUID of the reset, if it comes to one. */
      reset: string;
    }
  | ({ type: 'LinkSubject' } & Subject)
  | { type: 'UnlinkSubject' }
  | ({ type: 'IssueToken' } & NewToken)
  | { type: 'RevokeToken'; token: string }
  | { type: 'RevokeAllTokens' };

const initial: Credential = { codes: [], tokens: [] };

function decide(command: CredentialCommand, state: Credential, { now, actor }: Moment): CredentialEvent[] {
  switch (command.type) {
    case 'SetPassword':
      return [{ type: 'PasswordSet', data: { hash: command.hash } }];
    case 'BeginSecondFactor':
      if (state.secret !== undefined) refuse('second-factor-exists');
      return [{ type: 'SecondFactorBegun', data: { secret: command.secret } }];
    case 'ConfirmSecondFactor':
      if (state.secret !== undefined) refuse('second-factor-exists');
      // Another one was begun since, in another window.
      if (state.begun !== command.secret) refuse('second-factor-not-begun');
      return [{ type: 'SecondFactorConfirmed', data: { codes: command.codes } }];
    case 'ReplaceRecoveryCodes':
      if (state.secret === undefined) refuse('second-factor-missing');
      return [{ type: 'RecoveryCodesReplaced', data: { codes: command.codes } }];
    case 'UseRecoveryCode':
      if (!state.codes.includes(command.code)) refuse('second-factor-wrong');
      return [{ type: 'RecoveryCodeUsed', data: { code: command.code } }];
    case 'ResetSecondFactor': {
      if (state.secret === undefined) refuse('second-factor-missing');
      if (actor === command.person) refuse('reset-for-oneself');
      const proposed = state.resetProposed;
      if (!proposed || proposed.until <= now) {
        const until = new Date(Date.parse(now) + RESET_PROPOSAL_MS).toISOString();
        return [{ type: 'SecondFactorResetProposed', data: { by: actor, until } }];
      }
      if (proposed.by === actor) refuse('reset-needs-another');
      const { reset } = command;
      return [
        { type: 'SecondFactorReset', data: { reset, by: actor, proposedBy: proposed.by } },
        // Whoever has found the lost device may have found more.
        ...allRevoked(state),
      ];
    }
    case 'LinkSubject':
      return [{ type: 'SubjectLinked', data: { issuer: command.issuer, subject: command.subject } }];
    case 'UnlinkSubject':
      if (state.subject === undefined) refuse('oidc-not-linked');
      if (state.password === undefined) refuse('oidc-only-way-in');
      return [{ type: 'SubjectUnlinked', data: {} }];
    case 'IssueToken': {
      const { type: _, ...data } = command;
      const lasts = Date.parse(data.until) - Date.parse(now);
      if (!(lasts > 0 && lasts <= LONGEST_TOKEN_MS)) refuse('token-lasts-too-long', { days: 366 });
      if (state.tokens.filter(({ until }) => until > now).length >= MOST_TOKENS)
        refuse('tokens-too-many', { most: MOST_TOKENS });
      return [{ type: 'TokenIssued', data }];
    }
    case 'RevokeToken':
      if (!state.tokens.some(({ token }) => token === command.token)) refuse('token-unknown');
      return [{ type: 'TokenRevoked', data: { token: command.token } }];
    case 'RevokeAllTokens':
      return allRevoked(state);
  }
}

const allRevoked = ({ tokens }: Credential): CredentialEvent[] =>
  tokens.map(({ token }) => ({ type: 'TokenRevoked', data: { token } }));

function evolve(state: Credential, event: CredentialEvent): Credential {
  switch (event.type) {
    case 'PasswordSet':
      return { ...state, password: event.data.hash };
    case 'SecondFactorBegun':
      return { ...state, begun: event.data.secret };
    case 'SecondFactorConfirmed': {
      const { begun, reset: _, resetProposed: __, ...rest } = state;
      return { ...rest, ...(begun !== undefined && { secret: begun }), codes: event.data.codes };
    }
    case 'RecoveryCodesReplaced': {
      // Only who has their second factor makes new codes.
      const { resetProposed: _, ...rest } = state;
      return { ...rest, codes: event.data.codes };
    }
    case 'RecoveryCodeUsed':
      return { ...state, codes: state.codes.filter((code) => code !== event.data.code) };
    case 'SecondFactorResetProposed':
      return { ...state, resetProposed: event.data };
    case 'SecondFactorReset': {
      const { secret: _, begun: __, resetProposed: ___, ...rest } = state;
      return { ...rest, codes: [], reset: event.data.reset };
    }
    case 'SubjectLinked':
      return { ...state, subject: event.data };
    case 'SubjectUnlinked': {
      const { subject: _, ...rest } = state;
      return rest;
    }
    case 'TokenIssued': {
      const { isProven = state.secret !== undefined, ...data } = event.data;
      return { ...state, tokens: [...state.tokens, { ...data, isProven }] };
    }
    case 'TokenRevoked':
      return { ...state, tokens: state.tokens.filter(({ token }) => token !== event.data.token) };
    default:
      return unknown(event);
  }
}

function unknown(event: never): never {
  throw new Error(`No rule knows the event type ${(event as CredentialEvent).type}: run the edition that wrote it.`);
}

export const credential = { initial, decide, evolve };
