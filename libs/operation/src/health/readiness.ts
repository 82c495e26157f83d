import { redacted } from '../logs/redaction.js';
import { Recent } from './recent.js';

export type HealthStatus = 'ok' | 'warning' | 'fault';

export interface Finding {
  /** `warning`: it works, and somebody should look. `fault`: send no requests here. */
  readonly status: HealthStatus;
  /** A sentence for a person. */
  readonly detail: string;
}

export interface HealthCheck {
  readonly name: string;
  /** What it is when it fails or does not answer in time. */
  readonly otherwise: 'warning' | 'fault';
  look(): Finding | Promise<Finding>;
}

export interface Health {
  readonly isReady: boolean;
  readonly checks: readonly (Finding & { readonly name: string })[];
}

/** Whether requests may be sent here, and why not. Asking often costs nothing: what was found is good for a second. */
export class Readiness {
  private readonly checks: readonly { readonly check: HealthCheck; readonly recent: Recent<Finding> }[];
  private ending = false;

  constructor(checks: readonly HealthCheck[], { forMs = 1_000, withinMs = 1_000 } = {}) {
    this.checks = checks.map((check) => {
      return { check, recent: new Recent(async () => check.look(), forMs, withinMs) };
    });
  }

  /** From now on it is not ready: the process is about to end. */
  end(): void {
    this.ending = true;
  }

  async report(): Promise<Health> {
    const checks = await Promise.all(
      this.checks.map(async ({ check, recent }) => ({ name: check.name, ...(await found(check, recent)) })),
    );
    if (this.ending) checks.unshift({ name: 'process', status: 'fault', detail: 'It is ending: ask another one.' });
    return { isReady: checks.every(({ status }) => status !== 'fault'), checks };
  }
}

async function found({ otherwise }: HealthCheck, recent: Recent<Finding>): Promise<Finding> {
  try {
    return await recent.get();
  } catch (error) {
    return { status: otherwise, detail: sentence(redacted(error instanceof Error ? error.message : String(error))) };
  }
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
