import { createHmac, randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { AppointPerson, commandOf, EndAppointment, GiveMandate } from '#commands';
import { Identity } from '#identity';
import type { AppointedRole, PlatformRole } from '#reporting';
import { type Answer, expectProblem } from './api.js';
import { letIn } from './let-in.js';
import type { RunningProduct } from './product.js';

export interface Persona {
  readonly person: string;
  /** What every request of theirs bears. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Roles {
  readonly mandates?: readonly PlatformRole[];
  readonly appointments?: readonly {
    readonly organization: string;
    readonly role: AppointedRole;
    readonly ended?: true;
  }[];
}

const FROM = '2008-01-01';

/** A person who joined, has a second factor, and gave it just now; `later`: half minutes by which the product's clock is ahead. */
export async function signedIn(
  product: RunningProduct,
  name: string,
  roles: Roles = {},
  later?: number,
): Promise<Persona> {
  const identity = product.app.get(Identity);
  const person = await identity.people.register(name, `${name}@people.example`);
  await identity.people.joinAtOnce(person);
  const { secret } = await identity.credentials.beginSecondFactor(person);
  await identity.credentials.confirmSecondFactor(person, codeNow(secret, later));
  await giveRoles(product, person, roles);
  const cookie = await identity.sessions.begin(person, 'full', { isProven: true });
  return { person, headers: { Cookie: `__Host-para71=${cookie}` } };
}

/** What is not for everybody: not there for who may not read it, and who has not signed in is asked to. */
export function expectNotFor(who: Persona | undefined, answer: Answer<unknown>, code: string): void {
  if (who) expectProblem(answer, 404, code);
  else expectProblem(answer, 401, 'not-signed-in');
}

/** Put on record by the bus, past the gate: who may give them is not what is looked at here. */
export async function giveRoles({ app }: RunningProduct, person: string, roles: Roles): Promise<void> {
  const bus = app.get(CommandBus);
  const given = (actor: string, role?: string) => ({
    commandId: randomUUID(),
    actor,
    ...(role !== undefined && { role }),
    correlationId: randomUUID(),
  });
  // Some are given what an organization would not give them: they have a mandate.
  const office = () => given('office', 'secretariat');
  for (const role of roles.mandates ?? []) {
    for (const actor of ['first-giver', 'second-giver']) {
      const fields = { person, role, from: FROM as GiveMandate['from'] };
      await bus.execute(letIn(commandOf(GiveMandate, fields, given(actor)))).catch(ifHeld);
    }
  }
  for (const { organization, role, ended } of roles.appointments ?? []) {
    const fields = { organization, personId: person, role };
    const from = FROM as AppointPerson['from'];
    await bus.execute(letIn(commandOf(AppointPerson, { ...fields, from }, office())));
    const on = '2008-02-01' as EndAppointment['on'];
    if (ended) await bus.execute(letIn(commandOf(EndAppointment, { ...fields, on }, office())));
  }
}

/** What the mail of their last invitation carries. */
export async function invitationOf({ app, store }: RunningProduct, person: string): Promise<string> {
  let last: string | undefined;
  for await (const page of store.readPages({ categories: ['mail'] })) {
    for (const { data } of page) {
      const { template, facts } = data as { template?: string; facts?: { person: string; invitation: string } };
      if (template === 'invitation' && facts?.person === person) last = facts.invitation;
    }
  }
  const secret = last === undefined ? undefined : await app.get(Identity).people.secretOf(person, last);
  if (secret === undefined) throw new Error(`${person} is not invited`);
  return secret;
}

/** The first two administrators take no second person. */
function ifHeld(error: unknown): void {
  if ((error as { code?: string }).code !== 'mandate-held') throw error;
}

/** As an authenticator computes it (RFC 6238), written apart from the product. `later`: half minutes from now. */
export function codeNow(secret: string, later = 0): string {
  const bits = Array.from(secret, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g)!;
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(Math.floor(Date.now() / 30_000) + later, 4);
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[19]! & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
