import { hkdfSync, randomUUID } from 'node:crypto';
import type { JsonObject } from '#event-store';
import { KEY_BYTES, type PersonKeys } from './keys/person-keys.js';
import { SealBroken, seal, unseal } from './keys/sealed.js';

/**
 * What a browser holds for some minutes, and nobody but this installation can read, on any of its servers: it is kept nowhere
 * else. `about` is what it belongs to, such as a session; it opens with nothing else.
 */
export class BrowserSeal {
  constructor(
    private readonly keys: PersonKeys,
    private readonly now: () => number = Date.now,
  ) {}

  /** Visible ASCII without semicolons, for a cookie. */
  async seal(kind: string, about: string, data: JsonObject, forMs: number): Promise<string> {
    const id = randomUUID();
    const until = this.now() + forMs;
    const { sealed } = seal(await this.key(), aad(id, about), kind, { until, data });
    return `${id}.${sealed as string}`;
  }

  /** Nothing for what has run out, belongs to something else, or was not sealed here. */
  async open(kind: string, about: string, text: string): Promise<JsonObject | undefined> {
    const [id = '', sealed = ''] = text.split('.');
    try {
      const opened = unseal(await this.key(), { id: aad(id, about), type: kind, data: { sealed } });
      const { until, data } = opened as { until: number; data: JsonObject };
      return until > this.now() ? data : undefined;
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }

  /** One of its own: the key of the installation is for what is looked up. */
  private async key(): Promise<Buffer> {
    return Buffer.from(hkdfSync('sha256', await this.keys.ofServer(), '', 'para71 browser seal', KEY_BYTES));
  }
}

const aad = (id: string, about: string) => `${id}/${about}`;
