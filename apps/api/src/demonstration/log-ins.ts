import { randomBytes, randomUUID } from 'node:crypto';
import type { CommandBus } from '@nestjs/cqrs';
import { commandOf, COMMANDS, type CommandName, type Recorded, type RecordedCommand } from '#commands';
import {
  Admission,
  codeOfStep,
  errandsOn,
  fromBase32,
  type Identity,
  type PersonId,
  stepOf,
  type Who,
} from '#identity';
import type { AppointedRole, PlatformRole } from '#reporting';
import { SERIES, type Stage } from './stage.js';

/** What somebody signs in with. Shown once, and kept nowhere. */
export interface LogIn {
  /** In plain words, what they may do. */
  readonly who: string;
  readonly address: string;
  readonly password: string;
  /** For an authenticator. */
  readonly key: string;
  /** Instead of a code of the authenticator, each one time. */
  readonly recoveryCodes: readonly string[];
}

interface Player {
  readonly name: string;
  readonly mandate?: PlatformRole;
  readonly appointment?: { readonly organization: string; readonly role: AppointedRole };
  /** A report that they are asked to review. */
  readonly reviews?: string;
}

const PLAYERS: readonly Player[] = [
  { name: 'Administrator', mandate: 'administrator' },
  { name: 'Other administrator', mandate: 'administrator' },
  { name: 'Secretary', mandate: 'secretariat' },
  { name: 'Other secretary', mandate: 'secretariat' },
  { name: 'Reviewer', mandate: 'reviewer', reviews: 'sample-institute' },
  { name: 'Auditor', mandate: 'auditor' },
  { name: 'Contributor', appointment: { organization: 'sample-standards-body', role: 'contributor' } },
  { name: 'Signatory', appointment: { organization: 'sample-standards-body', role: 'signatory' } },
  { name: 'Other contributor', appointment: { organization: 'example-registry', role: 'contributor' } },
  { name: 'Other signatory', appointment: { organization: 'example-registry', role: 'signatory' } },
];

/** A start ended while it let people in, before it had shown their passwords, which stand nowhere. */
export class LogInsUnfinished extends Error {
  override readonly name = 'LogInsUnfinished';
  constructor(address: string) {
    super(
      `${address} was let into this demonstration before, and nobody was shown the password: ` +
        'delete the folder of the demonstration, or give DATA_DIR another one, and it is played anew.',
    );
  }
}

export interface Entering {
  readonly identity: Identity;
  readonly bus: CommandBus;
  readonly stage: Stage;
  /** The day in UTC. */
  readonly today: string;
  readonly now: () => number;
}

/** Lets people into the demonstration, each with a password and a second factor of their own. */
export async function makeLogIns({ identity, bus, stage, today, now }: Entering): Promise<LogIn[]> {
  const made: LogIn[] = [];
  const administrators: PersonId[] = [];
  let secretary: PersonId | undefined;
  const give = (by: string, role: PlatformRole, what: CommandName, fields: object) => {
    const of = COMMANDS[what] as new () => RecordedCommand;
    const given = { commandId: randomUUID(), actor: by, role, correlationId: 'demonstration' };
    const command = commandOf(of, fields as never, given);
    if (!administrators.length) return errandsOn(bus)('set-up').execute<Recorded>(command);
    const who: Who = { person: by, mandates: [role], appointments: [], isProven: true };
    return bus.execute<RecordedCommand, Recorded>(Admission.for(who, what)!.lets(command));
  };
  for (const { name, mandate, appointment, reviews } of PLAYERS) {
    const address = `${name.toLowerCase().replaceAll(' ', '-')}@demonstration.example`;
    const { person, ...proofs } = await enter(identity, `Example ${name}`, address, now);
    // What two administrators agree on; before there are two, the first one gives it.
    const [first = person, second] = administrators;
    if (mandate) {
      for (const by of second === undefined ? [first] : [first, second]) {
        await give(by, 'administrator', 'GiveMandate', { person, role: mandate, from: today });
      }
      if (mandate === 'administrator') administrators.push(person);
      if (mandate === 'secretariat') secretary ??= person;
    }
    if (appointment) {
      await give(secretary!, 'secretariat', 'AppointPerson', { ...appointment, personId: person, from: today });
    }
    if (reviews !== undefined) {
      const report = { series: SERIES, year: stage.year, organization: reviews };
      await give(secretary!, 'secretariat', 'AssignReviewer', { ...report, reviewer: person, from: today });
    }
    const who = appointment ? `${appointment.role} of ${appointment.organization}` : mandate!;
    made.push({ who, address, ...proofs });
  }
  // Somebody administers now: nobody else sets it up.
  await identity.setUp.withdraw();
  return made;
}

async function enter(identity: Identity, name: string, address: string, now: () => number) {
  const { people, credentials, directory } = identity;
  if (await directory.withAddress(address)) throw new LogInsUnfinished(address);
  const person = await people.register(name, address);
  await people.joinAtOnce(person);
  const password = randomBytes(15).toString('base64url');
  await credentials.setPassword(person, password);
  const { secret: key } = await credentials.beginSecondFactor(person);
  const recoveryCodes = await credentials.confirmSecondFactor(person, codeOfStep(fromBase32(key), stepOf(now())));
  return { person, password, key, recoveryCodes };
}
