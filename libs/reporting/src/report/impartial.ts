import type { Circumstances } from '../decider.js';
import { refuseIf } from '../decider.js';

export interface Impartial {
  /** Whether whoever gives the command was ever appointed to act for the organization. */
  readonly actedFor?: boolean;
}

/** Nobody reviews an organization that they ever acted for, publishes for it, or lets it off what others have to keep. */
export function requireImpartial(actedFor: boolean | undefined, { actor }: Circumstances): void {
  refuseIf(actedFor, 'conflict-of-interest', { actor });
}
