import type { AssessmentId } from '#reporting';
import { ONE_REPORT, reportAddress } from '../reports/report-address.js';

export const TAG = 'Assessments';

/** What one reviewer finds in one report stands under this address. */
export const ONE_ASSESSMENT = `${ONE_REPORT}/assessments/:reviewer`;

export const assessmentAddress = (id: AssessmentId) => `${reportAddress(id)}/assessments/${id.reviewer}`;
