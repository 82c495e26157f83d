export { BrowserSeal } from './browser-seal.js';
export { type Credential, RESET_PROPOSAL_MS, TOKEN_SCOPES, type TokenScope } from './credential/credential.js';
export { Credentials, type TokenShown } from './credential/credentials.js';
export { LONGEST_PASSWORD, requirePassword, SHORTEST_PASSWORD } from './credential/password-rules.js';
export { LostSecondFactor } from './credential/lost-second-factor.js';
export { codeOfStep, stepOf } from './credential/totp.js';
export { Identity, type IdentityOptions, keysIn } from './identity.js';
export { type IdentityCode, IdentityRefusal } from './identity-refusal.js';
export { folderId, KeyFolder } from './keys/key-folder.js';
export { KeysElsewhere, keysNamedOn } from './keys/keys-of-log.js';
export { KeyMissing, type PersonId, PersonKeys } from './keys/person-keys.js';
export { type OidcSettings, OidcUnavailable } from './oidc/oidc-provider.js';
export { OidcSignIn } from './oidc/oidc-sign-in.js';
export type { FlowPurpose } from './oidc/flow.js';
export {
  type About,
  type Decision,
  may,
  PERMISSIONS,
  type Relation,
  type Role,
  type Row,
  type Who,
} from './permission/permissions.js';
export { type ReadName, READS } from './permission/reads.js';
export { needsSecondFactor, type RoleOnRecord, type Roles, RolesOnRecord } from './permission/roles-on-record.js';
export { addressOf } from './person/address.js';
export { People, type PersonShown } from './person/people.js';
export { ERASURE_GROUNDS, type ErasureGround } from './person/person.js';
export { type Card, PersonDirectory } from './person/person-directory.js';
export { personMails } from './person/person-mails.js';
export { INVITATION, OutboxPost, type PersonLetter, PersonPost, SECOND_FACTOR_RESET } from './person/person-post.js';
export { Attempts } from './session/attempts.js';
export { SessionRedis } from './session/session-redis.js';
export { SessionsUnavailable } from './session/session-store.js';
export { cookieWith, cookieWithout, secretIn, SESSION_COOKIE } from './session/session-cookie.js';
export { flowCookieWith, flowCookieWithout, flowIn } from './oidc/flow-cookie.js';
export { Sessions, type SessionShown, type SignedIn } from './session/sessions.js';
export type { Begun, Caller, NextStep } from './sign-in.js';
export { SignIn } from './sign-in.js';
