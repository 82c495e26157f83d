import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { JsonObject, RecordedEvent } from '#event-store';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What stands on the log was not written under this key, or not at this place. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  readonly code = 'seal-broken';
  constructor(event: string, options?: ErrorOptions) {
    super(`The event ${event} cannot be opened: it was changed, or the key is another one.`, options);
  }
}

/**
 * A payload for the log that only the holder of `key` can read. The id of the event is authenticated with it, so that it
 * cannot be put in the place of another one; its type stands inside, so that it cannot be told as something else.
 */
export function seal(key: Buffer, eventId: string, type: string, data: JsonObject): JsonObject {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(eventId));
  const sealed = [cipher.update(JSON.stringify([type, data]), 'utf8'), cipher.final()];
  return { sealed: Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]).toString('base64url') };
}

/** Throws `SealBroken`, and nothing that tells what was inside. */
export function unseal(key: Buffer, { id, type, data }: Pick<RecordedEvent, 'id' | 'type' | 'data'>): JsonObject {
  try {
    const { sealed } = data;
    if (typeof sealed !== 'string') throw new Error('it is not sealed');
    const bytes = Buffer.from(sealed, 'base64url');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const tag = bytes.subarray(-TAG_BYTES);
    const opening = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(id))
      .setAuthTag(tag);
    const text = Buffer.concat([opening.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), opening.final()]).toString();
    const [inside, opened] = JSON.parse(text) as [string, JsonObject];
    if (inside !== type) throw new Error('another type stands inside');
    return opened;
  } catch (error) {
    throw new SealBroken(id, { cause: error });
  }
}
