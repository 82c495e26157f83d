import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { refuse } from '../identity-refusal.js';
import { type PersonId, type PersonKeys } from '../keys/person-keys.js';
import type { Allowance, Attempts } from '../session/attempts.js';
import { addressKey, addressOf } from './address.js';
import { type ErasureGround, person, type Person, type PersonCommand } from './person.js';
import { type Card, MOST_PERSONS, type PersonDirectory } from './person-directory.js';
import type { PersonPost } from './person-post.js';
import { newPersonId, personStream, type SealedLog } from './sealed-log.js';

export const INVITATION_MS = 7 * 86_400_000;

const HOUR_MS = 3_600_000;

/** Nobody is to fill the boxes of others with our mail, or to find out by it who has an account. */
const invitationsBy = (person: PersonId): Allowance => ({
  key: `invitations/by/${person}`,
  most: 20,
  withinMs: HOUR_MS,
});

export interface PeopleOptions {
  readonly log: SealedLog;
  readonly keys: PersonKeys;
  readonly directory: PersonDirectory;
  readonly post: PersonPost;
  readonly attempts: Attempts;
  readonly now?: () => number;
}

/** Whom a link is for. */
export interface Invited {
  readonly person: PersonId;
  readonly invitation: string;
  /** RFC 3339, UTC. */
  readonly until: string;
  /** Who sent it. */
  readonly by?: PersonId;
}

export interface PersonShown extends Partial<Card> {
  readonly person: PersonId;
  readonly phase: Person['phase'];
  readonly erasureProposed?: Person['erasure'];
  /** Closed accounts that had the same address. */
  readonly formerly?: readonly PersonId[];
}

