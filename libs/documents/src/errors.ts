/** Stable: clients tell cases apart by it. */
export type AttachmentRefusedCode =
  | 'attachment-name-malformed'
  | 'attachment-type-unknown'
  | 'attachment-type-disagrees'
  | 'attachment-too-large'
  | 'attachment-malformed'
  | 'attachment-archive-too-large'
  | 'attachment-unsafe';

/** What was sent is not kept. `message` is a sentence about this one file, fit to be shown to whoever sent it. */
export class AttachmentRefused extends Error {
  override readonly name = 'AttachmentRefused';
  constructor(
    readonly code: AttachmentRefusedCode,
    message: string,
    readonly facts: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
  }
}

/** What is kept under a hash does not have that hash. */
export class AttachmentDamaged extends Error {
  override readonly name = 'AttachmentDamaged';
  constructor(readonly sha256: string) {
    super(
      `The attachment ${sha256} is damaged where it is kept; bring the file back from a backup, or upload it again`,
    );
  }
}

/** There is no room for what was sent. Nothing of it is kept. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull';
}
