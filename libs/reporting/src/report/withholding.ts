import { refuseIf } from '../decider.js';
import type { Vocabulary } from '../vocabulary.js';
import type { Clarified } from './clarifying.js';

/**
 * What of a report can be kept from everybody, each part under the name by which it is withheld:
 *
 * - a section (`S13`), or one in one language (`S13/fr`);
 * - a figure (`figure fellows`), the citation of an action (`action EX-1`);
 * - a document by its place among those that were attached, from 1 (`document 2`): its title may be what has to be kept;
 * - the reservation (`reservation`);
 * - the answer that came by letter, with all that it says (`letter`);
 * - a thread that everybody may read (`clarification Q1`).
 *
 * What is withheld from one version is withheld from all: the next one that says the same would tell it. Asked for a part,
 * it answers under which name and with which words that is withheld, or with nothing.
 */
export class Withholding<Each extends { readonly part: string } = { readonly part: string }> {
  private readonly byName: ReadonlyMap<string, Each>;

  constructor(private readonly all: readonly Each[] = []) {
    this.byName = new Map(all.map((each) => [each.part, each]));
  }

  section(section: string, lang: string): Each | undefined {
    return this.byName.get(section) ?? this.byName.get(`${section}/${lang}`);
  }

  figure(indicator: string): Each | undefined {
    return this.byName.get(`figure ${indicator}`);
  }

  action(action: string): Each | undefined {
    return this.byName.get(`action ${action}`);
  }

  /** `n`: from 1. What is attached to a section of which anything is withheld is withheld with it. */
  document(n: number, section?: string): Each | undefined {
    const ofSection = section !== undefined && this.all.find(({ part }) => part.split('/', 1)[0] === section);
    return this.byName.get(`document ${n}`) ?? (ofSection || undefined);
  }

  /** That of the letter, too. */
  reservation(): Each | undefined {
    return this.byName.get('reservation') ?? this.letter();
  }

  letter(): Each | undefined {
    return this.byName.get('letter');
  }

  clarification(clarification: string): Each | undefined {
    return this.byName.get(`clarification ${clarification}`);
  }
}

type Parted = Pick<Clarified, 'phase' | 'submitted' | 'clarifications' | 'everTold'>;

/** What is called otherwise would be withheld in word and shown in fact. Of what has names, it is said which there are. */
export function requirePart(part: string, state: Parted, vocabulary: Vocabulary): void {
  const kind = part.split(' ', 1)[0];
  const names = kind === 'figure' ? state.everTold?.figures : kind === 'action' ? state.everTold?.actions : undefined;
  const known = names?.map((name) => `${kind} ${name}`);
  refuseIf(!isPart(part, state, vocabulary), 'part-unknown', { part, ...(known && { known }) });
}

function isPart(part: string, { phase, submitted, clarifications, everTold }: Parted, vocabulary: Vocabulary): boolean {
  const [, section] = /^(S\d{2})(?:\/[A-Za-z0-9-]+)?$/.exec(part) ?? [];
  if (section !== undefined) return vocabulary.has('reportSections', section) !== 'unknown';
  const [, kind, name = ''] = /^(\S+) (\S+)$/.exec(part) ?? [undefined, part];
  switch (kind) {
    case 'figure':
      return everTold?.figures.includes(name) ?? false;
    case 'action':
      return everTold?.actions.includes(name) ?? false;
    case 'document':
      return /^[1-9]\d*$/.test(name) && Number(name) <= (submitted?.documents.length ?? 0);
    case 'clarification':
      return Object.hasOwn(clarifications, name);
    case 'reservation':
      return name === '';
    case 'letter':
      return name === '' && phase === 'answered-by-letter';
    default:
      return false;
  }
}

/** What only some may read needs no withholding, and to name it would tell everybody that it is there. */
export function isForEverybody(part: string, { clarifications }: Parted): boolean {
  const [kind, name = ''] = part.split(' ', 2);
  return kind !== 'clarification' || clarifications[name]?.visibility === 'public';
}
