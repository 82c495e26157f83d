import { requireCode } from '../vocabulary.js';
import type { Circumstances } from '../decider.js';
import { factsOf, refuse, refuseIf } from '../decider.js';
import type { Edtf } from '../edtf.js';
import { refuseFuture } from '../edtf.js';
import type { DocumentRef } from '../evidence.js';
import { documentKey } from '../evidence.js';
import type { EarlierAnswer, EarlierStatement, OriginatedAnswer, SectionOrigin } from './carrying-over.js';
import { isOfSameOrigin, withOrigin } from './carrying-over.js';
import type { Standing, UnaskedStanding } from './requesting.js';

/** A criterion that the organization says it meets by this action. What a reviewer finds stands elsewhere. */
export interface Claim {
  readonly criterion: string;
  readonly text: string;
}

export type DraftingEvent =
  | {
      type: 'ReportStarted';
      data: { form: string; on?: Edtf; prefilledFrom?: number; standing?: UnaskedStanding; note?: string };
    }
  | { type: 'SectionAnswered'; data: OriginatedAnswer }
  | { type: 'CarriedOverConfirmed'; data: { section: string; lang: string } }
  | { type: 'SectionDropped'; data: { section: string; lang: string } }
  | { type: 'SectionDelegated'; data: { section: string; to: string; note?: string } }
  | {
      type: 'FigureReported';
      data: { indicator: string; value: number; unit: string; period?: Edtf; note?: string };
    }
  | { type: 'ActionCited'; data: { action: string; claims: readonly Claim[]; statedStatus?: string } }
  | { type: 'ActionUncited'; data: { action: string; reason?: string } }
  | { type: 'DocumentAttached'; data: { document: DocumentRef; section?: string } };

/** The words of a section in one language. */
export interface Answer {
  readonly text: string;
  readonly origin: SectionOrigin;
  readonly basedOn?: EarlierStatement;
  /** Revision of the report's stream at which they were said. */
  readonly revision: number;
}

export interface Drafting extends Standing {
  /** How many events the report's stream holds. */
  readonly length: number;
  /** By section and language, `S04/en`. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** What the draft began with, by the same names, whatever became of it since. */
  readonly offered: Readonly<Record<string, EarlierAnswer>>;
  readonly citations: Readonly<Record<string, readonly Claim[]>>;
  readonly figures: Readonly<Record<string, { readonly value: number; readonly unit: string }>>;
  readonly documents: readonly string[];
  /** Who was asked last to write a section. */
  readonly delegations: Readonly<Record<string, string>>;
  /** While an amendment is open: the only sections that may be touched. */
  readonly reopened?: readonly string[];
  /** Whether anything was said since the draft or the amendment was opened. */
  readonly touched: boolean;
}

type DataOf<T extends DraftingEvent['type']> = Extract<DraftingEvent, { type: T }>['data'];

interface Editing {
  /** By the organization's own rule, the writer edits only what was delegated to them. */
  readonly onlyDelegated?: boolean;
}

export type DraftingCommand =
  | {
      type: 'StartReport';
      on?: Edtf;
      prefilledFrom?: number;
      standing?: UnaskedStanding;
      note?: string;
      /** The form of the cycle, for a report that nobody asked for. */
      formOfCycle?: string;
      /** What the report of that year says, in its latest version. */
      earlier?: readonly EarlierAnswer[];
    }
  | ({
      type: 'AnswerSection';
      /** The latest revision of the report that the writer has read. */
      seen?: number;
      /** What the report of the year that they name says, in its latest version. */
      earlier?: readonly EarlierAnswer[];
    } & Editing &
      DataOf<'SectionAnswered'>)
  | ({ type: 'DecideCarriedOver'; section: string; lang: string; decision: 'still-true' | 'drop' } & Editing)
  | ({ type: 'DelegateSection' } & DataOf<'SectionDelegated'>)
  | ({ type: 'ReportFigure' } & Editing & DataOf<'FigureReported'>)
  | ({
      type: 'CiteAction';
      /** Whether the organization is neither its lead nor a partner, nor one with any of them. */
      ofOthers?: boolean;
    } & Editing &
      DataOf<'ActionCited'>)
  | ({ type: 'UnciteAction' } & Editing & DataOf<'ActionUncited'>)
  | ({ type: 'AttachDocument' } & Editing & DataOf<'DocumentAttached'>);

