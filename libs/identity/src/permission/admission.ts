import type { CommandName, RecordedCommand } from '#commands';
import { type About, may, type Who } from './may.js';
import { type Errand, PERMISSIONS, ROLES } from './permissions.js';
import { QUESTIONS } from './questions.js';
import type { ReadName } from './reads.js';

type What = CommandName | ReadName;

/** Nobody can send that from outside: it is a bug. */
export class NotAdmitted extends Error {
  override readonly name = 'NotAdmitted';
  constructor(message: object, why: string) {
    super(`${nameOf(message)} ${why}: see the rows in libs/identity/src/permission`);
  }
}

/** What was let in, and is not on its bus yet. */
const letIn = new WeakSet<object>();

/**
 * Stands in front of both buses, which tell it of a message before they tell its handler: what no `Admission` let in goes no
 * further, and what one did goes once. (Not a context that follows each request about: that would cost every await.)
 */
export const ADMITTED_ALONE = {
  publish(message: object): void {
    if (!letIn.delete(message)) throw new NotAdmitted(message, 'came to a bus without admission');
  },
};

/** Leave by a row of the permission table: to give its command, or to ask its questions and those that are everybody's. */
export class Admission {
  private static readonly byRow = new Map(names(PERMISSIONS).map((what) => [what, new Admission(what)]));

  private readonly messages: ReadonlySet<string>;
  private readonly isForPeople: boolean;

  private constructor(what: What) {
    const questions = names(QUESTIONS).filter(
      (name) => QUESTIONS[name] === what || PERMISSIONS[QUESTIONS[name]].public,
    );
    this.messages = new Set([what, ...questions]);
    this.isForPeople = ROLES.some((role) => PERMISSIONS[what][role] !== undefined);
  }

  /** For somebody; nothing where the table refuses. */
  static for(who: Who | undefined, what: What, about: About = {}): Admission | undefined {
    return may(who, what, about) === 'yes' ? Admission.byRow.get(what) : undefined;
  }

  /** For whoever comes, where nobody can say who that is: to all that anybody may who signs in. */
  static whereNobodySignsIn(what: What): Admission | undefined {
    const admission = Admission.byRow.get(what);
    return admission?.isForPeople ? admission : undefined;
  }

  /** The message, which its bus will take. Refuses one that it is not leave for. */
  lets<Message extends object>(message: Message): Message {
    if (!this.messages.has(nameOf(message))) throw new NotAdmitted(message, 'is not what was admitted');
    letIn.add(message);
    return message;
  }

  /** A command of an errand, which its bus will take. Refuses one that the errand has no column for. */
  static onErrand<C extends RecordedCommand>(errand: Errand, command: C): C {
    const what = nameOf(command) as CommandName;
    const admission = PERMISSIONS[what]?.[errand] === 'any' ? Admission.byRow.get(what) : undefined;
    if (!admission) throw new NotAdmitted(command, `is no part of the errand "${errand}"`);
    return admission.lets(command);
  }
}

export interface CommandsGoHere {
  execute<Result>(command: RecordedCommand): Promise<Result>;
}

/** The bus as each errand has it. */
export const errandsOn =
  (bus: CommandsGoHere) =>
  (errand: Errand): CommandsGoHere => ({ execute: (command) => bus.execute(Admission.onErrand(errand, command)) });

/** By which a bus finds its handler, too. */
function nameOf(message: object): string {
  return (Object.getPrototypeOf(message) as object).constructor.name;
}

function names<Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(table) as Name[];
}
