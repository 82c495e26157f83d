import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { Consent, ReportId } from '#reporting';
import type { AttachedDocument } from '../folds/reports.js';
import { earlierYears } from '../plain-words/english/phrases.js';
import { Views } from '../views.js';
import { documentAt, documentsOn } from './documents.js';
import {
  type CitationDifference,
  compareCitations,
  type FigureChange,
  figuresChanged,
} from './figures-and-citations.js';
import { documentsBeside, type ReportAsRead, readReport } from './report-year.js';
import { compareSections, hasChanged, type SectionDifference } from './section-difference.js';
import { signedAt } from './versions-of.js';
import { FormSections } from './form-sections.js';

/** Something to see to before a report is signed. */
export interface Finding {
  readonly code:
    | 'section-missing'
    | 'carried-over-undecided'
    | 'nothing-changed'
    | 'second-signature-missing'
    | 'cited-action-in-error'
    | 'cited-action-superseded'
    | 'action-dropped'
    | 'figure-dropped'
    /** Whoever was asked to write the section acts for the organization no longer. */
    | 'delegate-left';
  /** In plain words, what it is about. */
  readonly detail: string;
  readonly section?: string;
  readonly action?: string;
  readonly indicator?: string;
  readonly why: readonly number[];
}

/** How far a draft has come. What is advice is told apart from what the rules will refuse. */
export interface ReportReadiness {
  /** The version that the next signature would make. */
  readonly version: number;
  readonly form: string;
  readonly sections: readonly {
    readonly section: string;
    readonly required: boolean;
    readonly state: 'missing' | 'undecided' | 'carried-over' | 'written';
    readonly langs: readonly string[];
    /** Who was asked to write it. */
    readonly delegatedTo?: string;
  }[];
  /** The rules would refuse a signature. */
  readonly blockers: readonly Finding[];
  /** Worth a look, and no obstacle. */
  readonly warnings: readonly Finding[];
  /** What has changed since the last version, or everything where there is none. */
  readonly changes: {
    readonly sections: readonly SectionDifference[];
    readonly citations: Pick<CitationDifference, 'added' | 'removed'>;
    readonly figures: readonly FigureChange[];
    /** What was attached; nothing is ever taken away. */
    readonly documents: readonly AttachedDocument[];
  };
  /** What the last version was signed with, for the signatory to say again or otherwise. */
  readonly lastSigned?: {
    readonly version: number;
    readonly declaration: string;
    readonly reservation?: string;
    readonly consentToBeCited: Consent;
  };
  readonly signatures: { readonly needed: 1 | 2; readonly given: readonly string[] };
  readonly revision: number;
}

/** What a draft, or an amendment, still lacks, and what a signatory should see before they sign. */
export class ReadinessOf extends Query<ReportReadiness | undefined> {
  constructor(
    readonly id: ReportId,
    readonly asOf?: number,
  ) {
    super();
  }
}

@QueryHandler(ReadinessOf)
export class ReadinessOfHandler implements IQueryHandler<ReadinessOf> {
  constructor(
    private readonly views: Views,
    private readonly forms: FormSections,
  ) {}

  /** Nothing where nobody is writing. */
  async execute({ id, asOf }: ReadinessOf): Promise<ReportReadiness | undefined> {
    const draft = readReport(this.views, id, asOf, 'draft');
    if (!draft || (draft.report.phase !== 'draft' && draft.report.phase !== 'amending')) return undefined;
    const { report } = draft;
    const last = report.versions?.at(-1);
    const before = last && readReport(this.views, id, asOf, last.version);
    const form = report.form!;
    const required = this.forms.required(form);
    const signatures = this.signatures(draft, asOf);
    const { added, removed } = compareCitations(before?.citations ?? {}, draft.citations);
    const blockers = [...blockersOf(draft, before, required), ...awaitingSecond(draft, signatures)];
    return {
      version: (last?.version ?? 0) + 1,
      form,
      sections: this.forms.all(form).map((section) => standingOf(section, required.includes(section), draft)),
      blockers,
      warnings: this.warnings(id, draft, asOf),
      changes: {
        sections: compareSections(before?.sections ?? [], draft.sections).filter(hasChanged),
        citations: { added, removed },
        figures: figuresChanged(before?.figures ?? {}, draft.figures),
        documents: documentsBeside(report.documents ?? [], before?.report.documents ?? []),
      },
      ...(last && {
        lastSigned: {
          version: last.version,
          declaration: (await signedAt(this.views, last)).declaration,
          ...(last.reservation !== undefined && { reservation: last.reservation }),
          consentToBeCited: last.consentToBeCited,
        },
      }),
      signatures,
      revision: draft.revision,
    };
  }

  private signatures(draft: ReportAsRead, asOf: number | undefined): ReportReadiness['signatures'] {
    const { signatures: needed = 1 } = documentAt(this.views, 'organizations', draft.report.organization, asOf) ?? {};
    const first = draft.report.awaitsSecond?.signature;
    // Whatever was written after a signature undid it.
    const isUndone = first && lastWritten(draft) > first.sequence;
    return { needed, given: first && !isUndone ? [first.signatory] : [] };
  }

