/** The lists whose codes the rules check. Their members are data, versioned, in `libs/reference-data`. */
export type CodeList =
  | 'organizationKinds'
  | 'stakeholderGroups'
  | 'regionalGroups'
  | 'actionKinds'
  | 'cooperationKinds'
  | 'policyIssues'
  | 'visions'
  | 'criteria'
  | 'reportSections'
  | 'reportStreams'
  | 'contributionStatuses';

// Codes that a rule decides by are types: a new one is a change of the rules, not of a list.

/** Exactly one per action. Only `EC` counts for paragraph 71. */
export type Track = 'EC' | 'IGF' | 'WSIS_FU';
/** The scope test of paragraph 69. `OPERATIONAL` is kept on record and not counted. */
export type ScopeTest = 'POLICY' | 'OPERATIONAL_WITH_POLICY_IMPACT' | 'OPERATIONAL';
export type ActionStatus = 'PLANNED' | 'ONGOING' | 'COMPLETED' | 'SUPERSEDED' | 'DISCONTINUED' | 'UNVERIFIED';
/** `RELATED` says no more than "see also". The others cross from another track to a record of the forum (IGF). */
export type LinkKind = 'RELATED' | 'FEEDS_INTO' | 'DISCUSSED_AT' | 'SPUN_OFF_FROM';
/** `found`: seen in a source that is cited. `recalled`: general knowledge, to be verified before an audit relies on it. */
export type Confidence = 'found' | 'recalled';

export const TRACKS: readonly Track[] = ['EC', 'IGF', 'WSIS_FU'];
export const SCOPE_TESTS: readonly ScopeTest[] = ['POLICY', 'OPERATIONAL_WITH_POLICY_IMPACT', 'OPERATIONAL'];
export const ACTION_STATUSES: readonly ActionStatus[] = [
  'PLANNED',
  'ONGOING',
  'COMPLETED',
  'SUPERSEDED',
  'DISCONTINUED',
  'UNVERIFIED',
];
export const LINK_KINDS: readonly LinkKind[] = ['RELATED', 'FEEDS_INTO', 'DISCUSSED_AT', 'SPUN_OFF_FROM'];
export const CONFIDENCES: readonly Confidence[] = ['found', 'recalled'];
