import { type ImportStep, StepRefused } from '#reference-data';
import { COMMANDS } from '../commands.js';
import { faultsOf } from '../faults.js';
import { commandOf, type RecordedCommand } from '../recorded-command.js';
import type { Given } from '../recorder.js';
import { uuidV5 } from '../uuid-v5.js';
import { IMPORTER } from './importer.js';

/** Namespace of the ids of imported commands. Never to be changed: it is what makes a second import find the first. */
const IMPORT_COMMANDS = '2c5d8c57-0f0e-4f5a-8f43-1f7c2f0b9d11';

/** The command that a step of the public record is given as. `StepRefused` with the first field that it does not take. */
export function commandOfStep(step: ImportStep): RecordedCommand {
  const of = COMMANDS[step.command] as new () => RecordedCommand;
  const [fault] = faultsOf(of, asPeopleSend(step));
  if (fault) throw new StepRefused('command-invalid', fault.message, fault.field);
  const commandId = uuidV5(step.key, IMPORT_COMMANDS);
  const given: Given = { commandId, actor: IMPORTER, role: 'secretariat', correlationId: step.recordedFor };
  return commandOf(of, step.fields as never, given);
}

/** Whose a judgement is, nobody can send: it is theirs. Only an edition of the record says whose it was. */
function asPeopleSend({ command, fields }: ImportStep): object {
  if (command !== 'RecordAction') return fields;
  const { scope, vision, ...rest } = fields;
  return { ...rest, scope: withoutJudge(scope), ...(vision && { vision: withoutJudge(vision) }) };
}

function withoutJudge(judgement: { readonly by?: string }): object {
  const { by: _, ...said } = judgement;
  return said;
}
