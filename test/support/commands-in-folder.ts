import { afterEach, beforeEach, expect } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commandOf,
  type CommandName,
  COMMANDS,
  CommandsModule,
  faultsOf,
  type Recorded,
  type RecordedCommand,
  RecordingClock,
} from '#commands';
import { SqliteEventStore } from '#event-store';
import { ADMITTED_ALONE } from '#identity';
import { FrozenClock, sampleVocabulary } from '#testing';
import type { Deed } from './deeds-of-a-year.js';
import { letIn } from './let-in.js';

/** What each test of a file begins with: all commands on one bus, and an empty log in a folder of its own. */
export class CommandsInFolder {
  store!: SqliteEventStore;
  #app!: INestApplicationContext;
  #ids = 0;

  static forEachTest(): CommandsInFolder {
    const on = new CommandsInFolder();
    let folder: string;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'para71-handlers-'));
      await on.#open(join(folder, 'events.db'));
    });
    afterEach(async () => {
      await on.#app.close();
      await on.store.close();
      rmSync(folder, { recursive: true });
    });
    return on;
  }

  /** As the API does: what is sent is checked, and put on the bus. By the secretariat, unless somebody else is named. */
  perform(name: CommandName, sent: object, actor = 'editor', commandId?: string): Promise<Recorded> {
    const of = COMMANDS[name] as new () => RecordedCommand;
    expect(faultsOf(of, sent)).toEqual([]);
    const fresh = `018f4a52-6b1e-7cc4-9d0e-${String(this.#ids++).padStart(12, '0')}`;
    const role = actor === 'editor' && { role: 'secretariat' };
    const given = { commandId: commandId ?? fresh, actor, ...role, correlationId: 'request-1' };
    return this.#app.get(CommandBus, { strict: false }).execute(letIn(commandOf(of, sent, given)));
  }

  async performAll(deeds: readonly Deed[]): Promise<void> {
    for (const deed of deeds) await this.perform(...deed);
  }

  async typesIn(stream: string): Promise<string[]> {
    const types: string[] = [];
    for await (const event of this.store.read(stream)) types.push(event.type);
    return types;
  }

  async lastIn(stream: string): Promise<object> {
    let data: object = {};
    for await (const event of this.store.read(stream, { direction: 'backwards', limit: 1 })) data = event.data;
    return data;
  }

  async #open(file: string): Promise<void> {
    this.store = SqliteEventStore.open(file);
    const clock = new RecordingClock(new FrozenClock('2026-01-15T09:00:00Z').now);
    const commands = CommandsModule.register({
      store: this.store,
      vocabulary: sampleVocabulary,
      admitted: ADMITTED_ALONE,
      clock,
    });
    this.#app = await Test.createTestingModule({ imports: [commands] }).compile();
    await this.#app.init();
  }
}
