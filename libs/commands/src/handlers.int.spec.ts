import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '#event-store';
import { FrozenClock, sampleVocabulary } from '#testing';
import type { CommandName } from './commands.js';
import { COMMANDS } from './commands.js';
import { CommandsModule } from './commands.module.js';
import { exampleYear } from './example-year.js';
import { faultsOf } from './faults.js';
import { commandOf, type RecordedCommand } from './recorded-command.js';
import type { Recorded } from './recorder.js';
import { RecordingClock } from './recording-clock.js';

let folder: string;
let store: SqliteEventStore;
let app: INestApplicationContext;
let ids = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'para71-handlers-'));
  store = SqliteEventStore.open(join(folder, 'events.db'));
  const clock = new RecordingClock(new FrozenClock('2026-01-15T09:00:00Z').now);
  const commands = CommandsModule.register({ store, vocabulary: sampleVocabulary, clock });
  app = await Test.createTestingModule({ imports: [commands] }).compile();
  await app.init();
});

afterEach(async () => {
  await app.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** As the API does: what is sent is checked, and put on the bus. */
function perform(name: CommandName, sent: object, commandId?: string): Promise<Recorded> {
  const of = COMMANDS[name] as new () => RecordedCommand;
  expect(faultsOf(of, sent)).toEqual([]);
  const fresh = `018f4a52-6b1e-7cc4-9d0e-${String(ids++).padStart(12, '0')}`;
  const given = { commandId: commandId ?? fresh, actor: 'editor', correlationId: 'request-1' };
  return app.get(CommandBus, { strict: false }).execute(commandOf(of, sent, given));
}

async function performAll(deeds: readonly (readonly [CommandName, object])[]): Promise<void> {
  for (const [name, sent] of deeds) await perform(name, sent);
}

async function typesIn(stream: string): Promise<string[]> {
  const types: string[] = [];
  for await (const event of store.read(stream)) types.push(event.type);
  return types;
}

async function lastIn(stream: string): Promise<object> {
  let data: object = {};
  for await (const event of store.read(stream, { direction: 'backwards', limit: 1 })) data = event.data;
  return data;
}
