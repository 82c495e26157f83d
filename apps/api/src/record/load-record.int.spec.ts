import { afterEach, describe, expect, it } from '@jest/globals';
import { recordAsSteps, StepRefused } from '#reference-data';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';
import { commandFrom } from './load-record.js';

describe('loading the record', () => {
  let product: RunningProduct | undefined;
  afterEach(() => product?.remove());

  it('as a dry run looks at every command and gives none', async () => {
    product = await runProduct({ record: 'dry-run' });
    const total = recordAsSteps().length;
    expect(product.loaded).toMatchObject({ dryRun: true, total, done: total, recorded: 0, refused: [] });
    expect(product.views.head.sequence).toBe(-1);
  }, 30_000);

  it('names the field of a row that no command takes', () => {
    const [step] = recordAsSteps();
    const broken = { ...step!, fields: { ...step!.fields, name: '\u202egnihtemos' } } as typeof step;
    expect(() => commandFrom(broken!)).toThrow(StepRefused);
    expect(() => commandFrom(broken!)).toThrow(/name must/);
  });

  it('gives the same command the same id every time, and says for which row it was made', () => {
    const [step] = recordAsSteps();
    const [first, second] = [commandFrom(step!), commandFrom(step!)];
    expect(first.given.commandId).toBe(second.given.commandId);
    expect(first.given).toMatchObject({ actor: 'record-import', correlationId: step!.recordedFor });
  });
});
