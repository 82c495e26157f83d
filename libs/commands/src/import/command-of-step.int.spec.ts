import { describe, expect, it } from '@jest/globals';
import { recordAsSteps, StepRefused } from '#reference-data';
import { commandOfStep } from './command-of-step.js';

describe('a step of the public record', () => {
  const [step] = recordAsSteps();

  it('names the field that no command takes', () => {
    const broken = { ...step!, fields: { ...step!.fields, name: '\u202egnihtemos' } } as typeof step;
    expect(() => commandOfStep(broken!)).toThrow(StepRefused);
    expect(() => commandOfStep(broken!)).toThrow(/name must/);
  });

  it('gives the same command the same id every time, and says for which row it was made', () => {
    const [first, second] = [commandOfStep(step!), commandOfStep(step!)];
    expect(first.given.commandId).toBe(second.given.commandId);
    expect(first.given).toMatchObject({ actor: 'record-import', correlationId: step!.recordedFor });
  });
});
