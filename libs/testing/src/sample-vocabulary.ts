import type { CodeList, Vocabulary } from '#reporting';

const LISTS: Readonly<Record<CodeList, { readonly current: readonly string[]; readonly retired: readonly string[] }>> =
  {
    organizationKinds: { current: ['REGISTRY', 'STANDARDS_BODY'], retired: ['REGISTRY_BEFORE_2010'] },
    stakeholderGroups: { current: ['GOV', 'PRIV', 'CS', 'TECH'], retired: ['TECH_AND_ACAD'] },
    regionalGroups: { current: ['AFRICAN', 'WEOG'], retired: ['REGION_BEFORE_2010'] },
    actionKinds: { current: ['AGREEMENT', 'CONSULTATION'], retired: ['KIND_BEFORE_2010'] },
    cooperationKinds: { current: ['JOINT_WORK', 'INFORMATION'], retired: ['COOPERATION_BEFORE_2010'] },
    policyIssues: { current: ['DNS', 'ACCESS', 'SPAM'], retired: ['ISSUE_BEFORE_2010'] },
    visions: { current: ['EVOLUTION', 'CREATION'], retired: ['STATUS_QUO'] },
    criteria: { current: ['INCLUSIVE', 'TIMELY'], retired: ['CRITERION_BEFORE_2010'] },
    reportSections: { current: ['S01', 'S02', 'S04'], retired: ['S90'] },
    reportStreams: { current: ['EC_PERFORMANCE', 'WSIS_ANNUAL'], retired: ['STREAM_BEFORE_2010'] },
    contributionStatuses: { current: ['ANSWERED', 'VOLUNTARY'], retired: ['STATUS_BEFORE_2010'] },
  };

const REQUIRED_SECTIONS: Readonly<Record<string, readonly string[]>> = {
  'sample-form/1': ['S01', 'S04'],
  'sample-form/2': ['S01', 'S02', 'S04'],
};

/** A few codes of every list, current and retired: enough for a rule to accept one, refuse one and not know one. */
export const sampleVocabulary: Vocabulary = {
  version: 'sample/1',
  has(list, code) {
    if (LISTS[list].current.includes(code)) return 'current';
    return LISTS[list].retired.includes(code) ? 'retired' : 'unknown';
  },
  requiredSections(form) {
    const sections = REQUIRED_SECTIONS[form];
    if (!sections) throw new Error(`The sample vocabulary has no form ${form}`);
    return sections;
  },
  carriedOver: () => ['S01', 'S02'],
  currentForm: 'sample-form/1',
};

/** One code of each kind, for specs that hold for every list. */
export function sampleCodes(list: CodeList): { readonly current: string; readonly retired: string } {
  return { current: LISTS[list].current[0]!, retired: LISTS[list].retired[0]! };
}

export const CODE_LISTS = Object.keys(LISTS) as readonly CodeList[];
