import { openSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { NewEvent } from '#event-store';

/** Appends one event after `revision` (-1 for none) and resolves when the store acknowledges it. */
export type Append = (stream: string, revision: number, event: NewEvent) => Promise<unknown>;

export interface Callers {
  /** How many append at once, each waiting for its acknowledgement before it goes on. */
  readonly callers: number;
  readonly ms: number;
}

export interface Appends {
  readonly perSecond: number;
  readonly failed: number;
  /** What the first failure said. */
  readonly why?: string;
}

const STREAMS_OF_A_CALLER = 40;
/** First of the streams that no slice appends to. */
const UNTIL_KILLED = 100_000;
const BYTES = 600;

/** An event of a made-up report: 600 bytes of JSON. */
export function madeUpEvent(stream: string, revision: number): NewEvent {
  const event = eventOf(stream, idOf(stream, revision));
  const missing = BYTES - JSON.stringify(event).length;
  return { ...event, data: { ...event.data, text: event.data.text + 'x'.repeat(missing) } };
}

function eventOf(stream: string, id: string) {
  return {
    id,
    type: 'SectionAnswered',
    data: { section: 'S04', lang: 'en', stream, text: 'The minutes were published within a month. ' },
    metadata: { actor: 'example-focal-point', recordedAt: '2026-11-21T17:00:00.000Z', v: '1' },
  };
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');

function idOf(stream: string, revision: number): string {
  return `00000000-0000-4000-8000-${hex(Number(stream.slice(stream.lastIndexOf('-') + 1)), 5)}${hex(revision, 7)}`;
}

/** Lets `callers` append to streams of their own for a while. Goes on where the slice before ended. */
export function appendingTo(append: Append) {
  const revisions = new Map<string, number>();
  return async ({ callers, ms }: Callers): Promise<Appends> => {
    let appended = 0;
    let failed = 0;
    let why: string | undefined;
    const began = performance.now();
    const call = async (_: unknown, caller: number) => {
      for (let n = 0; performance.now() - began < ms; n++) {
        const stream = `report-${caller * STREAMS_OF_A_CALLER + (n % STREAMS_OF_A_CALLER)}`;
        const revision = revisions.get(stream) ?? -1;
        try {
          await append(stream, revision, madeUpEvent(stream, revision + 1));
          revisions.set(stream, revision + 1);
          appended++;
        } catch (error) {
          failed++;
          why ??= String(error);
        }
      }
    };
    await Promise.all(Array.from({ length: callers }, call));
    const perSecond = (appended / (performance.now() - began)) * 1_000;
    return { perSecond, failed, ...(why !== undefined && { why }) };
  };
}

/** Lets 16 callers append until the process is killed; a file says how many appends were acknowledged by then. */
export function appendingUntilKilled(append: Append) {
  return async ({ tally }: { readonly tally: string }): Promise<void> => {
    const descriptor = openSync(tally, 'w');
    let acknowledged = 0;
    const call = async (_: unknown, caller: number) => {
      for (let revision = -1; ; revision++) {
        const stream = `report-${UNTIL_KILLED + caller}`;
        await append(stream, revision, madeUpEvent(stream, revision + 1));
        // What is written is in the kernel's hands: it outlives the process.
        writeSync(descriptor, String(++acknowledged), 0);
      }
    };
    const calls = Array.from({ length: 16 }, call);
    await Promise.race([...calls, setTimeout(1_000)]);
  };
}
