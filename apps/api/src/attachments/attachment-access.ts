import { Injectable } from '@nestjs/common';
import { AttachmentStore, UploadTokens } from '#documents';
import { AttachmentNamed, type AttachmentNaming } from '#views';
import { Questions } from '../gate/questions.js';

/** Where a command would name a document: at the address of a report, of an assessment of it, or of a cycle. */
export interface Place {
  readonly series?: string;
  readonly year?: string;
  readonly organization?: string;
  readonly reviewer?: string;
}

/**
 * Who may do what with a file. Its hash opens nothing: it stands in events, and somebody may have the file from elsewhere.
 *
 * - To read it: everybody, where a place of the record that is public names it (`AttachmentNaming.isPublic`); its uploader
 *   for an hour, by the token of the upload. Nobody else where nobody signs in; elsewhere, who may read a report, a
 *   message or a finding that names it. `reads` is asked for each such naming, and says no by default.
 * - To name it in a command: its uploader within the hour, in any place; anybody where it is public, or is named already in
 *   that very place (a command that is repeated). A note among reviewers is no place; a draft is one for its reviewer.
 *   Otherwise a stranger could attach a confidential file to a report of their own, and read it there once that is
 *   published.
 *
 * What may not be read is not there, in the same words: nobody learns from an answer that a file exists.
 */
@Injectable()
export class AttachmentAccess {
  constructor(
    private readonly store: AttachmentStore,
    private readonly tokens: UploadTokens,
    private readonly questions: Questions,
  ) {}

  /** The places on account of which it may be read; empty for its uploader; nothing where it may not be. */
  async toRead(
    sha256: string,
    token: string | undefined,
    reads: (naming: AttachmentNaming) => boolean | Promise<boolean> = () => false,
  ): Promise<readonly AttachmentNaming[] | undefined> {
    const named = await this.questions.askAsEverybody(new AttachmentNamed(sha256));
    const readable: AttachmentNaming[] = [];
    for (const naming of named) if (naming.isPublic || (await reads(naming))) readable.push(naming);
    return readable.length || this.tokens.proves(token, sha256) ? readable : undefined;
  }

  async mayName(sha256: string, token: string | undefined, place: Place): Promise<boolean> {
    if (!(await this.store.has(sha256))) return false;
    if (this.tokens.proves(token, sha256)) return true;
    const named = await this.questions.askAsEverybody(new AttachmentNamed(sha256));
    return named.some((naming) => naming.isPublic || isAt(naming, place));
  }
}

function isAt({ in: named, review, reviewer }: AttachmentNaming, place: Place): boolean {
  const { series, year, organization } = place;
  if (review === 'reviewers' && (reviewer === undefined || reviewer !== place.reviewer)) return false;
  const reporter = 'organization' in named ? named.organization : undefined;
  return named.series === series && String(named.year) === year && reporter === organization;
}
