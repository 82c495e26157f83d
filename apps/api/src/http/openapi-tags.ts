/** Under which operations stand in the OpenAPI document: one for each, in the order in which a reader meets them. */
export const TAGS = {
  Organizations:
    'Who is asked to report: profile, people, rules of signing; their timeline and the comparison of their years.',
  Cycles: 'Rounds of reporting: opened, guided, requested from many at once, closed, and what came in.',
  Reports:
    'One report: requested, written, signed, amended, asked about, published; its versions, differences and receipts.',
  Attachments: 'Files that reports name.',
  Assessments: 'Reviews of reports: conflicts of interest, findings, comments, conclusions.',
  Actions: 'What organizations do, with whom and with what evidence.',
  'Policy options': 'What was proposed, argued for and against, taken up and closed.',
  Desk: 'What waits for whom, and what is due when.',
  Search: 'Words in all that a reader may read.',
  Changes: 'What has changed, in sentences.',
  Events: 'The record itself.',
  People: 'Signing in, your own account, and who else has one.',
  Mandates: 'Who is of the secretariat, reviews, audits or administers.',
  Reminders: 'Who is reminded of what and when, before it happens.',
  Jobs: 'What runs apart from requests.',
  Health: 'Whether this server is well, and what it tells.',
  Problems: 'Every error, and what to do next.',
} as const;

export type Tag = keyof typeof TAGS;
