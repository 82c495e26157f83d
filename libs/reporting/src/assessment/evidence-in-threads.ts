import type { DocumentRef } from '../evidence.js';
import { documentKey, tellsOf } from '../evidence.js';
import type { Visibility } from '../report/clarifying.js';
import { AUDIENCE_OF_MESSAGE } from '../report/clarifying.js';
import type { Withholding } from '../report/withholding.js';
import type { Audience } from './assessment.js';
import { AUDIENCES } from './assessment.js';
import type { Evidence } from './finding.js';

/** A message of a thread that names a document. */
export interface NamedInThread {
  readonly document: DocumentRef;
  readonly clarification: string;
  /** That of the message. */
  readonly visibility: Visibility;
}

/** For whom evidence is that is not for everybody, and the withheld part that it would tell, if there is one. */
export interface KeptEvidence<Part> {
  readonly audience: Audience;
  readonly part?: Part;
}

/**
 * Documents that the threads of a report name and that everybody reads nowhere: of a thread that is withheld, or that was
 * not for everybody. A finding that names one is not to tell of it to more than read the message. `isPublic`: whether
 * everybody reads a document in the report itself.
 */
export class EvidenceInThreads<Named extends NamedInThread, Part extends { readonly part: string }> {
  private readonly kept: readonly { readonly named: Named; readonly audience: Audience; readonly part?: Part }[];

  constructor(all: readonly Named[], parts: Withholding<Part>, isPublic: (document: DocumentRef) => boolean) {
    const told = all.map((named) => {
      const audience = AUDIENCE_OF_MESSAGE[named.visibility];
      const part = audience === 'public' ? parts.clarification(named.clarification) : undefined;
      return { named, ...(part ? { audience: 'organization' as const, part } : { audience }) };
    });
    const toEverybody = new Set(
      told.filter(({ audience }) => audience === 'public').map(({ named }) => documentKey(named.document)),
    );
    this.kept = told.filter(
      ({ named: { document } }) => !toEverybody.has(documentKey(document)) && !isPublic(document),
    );
  }

  /**
   * Nothing where it may be told to everybody. To say something among fewer takes back nothing that a finding has told
   * already: so `isEarlier` says of a message whether it was there before the finding. What is withheld is withheld from both.
   */
  behind({ document, source }: Evidence, isEarlier: (named: Named) => boolean): KeptEvidence<Part> | undefined {
    const told = document ?? source;
    if (!told) return undefined;
    const withheld = this.kept.find(({ named, part }) => part && tellsOf(told, named.document));
    const narrower = document && this.kept.find(({ named }) => isSame(named.document, document) && isEarlier(named));
    const first = withheld ?? narrower;
    if (!first) return undefined;
    const audiences = this.kept.flatMap(({ named, audience }) =>
      isSame(named.document, first.named.document) ? audience : [],
    );
    const audience = AUDIENCES.find((each) => audiences.includes(each))!;
    return { audience, ...(first.part && { part: first.part }) };
  }
}

const isSame = (one: DocumentRef, other: DocumentRef) => documentKey(one) === documentKey(other);
