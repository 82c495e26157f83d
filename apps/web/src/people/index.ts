export { accountPage, DONE, type Done } from './account-page.js';
export { faultInWords, fieldFaultInWords } from './faults.js';
export type { Fault } from './form.js';
export { joinPage, type PasswordRules, setUpPage, type VoidLink, voidLinkPage } from './joining-pages.js';
export { passwordPage } from './password-page.js';
export { PEOPLE_DONE, type PeopleDone, peoplePage, type PeopleView, type PersonLine } from './people-page.js';
export type { RoleShown } from './roles.js';
export {
  type Enrolment,
  enrolmentPage,
  newRecoveryCodesPage,
  noEnrolmentPage,
  recoveryCodesPage,
  recoveryCodesText,
} from './second-factor-pages.js';
export { type Provider, signInCodePage, signInPage, stepUpPage } from './sign-in-page.js';
export { newTokenPage, type NewToken, tokenFormPage } from './token-page.js';
export * as ways from './ways.js';
