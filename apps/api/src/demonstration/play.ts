import type { CommandBus } from '@nestjs/cqrs';
import { v5 as uuidv5 } from 'uuid';
import { AppointPerson, commandOf, COMMANDS, faultsOf, type Recorded, type RecordedCommand } from '#commands';
import { Admission, type Who } from '#identity';
import type { Views } from '#views';
import { optionsOf } from './options.js';
import { actionsOf, organizationsOf } from './organizations.js';
import { lastYear, thisYear } from './reports.js';
import { reviews } from './reviews.js';
import type { Deed, Stage } from './stage.js';

/** Namespace of the ids of the demonstration's commands: a second playing finds the first. */
const DEMONSTRATION_COMMANDS = '8a4d5c2e-93c1-4f0b-9a53-6f5f0f6f7e11';
const PATIENCE_MS = 30_000;

/** All that happens, in the order of its days; on one day in the order in which it is told. */
function deedsOf(stage: Stage): Deed[] {
  const parts = [organizationsOf, actionsOf, lastYear, thisYear, reviews, optionsOf];
  return parts.flatMap((part) => part(stage)).toSorted((a, b) => a.day - b.day);
}

export interface Playing {
  readonly stage: Stage;
  readonly bus: CommandBus;
  readonly views: Pick<Views, 'head' | 'passedPosition'>;
  /** Told the day of what comes next. */
  readonly onDay: (day: number) => void;
}

/** Gives every command of the demonstration, each once whatever happens in between. Answers how many were new. */
export async function play({ stage, bus, views, onDay }: Playing): Promise<{ deeds: number; recorded: number }> {
  const done = new Map<string, { revision: number; sequence: number }>();
  const cast = new Cast();
  const before = views.head.sequence;
  const deeds = deedsOf(stage);
  let recorded = 0;
  for (const deed of deeds) {
    onDay(deed.day);
    const command = commandFor(deed, done);
    const { revision, position } = await bus.execute<RecordedCommand, Recorded>(cast.admissionFor(deed).lets(command));
    cast.follow(command);
    const sequence = await views.passedPosition(position, PATIENCE_MS);
    if (deed.as !== undefined) done.set(deed.as, { revision, sequence });
    if (sequence > before) recorded++;
  }
  return { deeds: deeds.length, recorded };
}

/** Those who play: each may what the permission table lets them, in what they were appointed to by then. */
class Cast {
  private readonly appointments = new Map<string, Who['appointments']>();

  admissionFor({ by, role, command }: Deed): Admission {
    const appointments = role === 'organization' ? (this.appointments.get(by) ?? []) : [];
    const who: Who = { person: by, mandates: role === 'organization' ? [] : [role], appointments, isProven: true };
    const about = { person: by, organizations: appointments.map(({ organization }) => organization) };
    const admission = Admission.for(who, command, about);
    if (!admission) throw new Error(`In the demonstration ${by} gives ${command}, which as ${role} they may not`);
    return admission;
  }

  follow(command: RecordedCommand): void {
    if (!(command instanceof AppointPerson)) return;
    const { personId, organization, role } = command;
    this.appointments.set(personId, [...(this.appointments.get(personId) ?? []), { organization, role }]);
  }
}

function commandFor(
  { by, role, command, fields, day }: Deed,
  done: ReadonlyMap<string, { revision: number; sequence: number }>,
): RecordedCommand {
  const said = typeof fields === 'function' ? fields((as) => required(done.get(as), as)) : fields;
  const of = COMMANDS[command] as new () => RecordedCommand;
  const [fault] = faultsOf(of, said);
  if (fault) throw new Error(`The demonstration gives ${command} with ${fault.field}, which ${fault.message}`);
  const commandId = uuidv5(JSON.stringify([command, by, day, said]), DEMONSTRATION_COMMANDS);
  return commandOf(of, said as never, { commandId, actor: by, role, correlationId: 'demonstration' });
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`Nothing in the demonstration is called "${name}" before it is needed`);
  return value;
}