/** Which section an amendment has to name before its citations or figures may change. */
const SECTION_OF_ACTIONS = 'S04';

export function decideDrafting(command: DraftingCommand, state: Drafting, at: Circumstances): DraftingEvent[] {
  if (command.type === 'StartReport') {
    refuseIf(state.phase === 'exempted', 'report-exempted');
    refuseIf(state.phase === 'withdrawn', 'report-withdrawn');
    refuseIf(state.phase === 'answered-by-letter', 'report-already-answered', { phase: state.phase });
    refuseIf(['draft', 'submitted', 'amending'].includes(state.phase), 'report-already-started', {
      phase: state.phase,
    });
    if (command.on) refuseFuture(command.on, at.today);
    const { standing, formOfCycle, earlier = [], ...facts } = factsOf(command);
    const form = state.form ?? formOfCycle ?? at.vocabulary.currentForm;
    const unasked = !state.requestedOn && { standing: standing ?? ('voluntary' as const) };
    const allowed = at.vocabulary.carriedOver(form);
    const offered = earlier.filter(({ section }) => allowed.includes(section));
    return [
      { type: 'ReportStarted', data: { form, ...facts, ...unasked } },
      ...offered.map((answer) => ({ type: 'SectionAnswered', data: { ...answer, origin: 'prefilled' } }) as const),
    ];
  }
  requireDraft(state);

  switch (command.type) {
    case 'AnswerSection': {
      requireSection(state, command.section, at);
      requireDelegated(command, state, command.section, at);
      const { seen, earlier = [], ...written } = saidIn(command);
      const { lang, section, text } = written;
      const key = `${section}/${lang}`;
      const said = withOrigin(written, state.offered[key], earlier);
      const before = state.answers[key];
      // Nor are words that stand there as carried over made new ones by saying so.
      const isSame = before?.text === text && (said.origin === 'written' || isOfSameOrigin(said, before));
      refuseIf(isSame, 'nothing-changed', { section, lang });
      // Nobody's words are replaced by somebody who has not read them: the second writer gets both texts.
      refuseIf(before && (seen === undefined || before.revision > seen), 'section-changed', {
        section,
        lang,
        seen,
        present: { text: before?.text, revision: before?.revision },
        yours: { text },
      });
      return [{ type: 'SectionAnswered', data: said }];
    }
    case 'DecideCarriedOver': {
      const { section, lang, decision } = command;
      requireSection(state, section, at);
      requireDelegated(command, state, section, at);
      const before = state.answers[`${section}/${lang}`];
      refuseIf(!before, 'section-unanswered', { section, lang });
      refuseIf(before?.origin !== 'prefilled', 'nothing-changed', { section, lang });
      const type = decision === 'drop' ? 'SectionDropped' : 'CarriedOverConfirmed';
      return [{ type, data: { section, lang } }];
    }
    case 'DelegateSection':
      requireSection(state, command.section, at);
      return [{ type: 'SectionDelegated', data: factsOf(command) }];
    case 'ReportFigure': {
      requireReopened(state, SECTION_OF_ACTIONS);
      requireDelegated(command, state, SECTION_OF_ACTIONS, at);
      const before = state.figures[command.indicator];
      const same = before?.value === command.value && before.unit === command.unit;
      refuseIf(same, 'nothing-changed', { indicator: command.indicator });
      return [{ type: 'FigureReported', data: saidIn(command) }];
    }
    case 'CiteAction': {
      requireReopened(state, SECTION_OF_ACTIONS);
      requireDelegated(command, state, SECTION_OF_ACTIONS, at);
      const { ofOthers, ...cited } = saidIn(command);
      const { action, claims } = cited;
      refuseIf(state.citations[action], 'action-already-cited', { action });
      // Rule 3: what an organization did is what it led or took part in.
      refuseIf(ofOthers, 'action-of-others', { action });
      const criteria = claims.map((claim) => claim.criterion);
      for (const criterion of criteria) requireCode('criteria', criterion, at.vocabulary);
      refuseIf(new Set(criteria).size < criteria.length, 'criterion-repeated', { criteria });
      return [{ type: 'ActionCited', data: cited }];
    }
    case 'UnciteAction':
      requireReopened(state, SECTION_OF_ACTIONS);
      requireDelegated(command, state, SECTION_OF_ACTIONS, at);
      refuseIf(!state.citations[command.action], 'action-not-cited', { action: command.action });
      return [{ type: 'ActionUncited', data: saidIn(command) }];
    case 'AttachDocument': {
      if (command.section) {
        requireSection(state, command.section, at);
        requireDelegated(command, state, command.section, at);
      }
      const key = documentKey(command.document);
      refuseIf(state.documents.includes(key), 'document-already-attached', { document: key });
      return [{ type: 'DocumentAttached', data: saidIn(command) }];
    }
  }
}

