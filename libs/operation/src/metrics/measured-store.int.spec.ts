import { expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogReader, openThrowawayStore } from '#event-store';
import { MeasuredStore } from './measured-store.js';
import { Metrics } from './metrics.js';

it('A store that is measured can be read beside it as the one that it is made of', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'para71-'));
  const store = new MeasuredStore(await openThrowawayStore(folder), new Metrics().appends);
  const event = { id: '11111111-1111-4111-8111-111111111111', type: 'Told', data: {}, metadata: {} };
  const { position } = await store.append('example-1', 'no-stream', [event]);
  const reader = await openLogReader(store.aside!);
  expect(await reader.end()).toEqual({ position, events: 1 });
  await reader.close();
  await store.close();
  rmSync(folder, { recursive: true });
});
