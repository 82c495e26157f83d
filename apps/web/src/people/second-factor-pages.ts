import { html } from '../html.js';
import type { Page } from '../page.js';
import { counted } from '../words.js';
import { buttonTo, type Fault, faultSummary, field, form, hidden, titleOf } from './form.js';
import { steps } from './joining-pages.js';
import { somebodyElse } from './sign-in-page.js';
import { qrDrawing } from './qr-drawing.js';
import { ACCOUNT, KEPT, RECOVERY_CODES_TEXT, SECOND_FACTOR_BEGIN } from './ways.js';

/** What goes into an authenticator. */
export interface Enrolment {
  /** In base 32. */
  readonly secret: string;
  /** `otpauth:`, which says the same. */
  readonly uri: string;
}

export interface EnrolmentView {
  readonly enrolment: Enrolment;
  /** Their roles ask for it: they are not signed in before it is done. */
  readonly isNeeded: boolean;
  readonly next: string;
  readonly faults?: readonly Fault[];
}

const ENROL = 'Add a second factor';

export function enrolmentPage({ enrolment: { secret, uri }, isNeeded, next, faults = [] }: EnrolmentView): Page {
  return {
    title: titleOf(ENROL, faults),
    body: html`${faultSummary(faults)}
      <h1>${ENROL}</h1>
      <p class="intro">
        ${isNeeded && 'Whoever signs, reviews or administers proves who they are by two things. '}An authenticator on
        your phone or computer shows a new code every half minute; you give one whenever you sign in, and before
        something weighty.
      </p>
      ${steps(2)}
      <h2>1. Put the key into your authenticator</h2>
      <div class="enrolment">
        ${qrDrawing(uri, 'QR code of the key. The same key stands beside it as text.')}
        <div>
          <p>Let it read the picture, or type the key:</p>
          <p><code class="key-text">${secret.match(/.{1,4}/g)?.join(' ') ?? ''}</code></p>
          <p><a href="${uri}">Open it in an authenticator on this device</a></p>
          <p class="hint">By time, six digits, every 30 seconds, SHA-1: what every authenticator takes for granted.</p>
        </div>
      </div>
      <h2>2. Give a code of it</h2>
      ${form(
        html`${hidden('next', next)}
          ${field(
            {
              name: 'code',
              label: 'Code of six digits',
              hint: 'The one that it shows now. If it is refused, look whether the clock of the device is right.',
              autocomplete: 'one-time-code',
              isNumber: true,
            },
            faults,
          )} <button>Confirm</button>`,
      )}
      ${buttonTo(SECOND_FACTOR_BEGIN, 'Begin again with another key', { next })} ${isNeeded && somebodyElse()}`,
  };
}

export interface NoEnrolmentView {
  readonly hasSecondFactor: boolean;
  readonly isNeeded: boolean;
  readonly next: string;
}

/** Where no enrolment is under way: it has to be begun, or there is nothing to enrol. */
export function noEnrolmentPage({ hasSecondFactor, isNeeded, next }: NoEnrolmentView): Page {
  if (hasSecondFactor)
    return {
      title: 'You have a second factor',
      body: html`<h1>You have a second factor</h1>
        <p class="intro">There is nothing to add. If its device is lost, sign in with a recovery code.</p>
        <p><a class="button" href="${ACCOUNT}">Your account</a></p>`,
    };
  return {
    title: ENROL,
    body: html`<h1>${ENROL}</h1>
      <p class="intro">
        ${
          isNeeded
            ? 'Whoever signs, reviews or administers proves who they are by two things. You go on when you have added one.'
            : 'With one, a password alone is not enough to be you. It is needed by whoever signs, reviews or administers, and before appointing somebody.'
        }
      </p>
      <p>You need an authenticator: an application on your phone or computer that shows codes.</p>
      ${buttonTo(SECOND_FACTOR_BEGIN, 'Begin', { isLoud: true, next })} ${isNeeded && somebodyElse()}`,
  };
}

export interface RecoveryCodesView {
  /** Made just now, in clear text. */
  readonly codes: readonly string[];
  /** With the second factor itself, on the way in. */
  readonly isEnrolling: boolean;
  readonly next: string;
}

/** Shown until they say that they have kept them, and for ten minutes at most. */
export function newRecoveryCodesPage({ codes, isEnrolling, next }: RecoveryCodesView): Page {
  return {
    title: 'Keep your recovery codes',
    body: html`<h1>Keep your recovery codes</h1>
      <p class="intro">
        If the authenticator is lost, one of these lets you in instead, each for one time. They are shown now and never
        again.${!isEnrolling && ' Those that you had before are void.'}
      </p>
      ${isEnrolling && steps(3)}
      <ol class="recovery-codes">
        ${codes.map((code) => html`<li><code>${code}</code></li>`)}
      </ol>
      <p><a href="${RECOVERY_CODES_TEXT}">Download them as a text file</a>, or print this page.</p>
      <p class="measure hint">Keep them where you keep papers of worth, and not beside your password.</p>
      ${buttonTo(KEPT, 'I have kept them', { isLoud: true, next })}`,
  };
}

export interface RenewalView {
  readonly left: number;
}

export function recoveryCodesPage({ left }: RenewalView): Page {
  return {
    title: 'Recovery codes',
    body: html`<p class="crumbs"><a href="${ACCOUNT}">Your account</a></p>
      <h1>Recovery codes</h1>
      <p class="intro">You have ${counted(left, 'recovery code')} left. Nobody can show them again, not even to you.</p>
      <p class="measure">If they are used up, or lost, make new ones: those that are left are void then.</p>
      ${form(html`<button>Make new recovery codes</button>`)}`,
  };
}

/** For a file: `\r\n`, since some editors know no other end of a line. */
export function recoveryCodesText(codes: readonly string[], address: string): string {
  const lines = [
    'Para 71: recovery codes',
    address,
    '',
    'Each is good for one time, instead of a code of the authenticator.',
    '',
    ...codes,
    '',
  ];
  return lines.join('\r\n');
}
