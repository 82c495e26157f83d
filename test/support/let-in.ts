import { Admission } from '#identity';
import type { RecordedCommand } from '#commands';

/** As where nobody signs in, and what reminders record: who may give it is not what is looked at here. */
export function letIn<C extends RecordedCommand>(command: C): C {
  const name = (Object.getPrototypeOf(command) as object).constructor.name as 'RecordReminder';
  return name === 'RecordReminder'
    ? Admission.onErrand('reminders', command)
    : Admission.whereNobodySignsIn(name)!.lets(command);
}
