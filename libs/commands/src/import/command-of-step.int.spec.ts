import { describe, expect, it } from '@jest/globals';
import { recordAsSteps, StepRefused } from '#reference-data';
import { COMMANDS } from '../commands.js';
import { faultsOf } from '../faults.js';
import { commandOfStep } from './command-of-step.js';

describe('a step of the public record', () => {
  const [step] = recordAsSteps();

  it('names the field that no command takes', () => {
    const broken = { ...step!, fields: { ...step!.fields, name: '\u202egnihtemos' } } as typeof step;
    expect(() => commandOfStep(broken!)).toThrow(StepRefused);
    expect(() => commandOfStep(broken!)).toThrow(/name must/);
  });

  it('says whose the judgements on an action were, which nobody can send', () => {
    const recording = recordAsSteps().find(({ command }) => command === 'RecordAction')!;
    const command = commandOfStep(recording);
    expect(command).toMatchObject({ scope: { by: 'para71-editorial' }, vision: { by: 'para71-editorial' } });
    expect(faultsOf(COMMANDS.RecordAction, recording.fields).map(({ field }) => field)).toEqual([
      'scope.by',
      'vision.by',
    ]);
  });

  it('gives the same command the same id every time, and says for which row it was made', () => {
    const [first, second] = [commandOfStep(step!), commandOfStep(step!)];
    expect(first.given.commandId).toBe(second.given.commandId);
    expect(first.given).toMatchObject({ actor: 'record-import', correlationId: step!.recordedFor });
  });
});