  private warnings(id: ReportId, draft: ReportAsRead, asOf: number | undefined): Finding[] {
    const cited = Object.entries(draft.citations).flatMap(([action, { why }]): Finding[] => {
      const found = documentAt(this.views, 'actions', action, asOf);
      if (!found) return [];
      const { inError, status, supersededBy } = found;
      if (inError) {
        const detail = `${action} was recorded in error: ${inError.reason}`;
        return [{ code: 'cited-action-in-error', action, detail, why: [...why, inError.sequence] } as const];
      }
      if (status !== 'SUPERSEDED') return [];
      const detail = `${action} was superseded${supersededBy === undefined ? '' : ` by ${supersededBy}`}.`;
      return [{ code: 'cited-action-superseded', action, detail, why } as const];
    });
    const earlier = this.lastReportBefore(id, asOf);
    if (!earlier) return cited;
    const { citations, figures } = earlier.read;
    const dropped = Object.entries(citations)
      .filter(([action]) => !draft.citations[action] && this.isOpen(action, asOf))
      .map(([action, { why }]) => {
        const detail = `${action} was cited in ${earlier.year}, is not closed on record, and is not cited now.`;
        return { code: 'action-dropped', action, detail, why } as const;
      });
    const silent = Object.entries(figures)
      .filter(([indicator]) => !draft.figures[indicator])
      .map(([indicator, { why }]) => {
        const detail = `The figure ${indicator} was reported in ${earlier.year} and is not reported now.`;
        return { code: 'figure-dropped', indicator, detail, why } as const;
      });
    return [...cited, ...dropped, ...silent];
  }

  private isOpen(action: string, asOf: number | undefined): boolean {
    const status = documentAt(this.views, 'actions', action, asOf)?.status;
    return status === 'ONGOING' || status === 'PLANNED';
  }

  /** The latest report of the series before this one that was submitted. */
  private lastReportBefore({ series, year, organization }: ReportId, asOf: number | undefined) {
    const years = documentsOn(this.views, 'reports', `organization=${organization}`, asOf)
      .filter((each) => each.series === series && each.year < year && each.versions)
      .map((each) => each.year);
    if (!years.length) return undefined;
    const latest = Math.max(...years);
    const read = readReport(this.views, { series, year: latest, organization }, asOf);
    return read && { year: latest, read };
  }
}

function blockersOf(draft: ReportAsRead, before: ReportAsRead | undefined, required: readonly string[]): Finding[] {
  const answered = new Set(draft.sections.map(({ section }) => section));
  const missing = required
    .filter((section) => !answered.has(section))
    .map((section) => ({ code: 'section-missing', section, detail: `${section} has no answer.`, why: [] }) as const);
  const undecided = draft.sections
    .filter(({ origin }) => origin === 'prefilled')
    .map(({ section, lang, basedOn, why }) => {
      const since = basedOn ? earlierYears(basedOn) : 'an earlier year';
      const detail = `The words of ${section} (${lang}) are those of ${since}: say whether they still hold.`;
      return { code: 'carried-over-undecided', section, detail, why } as const;
    });
  const isUnchanged = before && saysOf(before) === saysOf(draft);
  const unchanged = {
    code: 'nothing-changed',
    detail: 'The amendment says what the last version says.',
    why: [],
  } as const;
  return [...missing, ...undecided, ...(isUnchanged ? [unchanged] : [])];
}

function awaitingSecond({ report }: ReportAsRead, { needed, given }: ReportReadiness['signatures']): Finding[] {
  if (needed < 2 || given.length !== 1) return [];
  const why = [report.awaitsSecond!.signature!.sequence];
  return [{ code: 'second-signature-missing', detail: `${given[0]} has signed; a second person has to sign.`, why }];
}

function standingOf(
  section: string,
  required: boolean,
  { report, sections }: ReportAsRead,
): ReportReadiness['sections'][number] {
  const answers = sections.filter((each) => each.section === section);
  const delegatedTo = report.delegations?.[section]?.to;
  const origins = answers.map(({ origin }) => origin);
  const carried = origins.every((origin) => origin === 'carried-over') ? 'carried-over' : 'written';
  const state = !answers.length ? 'missing' : origins.includes('prefilled') ? 'undecided' : carried;
  const langs = answers.map(({ lang }) => lang);
  return { section, required, state, langs, ...(delegatedTo !== undefined && { delegatedTo }) };
}

/** The last event in which words, a citation or a figure were written. */
export function lastWritten({ sections, citations, figures }: ReportAsRead): number {
  const all = [...sections, ...Object.values(citations), ...Object.values(figures)];
  return Math.max(-1, ...all.flatMap(({ why }) => why));
}

function saysOf({ sections, citations, figures, report: { documents = [] } }: ReportAsRead): string {
  const words = sections.map(({ section, lang, text, origin }) => [section, lang, text, origin]);
  const claims = Object.entries(citations).map(([action, citation]) => [action, citation.claims]);
  const numbers = Object.entries(figures).map(([indicator, { value, unit }]) => [indicator, value, unit]);
  return JSON.stringify([words, claims, numbers, documents]);
}
