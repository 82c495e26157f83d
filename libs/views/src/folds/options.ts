import type { Addressee, Confidence, Edtf, Side, Source, Track, Voice } from '#reporting';
import type { Placed, View } from '../view.js';

/** A policy option, and all that was said of it. Key: its id. Lists of what has not happened are absent. */
export interface OptionDocument {
  readonly option: string;
  readonly issue: string;
  readonly title: string;
  readonly description: string;
  readonly by: Voice;
  readonly tabledOn: Edtf;
  readonly state: OptionState;
  readonly arguments?: readonly Argument[];
  readonly debates?: readonly Debate[];
  readonly handovers?: readonly Handover[];
  readonly actions?: readonly TakingUp[];
  readonly closed?: { readonly on: Edtf; readonly reason: string };
  readonly confidence: Confidence;
  readonly sources: readonly Source[];
  readonly revision: number;
  readonly why: readonly number[];
}

/** How far an option has come: `closed` whatever came before it. */
export type OptionState = 'tabled' | 'debated' | 'handed-over' | 'taken-up' | 'closed';

export interface Argument {
  readonly argument: string;
  readonly side: Side;
  readonly by: Voice;
  readonly text: string;
  readonly sources: readonly Source[];
  readonly why: readonly number[];
}

export interface Debate {
  readonly forum: string;
  readonly session: string;
  readonly on: Edtf;
  readonly outcome?: string;
  readonly sources: readonly Source[];
  readonly why: readonly number[];
}

export interface Handover extends Addressee {
  readonly on: Edtf;
  readonly reason: string;
  /** It was handed on before anybody had debated it in a forum. */
  readonly undebated?: true;
  /** Who put it on record, as the record names them. */
  readonly handedBy?: { readonly actor: string; readonly role?: string };
  readonly why: readonly number[];
}

export interface TakingUp {
  readonly action: string;
  /** On which the action stood when it was said to take the option up. */
  readonly track: Track;
  readonly note?: string;
  readonly why: readonly number[];
}

export const options: View<OptionDocument> = {
  name: 'options',
  version: 3,
  keysOf: ({ subject }) => (subject.category === 'option' ? [subject.option] : []),
  apply: (document, event) => {
    const after = changed(document, event);
    return after && { ...after, state: stateOf(after), revision: event.revision, why: whyAfter(document, event) };
  },
  listsOf: ({ issue, by, arguments: argued = [], handovers = [], actions = [] }) => [
    `issue=${issue}`,
    ...unique(organizationsIn(handovers)).map((id) => `organization=${id}`),
    ...unique(organizationsIn([by, ...argued.map((argument) => argument.by)])).map((id) => `speaker=${id}`),
    ...actions.map(({ action }) => `action=${action}`),
  ],
};

const organizationsIn = (named: readonly { readonly organization?: string }[]) =>
  named.flatMap(({ organization }) => organization ?? []);

function changed(document: OptionDocument | undefined, event: Placed): OptionDocument | undefined {
  if (event.type === 'OptionTabled' && event.subject.category === 'option') {
    const { on, ...facts } = event.data;
    return { option: event.subject.option, ...facts, tabledOn: on, state: 'tabled', revision: 0, why: [] };
  }
  if (!document) return undefined;
  const why = [event.sequence];
  switch (event.type) {
    case 'OptionArgued':
      return { ...document, arguments: [...(document.arguments ?? []), { ...event.data, why }] };
    case 'OptionDebated':
      return { ...document, debates: [...(document.debates ?? []), { ...event.data, why }] };
    case 'OptionHandedTo':
      return { ...document, handovers: [...(document.handovers ?? []), { ...event.data, ...handedBy(event), why }] };
    case 'OptionTakenUp':
      return { ...document, actions: [...(document.actions ?? []), { ...event.data, why }] };
    case 'OptionClosed':
      return { ...document, closed: event.data };
    default:
      return document;
  }
}

function handedBy({ metadata: { actor, role } }: Placed): Pick<Handover, 'handedBy'> {
  return actor ? { handedBy: { actor, ...(role && { role }) } } : {};
}

function stateOf({ closed, actions, handovers, debates }: OptionDocument): OptionState {
  if (closed) return 'closed';
  if (actions) return 'taken-up';
  if (handovers) return 'handed-over';
  return debates ? 'debated' : 'tabled';
}

const whyAfter = (before: OptionDocument | undefined, { sequence }: Placed) => [...(before?.why ?? []), sequence];

const unique = (items: readonly string[]) => [...new Set(items)];
