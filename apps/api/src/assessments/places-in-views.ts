import { Places } from '#commands';
import { type Views, ViewsBehind } from '#views';

/** How long a command waits for the sequence that its giver says they have seen, perhaps on another server. */
const WITHIN_MS = 2_000;

/** What the views have passed has its place on their list. */
export class PlacesInViews extends Places {
  constructor(private readonly views: Views) {
    super();
  }

  async positionOf(sequence: number): Promise<string | undefined> {
    try {
      await this.views.passedSequence(sequence, WITHIN_MS);
    } catch (error) {
      if (error instanceof ViewsBehind) return undefined;
      throw error;
    }
    return this.views.mark(sequence)?.position;
  }
}
