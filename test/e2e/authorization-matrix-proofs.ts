const REPORT = '/api/reports/{series}/{year}/{organization}';

/**
 * What takes a second factor that was given just now: 401 to whoever may, until they give it. Never by a token: 403, or 401
 * where it is about the credentials of who asks.
 */
export const STEP_UP: ReadonlySet<string> = new Set([
  // What an organization says for good, and takes back
  `POST ${REPORT}/submission`,
  `POST ${REPORT}/amendment`,
  `POST ${REPORT}/withdrawal`,
  `POST ${REPORT}/decline`,
  `POST ${REPORT}/letter`,
  // What is noted, published and withheld
  `POST ${REPORT}/notes`,
  `POST ${REPORT}/publication`,
  `POST ${REPORT}/withheld-parts`,
  `POST ${REPORT}/assessments/{reviewer}/findings/{finding}/publication`,
  `POST ${REPORT}/assessments/{reviewer}/conclusion`,
  // Who is appointed, and how is signed
  `PUT ${REPORT}/assessments/{reviewer}`,
  'POST /api/organizations/{organization}/appointments',
  'POST /api/organizations/{organization}/appointments/end',
  'PUT /api/organizations/{organization}/sign-off-rule',
  'PUT /api/organizations/{organization}/editing-rule',
  'PUT /api/mandates/{person}/{role}',
  'POST /api/mandates/{person}/{role}/end',
  // Who comes in, and who goes
  'POST /api/invitations',
  'POST /api/persons/{person}/invitation',
  'POST /api/persons/{person}/closing',
  'POST /api/persons/{person}/second-factor/reset',
  'POST /api/persons/{person}/erasure',
  // One's own ways in
  'POST /api/recovery-codes',
  'POST /api/password',
  'POST /api/tokens',
  'POST /api/provider/link',
  'POST /api/provider/unlink',
]);

/** One's own credentials and sessions: a token is nobody there. */
export const BROWSER_ALONE: ReadonlySet<string> = new Set([
  'POST /api/second-factor/proof',
  'POST /api/second-factor',
  'POST /api/second-factor/confirmation',
  'POST /api/recovery-codes',
  'POST /api/password',
  'POST /api/sign-out',
  'GET /api/sessions',
  'POST /api/sessions/{session}/end',
  'GET /api/tokens',
  'POST /api/tokens',
  'POST /api/tokens/{token}/revocation',
  'GET /api/provider',
  'POST /api/provider/link',
  'POST /api/provider/unlink',
]);
