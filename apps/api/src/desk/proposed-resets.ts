import { Injectable } from '@nestjs/common';
import { Identity, RESET_PROPOSAL_MS } from '#identity';
import type { Edtf } from '#reporting';
import type { Waits } from './desk-words.js';

const DAY_MS = 86_400_000;

/** Second factors that one administrator proposed to reset, and another has to agree to. No part of the record. */
@Injectable()
export class ProposedResets {
  constructor(private readonly identity: Identity) {}

  /** Nobody agrees with themselves, nor to a reset of their own. */
  async waitingFor(asking: string | undefined): Promise<readonly Waits[]> {
    const { directory, lostSecondFactor, moment } = this.identity;
    await directory.catchUp();
    const waiting: Waits[] = [];
    for (const person of directory.persons) {
      const proposed = await lostSecondFactor.proposed(person);
      if (!proposed || proposed.by === asking || person === asking) continue;
      const since = Date.parse(proposed.until) - RESET_PROPOSAL_MS;
      const days = Math.floor((Date.parse(moment) - since) / DAY_MS);
      const at = { since: new Date(since).toISOString(), days, dueOn: proposed.until.slice(0, 10) as Edtf };
      waiting.push({ kind: 'reset-to-agree', person, ...at, why: [] });
    }
    return waiting;
  }
}
