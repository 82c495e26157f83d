import { type EventStore, LogTail, type RecordedEvent, StoreUnavailable } from '#event-store';
import type { CredentialEvent, Subject } from '../credential/credential.js';
import { KeyMissing, type PersonId, type PersonKeys } from '../keys/person-keys.js';
import { SealBroken } from '../keys/sealed.js';
import { addressKey, addressOf, subjectKey } from './address.js';
import { person, type PersonEvent, type Person } from './person.js';
import { CREDENTIAL_CATEGORY, PERSON_CATEGORY, personOfStream, personStream, type SealedLog } from './sealed-log.js';

/** Who they are, in words: never kept longer than it is used. */
export interface Card {
  readonly person: PersonId;
  readonly name: string;
  readonly address: string;
}

interface Entry {
  phase: Person['phase'] | 'unreadable';
  /** The address, under the installation's key. */
  address?: string;
  /** The account at a provider, under the installation's key. */
  subject?: string;
  readonly tokens: Set<string>;
  reset?: Reset;
}

/** Of a second factor. */
export interface Reset {
  readonly reset: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** Far more than there are people in this field; a mistake or an attack ends here, and not with the memory. */
export const MOST_PERSONS = 100_000;
const MOST_CARDS = 1_000;

/**
 * Who there is, in memory, as the log tells it: ids, and addresses under the installation's key. Names and addresses are
 * opened when they are asked for, and the last thousand of them kept.
 */
export class PersonDirectory {
  private readonly entries = new Map<PersonId, Entry>();
  private readonly byAddress = new Map<string, PersonId>();
  private readonly bySubject = new Map<string, PersonId>();
  private readonly byToken = new Map<string, PersonId>();
  private readonly cards = new Map<PersonId, Card>();
  /** How often a card was taken away: one that is being read meanwhile may be of before. */
  private taken = 0;
  private readonly listeners: ((person: PersonId, why: 'erased' | 'closed') => void | Promise<void>)[] = [];
  private readonly tail: LogTail;

  constructor(
    private readonly store: EventStore,
    private readonly log: SealedLog,
    private readonly keys: PersonKeys,
  ) {
    this.tail = new LogTail(store, [PERSON_CATEGORY, CREDENTIAL_CATEGORY], (event) => this.take(event));
  }

  /** Resolves when everything is folded that was on the log when it was called. */
  catchUp(): Promise<void> {
    return this.tail.catchUp();
  }

  /** Follows the log until `signal`: what another node erases or closes is forgotten here within moments. */
  async follow(signal: AbortSignal, onStep: () => void = () => undefined): Promise<void> {
    const { position: after } = this.tail;
    const place = { categories: [PERSON_CATEGORY], signal, ...(after !== undefined && { after }) };
    for await (const _ of this.store.subscribePages(place)) {
      onStep();
      try {
        await this.catchUp();
      } catch (error) {
        // Whoever asks next catches up, or learns that it is still away.
        if (!(error instanceof StoreUnavailable)) throw error;
      }
    }
  }

  /** Called once for each person whose account ends: when it does, and at each start for all before. */
  onEnd(listener: (person: PersonId, why: 'erased' | 'closed') => void | Promise<void>): void {
    this.listeners.push(listener);
  }

  phaseOf(id: PersonId): Entry['phase'] {
    return this.entries.get(id)?.phase ?? 'none';
  }

  /** Neither closed nor erased: those who are registered or have joined. */
  get persons(): readonly PersonId[] {
    return [...this.entries].flatMap(([id, { phase }]) => (phase === 'registered' || phase === 'joined' ? [id] : []));
  }

  /** Whose key is missing or another one: for whoever looks after the installation. */
  get unreadable(): readonly PersonId[] {
    return [...this.entries].flatMap(([id, { phase }]) => (phase === 'unreadable' ? [id] : []));
  }

  /** The last one of each person, however long ago. */
  get resets(): readonly (Reset & { readonly person: PersonId })[] {
    return [...this.entries].flatMap(([person, { reset }]) => (reset ? [{ person, ...reset }] : []));
  }

  get size(): number {
    return this.entries.size;
  }

  /**
   * Who has it: nobody any more whose account is closed. Of two that were registered with it at once, on two nodes, the one
   * that is first on the log.
   */
  async withAddress(address: string): Promise<PersonId | undefined> {
    return this.byAddress.get(addressKey(await this.keys.ofServer(), addressOf(address)));
  }

  /** Closed accounts that had the address of this one: what stands on record of them may be of the same person. */
  formerly(id: PersonId): readonly PersonId[] {
    const { address } = this.entries.get(id) ?? {};
    if (address === undefined) return [];
    return [...this.entries].flatMap(([other, entry]) =>
      other !== id && entry.phase === 'closed' && entry.address === address ? [other] : [],
    );
  }

