/** Opaque: says nothing about the person, and is all that the public record knows of them. `person-<uuid>`. */
export type PersonId = string;

/** As long as AES-256 wants them. */
export const KEY_BYTES = 32;

/**
 * Keys of persons, kept outside of the log: a log never forgets, so what must be forgettable is encrypted there, and
 * forgetting is destroying a key. Whoever backs the log up backs these up apart from it, and keeps that copy for less time.
 */
export abstract class PersonKeys {
  /** Where they are, in words for whoever looks after them. */
  abstract readonly place: string;

  /** Of these keys, whoever opens them: a copy has the same. Made when it is first asked for. */
  abstract id(): Promise<string>;

  /** A new key, durable when it resolves. Where the person has one already: that one. */
  abstract create(person: PersonId): Promise<Buffer>;

  /** Nothing where it was destroyed, or never was. */
  abstract find(person: PersonId): Promise<Buffer | undefined>;

  /** For ever, and harmless when there is none. */
  abstract destroy(person: PersonId): Promise<void>;

  /** The key of the installation, for what must be found without being readable; made when it is first asked for. */
  abstract ofServer(): Promise<Buffer>;
}

/** The key is gone, and the log does not say that the person was erased. */
export class KeyMissing extends Error {
  override readonly name = 'KeyMissing';
  readonly code = 'key-missing';
  constructor(readonly person: PersonId) {
    super(
      `The key of ${person} is not there, and nobody erased that person: bring the folder of the keys back from its backup.`,
    );
  }
}
