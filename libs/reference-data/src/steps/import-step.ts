import { hash } from 'node:crypto';
import type { ActionCommand, CycleCommand, CycleId, OrganizationCommand, ReportCommand, ReportId } from '#reporting';
import { cycleStream, organizationStream, reportStream, actionStream } from '#reporting';
import type { DataFile } from '../rows.js';

/** What has to be on record before what. */
export const PHASES = ['organizations', 'relevance and placement', 'cycles', 'actions', 'links', 'reports'] as const;
export type Phase = (typeof PHASES)[number];

type Facts<C extends { type: string }, T extends C['type']> = Omit<Extract<C, { type: T }>, 'type'>;
type OfOrganization<T extends OrganizationCommand['type']> = { readonly organization: string } & Facts<
  OrganizationCommand,
  T
>;
type OfCycle<T extends CycleCommand['type']> = CycleId & Facts<CycleCommand, T>;
type OfReport<T extends ReportCommand['type']> = ReportId & Facts<ReportCommand, T>;

/** The commands that the record is made of, with what a person would send: what the handler looks up is left out. */
export interface CommandFields {
  RegisterOrganization: OfOrganization<'RegisterOrganization'>;
  MarkRelevant: OfOrganization<'MarkRelevant'>;
  PlaceUnder: Omit<OfOrganization<'PlaceUnder'>, 'ancestors'>;
  OpenCycle: OfCycle<'OpenCycle'>;
  IssueSynthesis: OfCycle<'IssueSynthesis'>;
  RecordAction: Omit<Facts<ActionCommand, 'RecordAction'>, 'successors'>;
  LinkAction: Omit<Facts<ActionCommand, 'LinkAction'>, 'targetTrack'>;
  RequestReport: OfReport<'RequestReport'>;
  AnswerByLetter: OfReport<'AnswerByLetter'>;
  StartReport: OfReport<'StartReport'>;
  DeclineReport: OfReport<'DeclineReport'>;
  RecordNoResponse: OfReport<'RecordNoResponse'>;
}

export type CommandName = keyof CommandFields;

interface Step<Name extends CommandName> {
  readonly phase: Phase;
  /** Within the phase: 0 first. A step may rest on those of earlier waves, not on others of its own. */
  readonly wave: number;
  readonly file: string;
  /** The row, such as `ACT-0001` or `REP-2008-01/isoc`; all of them joined by `+` where one command says it for several. */
  readonly id: string;
  /** The stream that the command writes to. */
  readonly stream: string;
  readonly command: Name;
  /** JSON: nothing in it is null or undefined. */
  readonly fields: CommandFields[Name];
  /** The same for the same row, command and content, in every edition: what the command's id is derived from. */
  readonly key: string;
  /** Provenance for people: which file, edition and row the command was made from. */
  readonly recordedFor: string;
}

/** One command that the record is turned into. */
export type ImportStep = { readonly [Name in CommandName]: Step<Name> }[CommandName];

/** The row that a step is made from. */
export interface Origin {
  readonly file: DataFile;
  readonly version: string;
  readonly id: string;
  /** The row's name for people, where it has one. */
  readonly slug?: string;
}

export function step<Name extends CommandName>(
  origin: Origin,
  [phase, wave]: readonly [Phase, number],
  command: Name,
  fields: CommandFields[Name],
): ImportStep {
  const { version, id, slug } = origin;
  const file = `${origin.file}.json`;
  const stream = streamOf(fields);
  const key = `${file}/${id}/${command}/${hash('sha256', sorted(fields), 'base64url')}`;
  const recordedFor = `${file} ${version}, ${id}${slug ? ` (${slug})` : ''}`;
  return { phase, wave, file, id, stream, command, fields, key, recordedFor } as Step<Name> as unknown as ImportStep;
}

function streamOf(fields: CommandFields[CommandName]): string {
  if ('action' in fields) return actionStream(fields.action);
  if ('series' in fields) return 'organization' in fields ? reportStream(fields) : cycleStream(fields);
  return organizationStream(fields.organization);
}

/** One text for one content, whatever order its fields were put together in. */
function sorted(fields: object): string {
  return JSON.stringify(fields, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** How far each of `ids` is from the end of its chain: 0 where `next` names nothing. There must be no circle. */
export function depthOf(id: string, next: (id: string) => readonly string[]): number {
  return Math.max(0, ...next(id).map((further) => depthOf(further, next) + 1));
}

/** The sentences that there are, as one text; nothing where there is none. */
export function prose(...sentences: readonly (string | undefined | false)[]): string | undefined {
  return sentences.filter(Boolean).join(' ') || undefined;
}