/** Who there is: registered and invited by others, joined by themselves, closed, erased. */
export class People {
  private readonly now: () => number;
  private registering: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: PeopleOptions) {
    this.now = options.now ?? Date.now;
  }

  /** A person with an address that nobody else has who could sign in. They cannot sign in before they have joined. */
  register(name: string, address: string, by?: PersonId): Promise<PersonId> {
    // One after the other: two with one address are told apart by who is first.
    const register = () => this.registerNow(name, addressOf(address), by);
    const registered = this.registering.then(register, register);
    this.registering = registered;
    return registered;
  }

  /** Registers somebody and invites them, as often as `invite` does. Who only tries counts as who has invited. */
  async introduce(name: string, address: string, by: PersonId): Promise<PersonId> {
    await this.allowInvitation(invitationsBy(by));
    await this.requireFree(address);
    // Not before: nobody uses up the address of somebody else by trying to register it.
    await this.allowInvitation(await this.invitationsTo(address));
    const id = await this.register(name, address, by);
    await this.sendInvitation(id, by);
    return id;
  }

  /**
   * Sends a link that is good for seven days and one time. The ones before it are void. Again: also for a lost password.
   * At most 20 within an hour by one person, and 3 within a day to one address: `invited-too-often`.
   */
  async invite(id: PersonId, by: PersonId): Promise<void> {
    await this.requireThere(id);
    const card = await this.options.directory.cardOf(id);
    if (card) await this.requireHolder(id, card.address);
    await this.allowInvitation(invitationsBy(by), ...(card ? [await this.invitationsTo(card.address)] : []));
    await this.sendInvitation(id, by);
  }

  /** What the link carries. Derived from the person's key: it stands nowhere, and dies with that. */
  async secretOf(id: PersonId, invitation: string): Promise<string | undefined> {
    const key = await this.options.keys.find(id);
    if (!key) return undefined;
    const secret = createHmac('sha256', key).update(`invitation/${invitation}`).digest('base64url');
    return `${id.slice('person-'.length)}.${secret}`;
  }

  /** Whether it is the person's last one, unused and in time. */
  async isOpen(id: PersonId, invitation: string): Promise<boolean> {
    const { invitation: last, phase } = await this.read(id);
    return phase !== 'closed' && last?.id === invitation && Date.parse(last.until) > this.now();
  }

  /** Whom a link is for. `invitation-void` for whatever else is wrong with it. */
  async invitedBy(secret: string): Promise<Invited> {
    const [suffix = ''] = secret.split('.');
    const id = `person-${suffix}`;
    if (!/^[0-9a-f-]{36}$/.test(suffix)) refuse('invitation-void');
    await this.options.directory.catchUp();
    const invitation = this.isThere(id) ? (await this.read(id)).invitation : undefined;
    const expected = invitation && (await this.secretOf(id, invitation.id));
    if (!invitation || expected === undefined || !isSame(expected, secret) || !(await this.isOpen(id, invitation.id)))
      refuse('invitation-void');
    const { until, by } = invitation;
    return { person: id, invitation: invitation.id, until, ...(by !== undefined && { by }) };
  }

  /** The invitation is used up with it. Of two who use it at once, one is refused. */
  async join(id: PersonId, invitation: string): Promise<void> {
    await this.change(id, { type: 'JoinByInvitation', invitation }, id);
  }

  /** Without a mail, for whoever is there already: the one who sets the installation up. */
  async joinAtOnce(id: PersonId): Promise<void> {
    const invitation = randomUUID();
    const until = new Date(this.now() + 60_000).toISOString();
    await this.change(id, { type: 'InvitePerson', invitation, until }, id);
    await this.join(id, invitation);
  }

  async correct(id: PersonId, name: string, by: PersonId): Promise<void> {
    await this.change(id, { type: 'CorrectPerson', name }, by);
  }

  /**
   * They cannot sign in any more; what they are called is still known. It is not opened again: their roles would come back
   * with it. Whoever returns is invited as somebody new, also under the same address.
   */
  async close(id: PersonId, by: PersonId): Promise<void> {
    await this.change(id, { type: 'CloseAccount' }, by);
  }

  /** Proposes to forget them, or, where another person has proposed it, does: then nobody can read who they were. */
  async erase(
    id: PersonId,
    ground: ErasureGround,
    by: PersonId,
    { anew = false } = {},
  ): Promise<'proposed' | 'erased'> {
    const { phase } = await this.change(id, { type: 'ErasePerson', ground, anew }, by);
    return phase === 'erased' ? 'erased' : 'proposed';
  }

  async show(id: PersonId): Promise<PersonShown> {
    await this.options.directory.catchUp();
    if (!this.isThere(id)) refuse('person-unknown');
    const { phase, name, address, erasure } = await this.read(id);
    const formerly = this.options.directory.formerly(id);
    return {
      person: id,
      phase,
      ...(name !== undefined && { name }),
      ...(address !== undefined && { address }),
      ...(erasure && { erasureProposed: erasure }),
      ...(formerly.length > 0 && { formerly }),
    };
  }

  private async registerNow(name: string, address: string, by?: PersonId): Promise<PersonId> {
    const { directory } = this.options;
    await this.requireFree(address);
    if (directory.size >= MOST_PERSONS) throw new Error(`There are ${MOST_PERSONS} persons, and no more can be kept`);
    const id = newPersonId();
    const { log } = this.options;
    await log.change(personStream(id), person, { type: 'RegisterPerson', name, address }, by ?? id, { begins: true });
    await directory.catchUp();
    if ((await directory.withAddress(address)) === id) return id;
    // Another node was first on the log. This one is nobody, and its key no use.
    await this.change(id, { type: 'CloseAccount' }, by ?? id);
    return refuse('mail-address-taken');
  }

  private allowInvitation(...allowances: readonly Allowance[]): Promise<void> {
    return this.options.attempts.allow('invited-too-often', ...allowances);
  }

  private async invitationsTo(address: string): Promise<Allowance> {
    const key = addressKey(await this.options.keys.ofServer(), addressOf(address));
    return { key: `invitations/to/${key}`, most: 3, withinMs: 24 * HOUR_MS };
  }

  private async sendInvitation(id: PersonId, by: PersonId): Promise<void> {
    const invitation = randomUUID();
    const until = new Date(this.now() + INVITATION_MS);
    await this.change(id, { type: 'InvitePerson', invitation, until: until.toISOString() }, by);
    await this.options.post.send({ kind: 'invitation', person: id, invitation, until });
  }

  private async requireFree(address: string): Promise<void> {
    const { directory } = this.options;
    await directory.catchUp();
    if (await directory.withAddress(address)) refuse('mail-address-taken');
  }

  /** Where a node ended between being second on the log and taking back what it had registered, the address is another's. */
  private async requireHolder(id: PersonId, address: string): Promise<void> {
    const holder = await this.options.directory.withAddress(address);
    if (holder !== undefined && holder !== id && this.options.directory.phaseOf(id) !== 'closed')
      refuse('mail-address-taken');
  }

  private async requireThere(id: PersonId): Promise<void> {
    const { directory } = this.options;
    await directory.catchUp();
    if (directory.phaseOf(id) === 'none') refuse('person-unknown');
    if (directory.phaseOf(id) === 'erased') refuse('person-erased');
  }

  private async change(id: PersonId, command: PersonCommand, by: PersonId): Promise<Person> {
    await this.requireThere(id);
    const { directory, log } = this.options;
    const after = await log.change(personStream(id), person, command, by);
    await directory.catchUp();
    return after;
  }

  private async read(id: PersonId): Promise<Person> {
    return (await this.options.log.stateOf(personStream(id), person)).state;
  }

  private isThere(id: PersonId): boolean {
    return !['none', 'unreadable'].includes(this.options.directory.phaseOf(id));
  }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