  /** Who signs in by it. Of two that were linked with it at once, on two nodes, the one that is first on the log. */
  async withSubject(subject: Subject): Promise<PersonId | undefined> {
    return this.bySubject.get(subjectKey(await this.keys.ofServer(), subject));
  }

  /** Nothing for those whose account is closed or erased. */
  withToken(token: string): PersonId | undefined {
    return this.byToken.get(token);
  }

  /** Nothing where there is nobody, or nobody any more. */
  async cardOf(id: PersonId): Promise<Card | undefined> {
    const known = this.cards.get(id);
    if (known) return known;
    if (!this.entries.has(id) || this.phaseOf(id) === 'erased') return undefined;
    const { taken } = this;
    const { state } = await this.log.stateOf(personStream(id), person);
    if (state.name === undefined || state.address === undefined) return undefined;
    const card = { person: id, name: state.name, address: state.address };
    if (taken === this.taken) this.keep(card);
    return card;
  }

  private keep(card: Card): void {
    this.cards.set(card.person, card);
    if (this.cards.size > MOST_CARDS) this.cards.delete(this.cards.keys().next().value!);
  }

  private takeAway(id: PersonId): void {
    this.cards.delete(id);
    this.taken++;
  }

  private async take(recorded: RecordedEvent): Promise<void> {
    const id = personOfStream(recorded.stream);
    const entry = this.entries.get(id) ?? { phase: 'none', tokens: new Set<string>() };
    this.entries.set(id, entry);
    if (entry.phase === 'erased' && recorded.type !== 'PersonErased') return;
    try {
      const event = (await this.log.open(recorded)) as PersonEvent | CredentialEvent;
      await this.fold(id, entry, event, recorded.metadata['recordedAt']!);
    } catch (error) {
      // Without its key, or with another one, this account cannot be used; all the others can. It may have been erased since.
      if (!(error instanceof KeyMissing || error instanceof SealBroken)) throw error;
      entry.phase = 'unreadable';
    }
  }

  private async fold(id: PersonId, entry: Entry, event: PersonEvent | CredentialEvent, at: string): Promise<void> {
    switch (event.type) {
      case 'PersonRegistered':
        entry.phase = 'registered';
        entry.address = addressKey(await this.keys.ofServer(), event.data.address);
        if (!this.byAddress.has(entry.address)) this.byAddress.set(entry.address, id);
        return;
      case 'PersonJoined':
        entry.phase = 'joined';
        return;
      case 'PersonCorrected':
        this.takeAway(id);
        return;
      case 'AccountClosed':
        this.end(id, entry, 'closed');
        return this.tell(id, 'closed');
      case 'PersonErased':
        this.end(id, entry, 'erased');
        delete entry.address;
        // Again on each node and at each start, also after the folder was brought back from an old backup.
        await this.tell(id, 'erased');
        return this.keys.destroy(id);
      case 'TokenIssued':
        if (entry.phase !== 'closed') {
          entry.tokens.add(event.data.token);
          this.byToken.set(event.data.token, id);
        }
        return;
      case 'TokenRevoked':
        entry.tokens.delete(event.data.token);
        this.byToken.delete(event.data.token);
        return;
      case 'SecondFactorReset':
        entry.reset = { reset: event.data.reset, at };
        return;
      case 'SubjectLinked': {
        this.unlink(id, entry);
        if (entry.phase === 'closed') return;
        entry.subject = subjectKey(await this.keys.ofServer(), event.data);
        if (!this.bySubject.has(entry.subject)) this.bySubject.set(entry.subject, id);
        return;
      }
      case 'SubjectUnlinked':
        this.unlink(id, entry);
    }
  }

  private end(id: PersonId, entry: Entry, phase: 'closed' | 'erased'): void {
    entry.phase = phase;
    this.takeAway(id);
    for (const token of entry.tokens) this.byToken.delete(token);
    entry.tokens.clear();
    this.unlink(id, entry);
    // Whoever comes back is invited as somebody new.
    if (entry.address !== undefined && this.byAddress.get(entry.address) === id) this.byAddress.delete(entry.address);
  }

  private unlink(id: PersonId, entry: Entry): void {
    if (entry.subject !== undefined && this.bySubject.get(entry.subject) === id) this.bySubject.delete(entry.subject);
    delete entry.subject;
  }

  private async tell(id: PersonId, why: 'erased' | 'closed'): Promise<void> {
    for (const listener of this.listeners) await listener(id, why);
  }
}
