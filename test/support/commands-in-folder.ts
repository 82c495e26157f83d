import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
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

/** As whom a command is given, and under which id; by default under one of its own. */
interface GivenAs {
  readonly actor: string;
  readonly role?: string;
  readonly commandId?: string | undefined;
}

/** All commands on one bus, and a log that is empty at first, in a folder of its own. */
export class CommandsInFolder {
  store!: SqliteEventStore;
  #app!: INestApplicationContext;
  #ids = 0;

  static forEachTest(): CommandsInFolder {
    return CommandsInFolder.#between(beforeEach, afterEach);
  }

  static forThisFile(): CommandsInFolder {
    return CommandsInFolder.#between(beforeAll, afterAll);
  }

  static #between(before: typeof beforeEach, after: typeof afterEach): CommandsInFolder {
    const on = new CommandsInFolder();
    let folder: string;
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'para71-handlers-'));
      await on.#open(join(folder, 'events.db'));
    });
    after(async () => {
      await on.#app.close();
      await on.store.close();
      rmSync(folder, { recursive: true });
    });
    return on;
  }

  /** As the API does: what is sent is checked, and put on the bus. By the secretariat, unless somebody else is named. */
  perform(name: CommandName, sent: object, actor = 'editor', commandId?: string): Promise<Recorded> {
    expect(faultsOf(COMMANDS[name] as new () => RecordedCommand, sent)).toEqual([]);
    return this.give(name, sent, { actor, commandId, ...(actor === 'editor' && { role: 'secretariat' }) });
  }

  /** Unchecked: for who tries what may not be sent. */
  give(name: CommandName, sent: object, { commandId = this.#freshId(), ...by }: GivenAs): Promise<Recorded> {
    const given = { commandId, ...by, correlationId: 'request-1' };
    const command = commandOf(COMMANDS[name] as new () => RecordedCommand, sent, given);
    return this.#app.get(CommandBus, { strict: false }).execute(letIn(command));
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

  #freshId(): string {
    return `018f4a52-6b1e-7cc4-9d0e-${String(this.#ids++).padStart(12, '0')}`;
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