export function evolveDrafting<S extends Drafting>(state: S, event: DraftingEvent): S {
  switch (event.type) {
    case 'ReportStarted': {
      const { form, standing } = event.data;
      return { ...state, phase: 'draft', form, ...(standing && { unasked: standing }) };
    }
    case 'SectionAnswered': {
      const { section, lang, text, origin, basedOn } = event.data;
      const key = `${section}/${lang}`;
      const answer: Answer = { text, origin, ...(basedOn && { basedOn }), revision: state.length };
      const isOffered = origin === 'prefilled' && basedOn;
      const offered = isOffered ? { ...state.offered, [key]: { section, lang, text, basedOn } } : state.offered;
      return { ...state, touched: true, offered, answers: { ...state.answers, [key]: answer } };
    }
    case 'CarriedOverConfirmed': {
      const key = `${event.data.section}/${event.data.lang}`;
      const answer: Answer = { ...state.answers[key]!, origin: 'carried-over', revision: state.length };
      return { ...state, touched: true, answers: { ...state.answers, [key]: answer } };
    }
    case 'SectionDropped': {
      const { [`${event.data.section}/${event.data.lang}`]: _, ...answers } = state.answers;
      return { ...state, touched: true, answers };
    }
    case 'SectionDelegated':
      return { ...state, delegations: { ...state.delegations, [event.data.section]: event.data.to } };
    case 'FigureReported': {
      const { indicator, value, unit } = event.data;
      return { ...state, touched: true, figures: { ...state.figures, [indicator]: { value, unit } } };
    }
    case 'ActionCited':
      return {
        ...state,
        touched: true,
        citations: { ...state.citations, [event.data.action]: event.data.claims },
      };
    case 'ActionUncited': {
      const { [event.data.action]: _, ...citations } = state.citations;
      return { ...state, touched: true, citations };
    }
    case 'DocumentAttached':
      return { ...state, touched: true, documents: [...state.documents, documentKey(event.data.document)] };
  }
}

/** Sections with words of an earlier year of which nobody has said whether they still hold. */
export function undecidedSections({ answers }: Pick<Drafting, 'answers'>): string[] {
  return Object.entries(answers).flatMap(([key, { origin }]) => (origin === 'prefilled' ? [key] : []));
}

export function isAnswered(state: Drafting, section: string): boolean {
  return Object.keys(state.answers).some((key) => key.startsWith(`${section}/`));
}

function requireDraft(state: Drafting): void {
  if (state.phase === 'draft' || state.phase === 'amending') return;
  if (state.phase === 'withdrawn') refuse('report-withdrawn');
  refuse(state.phase === 'submitted' ? 'report-locked' : 'report-not-started', { phase: state.phase });
}

function requireSection(state: Drafting, section: string, at: Circumstances): void {
  if (at.vocabulary.has('reportSections', section) === 'unknown') refuse('section-unknown', { section });
  requireReopened(state, section);
}

function requireReopened(state: Drafting, section: string): void {
  if (state.phase !== 'amending') return;
  refuseIf(!state.reopened?.includes(section), 'section-not-reopened', { section, reopened: state.reopened });
}

function requireDelegated(
  { onlyDelegated }: Editing,
  state: Drafting,
  section: string,
  { actor }: Circumstances,
): void {
  const delegatedTo = state.delegations[section];
  refuseIf(onlyDelegated && delegatedTo !== actor, 'section-not-delegated', { section, delegatedTo });
}

/** What is recorded of a command: not what was looked up in order to decide on it. */
function saidIn<C extends { type: string } & Editing>(command: C): Omit<C, 'type' | keyof Editing> {
  const { type: _, onlyDelegated: __, ...said } = command;
  return said;
}
