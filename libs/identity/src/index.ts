export { type Credential, TOKEN_SCOPES, type TokenScope } from './credential/credential.js';
export { Credentials, type TokenShown } from './credential/credentials.js';
export { LONGEST_PASSWORD, requirePassword, SHORTEST_PASSWORD } from './credential/password-rules.js';
export { codeOfStep, stepOf } from './credential/totp.js';
export { Identity, type IdentityOptions } from './identity.js';
export { type IdentityCode, IdentityRefusal } from './identity-refusal.js';
export { KeyFolder } from './keys/key-folder.js';
export { KeyMissing, type PersonId, PersonKeys } from './keys/person-keys.js';
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
export { needsSecondFactor, type Roles, RolesOnRecord } from './permission/roles-on-record.js';
export { INVITATION, invitationMails, OutboxPost } from './person/invitation-mail.js';
export { addressOf } from './person/address.js';
export { InvitationPost, People, type PersonShown } from './person/people.js';
export { ERASURE_GROUNDS, type ErasureGround } from './person/person.js';
export { type Card, PersonDirectory } from './person/person-directory.js';
export { Attempts } from './session/attempts.js';
export { cookieWith, cookieWithout, secretIn, SESSION_COOKIE } from './session/session-cookie.js';
export { Sessions, type SessionShown, type SignedIn } from './session/sessions.js';
export type { Begun, Caller, NextStep } from './sign-in.js';
export { SignIn } from './sign-in.js';
