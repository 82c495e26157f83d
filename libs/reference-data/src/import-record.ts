import { Refusal } from '#reporting';
import type { ImportStep } from './steps/import-step.js';

/** `recorded`: new in the log. `repeated`: the same command was given before, and nothing was added. */
export interface Sent {
  readonly outcome: 'recorded' | 'repeated';
}

/**
 * What `send` throws where a step is refused for a reason outside the rules, such as a field that the command's class
 * does not take. A `Refusal` of the rules is understood as well. Anything else is an outage and ends the import.
 */
export class StepRefused extends Error {
  override readonly name = 'StepRefused';
  constructor(
    readonly code: string,
    readonly reason: string,
    readonly field?: string,
  ) {
    super(`${code}: ${reason}`);
  }
}

/** A row that was not recorded, in words for the person who runs the import. */
export interface RefusedStep {
  readonly file: string;
  readonly id: string;
  readonly command: string;
  readonly field?: string;
  readonly reason: string;
  readonly code: string;
}

export interface ImportProgress {
  readonly total: number;
  readonly done: number;
  readonly recorded: number;
  readonly repeated: number;
  readonly refused: number;
  /** Where the step came from that was just done. */
  readonly file: string;
}

export interface ImportOptions {
  /** Called in place of `send`, for a look at what would be refused before anything is recorded. */
  readonly dryRun?: (step: ImportStep) => Promise<void>;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Once aborted no further step begins; those under way are finished. The same import can be run again. */
  readonly signal?: AbortSignal;
  /** How many streams are written to at once. */
  readonly concurrency?: number;
}

export interface ImportSummary {
  readonly total: number;
  /** Steps that came to an end: recorded, repeated, refused, or, in a dry run, found sound. */
  readonly done: number;
  readonly recorded: number;
  readonly repeated: number;
  readonly refused: readonly RefusedStep[];
  readonly dryRun: boolean;
  /** Whether the signal ended it before the last step. */
  readonly stopped: boolean;
}

const STREAMS_AT_ONCE = 32;

/**
 * Sends the steps, phase by phase. Steps of one stream keep their order, streams of one wave run side by side. A refused
 * step is told of and the others go on. An outage ends the import with its error, once what is under way is finished;
 * what was recorded stays, and is `repeated` the next time.
 */
export async function importRecord(
  steps: readonly ImportStep[],
  send: (step: ImportStep) => Promise<Sent>,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const { dryRun, onProgress, signal, concurrency = STREAMS_AT_ONCE } = options;
  const refused: RefusedStep[] = [];
  const tally = { done: 0, recorded: 0, repeated: 0 };
  const total = steps.length;

  const take = async (step: ImportStep) => {
    try {
      if (dryRun) await dryRun(step);
      else tally[(await send(step)).outcome]++;
    } catch (error) {
      refused.push(refusalOf(step, error));
    }
    tally.done++;
    onProgress?.({ total, ...tally, refused: refused.length, file: step.file });
  };

  const outages: unknown[] = [];
  for (const wave of wavesOf(steps)) {
    const streams = streamsOf(wave).values();
    const work = async () => {
      // One iterator for all workers: each takes the next stream that none has taken.
      for (const stream of streams) {
        for (const step of stream) {
          if (signal?.aborted || outages.length) return;
          await take(step).catch((outage: unknown) => outages.push(outage));
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    if (outages.length) throw outages[0];
  }
  return { total, ...tally, refused, dryRun: dryRun !== undefined, stopped: tally.done < total };
}

/** In the order of the steps, which `recordAsSteps` has put right: a wave is a run of the same phase and wave. */
function wavesOf(steps: readonly ImportStep[]): ImportStep[][] {
  const waves: ImportStep[][] = [];
  let last: ImportStep | undefined;
  for (const step of steps) {
    if (step.phase !== last?.phase || step.wave !== last.wave) waves.push([]);
    waves.at(-1)!.push(step);
    last = step;
  }
  return waves;
}

function streamsOf(wave: readonly ImportStep[]): ImportStep[][] {
  const streams = new Map<string, ImportStep[]>();
  for (const step of wave) streams.set(step.stream, [...(streams.get(step.stream) ?? []), step]);
  return [...streams.values()];
}

function refusalOf({ file, id, command }: ImportStep, error: unknown): RefusedStep {
  if (error instanceof StepRefused) {
    const { code, reason, field } = error;
    return { file, id, command, code, reason, ...(field !== undefined && { field }) };
  }
  if (!(error instanceof Refusal)) throw error;
  const facts = Object.entries(error.facts).map(([name, fact]) => `${name} ${JSON.stringify(fact)}`);
  return { file, id, command, code: error.code, reason: [error.code, ...facts].join(', ') };
}
