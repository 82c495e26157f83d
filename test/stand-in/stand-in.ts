import { SqliteEventStore } from '#event-store';
import { ServerCredentials } from '@grpc/grpc-js';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StandInLog } from './stand-in-log.js';
import { type Members, StandInNode } from './stand-in-node.js';

export interface StandInOptions {
  readonly nodes?: number;
  readonly tls?: boolean;
  /** With `tls`, in place of its own. */
  readonly certificateFile?: string;
  readonly keyFile?: string;
}

/**
 * Stands in for an EventStoreDB or KurrentDB server in tests: one node or several, over one log of ours in a temporary
 * folder. It is a test fixture: it keeps to the protocol as far as our adapter and the questions in
 * `test/kurrentdb/observed` ask, and those measure it by what a real server answered.
 */
export class StandIn {
  private constructor(
    /** Where its log lies. */
    readonly folder: string,
    private readonly store: SqliteEventStore,
    private readonly members: Members,
    private readonly tls: boolean,
  ) {}

  static async start({ nodes = 1, tls = false, ...certificate }: StandInOptions = {}): Promise<StandIn> {
    const folder = mkdtempSync(join(tmpdir(), 'para71-stand-in-'));
    const store = SqliteEventStore.open(join(folder, 'log.db'));
    const log = new StandInLog(store);
    const all = Array.from(
      { length: nodes },
      () => new StandInNode(log, tls ? certified(certificate) : ServerCredentials.createInsecure()),
    );
    const members = { nodes: all, leader: all[0] };
    for (const node of all) {
      node.members = members;
      await node.start();
    }
    return new StandIn(folder, store, members, tls);
  }

  get nodes(): readonly StandInNode[] {
    return this.members.nodes;
  }

  /** What a client connects to: one node directly, several through their gossip. */
  get url(): string {
    return `kurrentdb://${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=${this.tls}`;
  }

  /** The leader dies; after an election another takes over. Resolves with the dead one, which may be started again. */
  async killLeader(electionMs: number): Promise<StandInNode> {
    const dead = this.members.leader;
    if (!dead) throw new Error('There is no leader to kill');
    this.members.leader = undefined;
    dead.die();
    await delay(electionMs);
    this.members.leader = this.nodes.find((node) => node.alive);
    return dead;
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) node.die();
    await this.store.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** Of the authority that signed for the stand-in. Made for these tests, and of no use elsewhere. */
export const CA_FILE = join(import.meta.dirname, 'tls', 'ca.pem');

function certified({
  certificateFile = join(import.meta.dirname, 'tls', 'server.pem'),
  keyFile = join(import.meta.dirname, 'tls', 'server.key'),
}: Pick<StandInOptions, 'certificateFile' | 'keyFile'>): ServerCredentials {
  const pair = { cert_chain: readFileSync(certificateFile), private_key: readFileSync(keyFile) };
  return ServerCredentials.createSsl(null, [pair]);
}
