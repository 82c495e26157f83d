import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  ReadReq,
  ReadResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  appended,
  askedBy,
  categoriesOf,
  caughtUp,
  checkpoint,
  confirmation,
  eventMessage,
  failure,
  failureOf,
  nameOf,
  notFound,
  passes,
  proposed,
  refused,
} from './messages.js';
import { freePort } from '../support/free-port.js';
import { type Asked, type Entry, Refusal, type StandInLog } from './stand-in-log.js';

export type Call = 'append' | 'read' | 'read-all' | 'subscribe' | 'delete';

interface Asking {
  /** The other end of the connection. */
  readonly peer: string;
  readonly authorization?: string;
  readonly count?: number;
}

/** What a test may put in the way: a hook that waits delays, one that never ends gives no answer, one that throws is the answer. */
export interface Faults {
  /** Before anything is done. */
  before?: (call: Call, asked: Asking) => Promise<void>;
  /** After an append was written, before it is answered. */
  afterAppend?: () => Promise<void>;
  /** Before each message of a subscription. */
  beforeEvent?: () => Promise<void>;
  /** It says of itself that it cannot do this. */
  cannot?: 'batchappend';
  /** It says of itself that it is of this version. */
  version?: string;
}

/** What the nodes of a cluster know of each other. */
export interface Members {
  readonly nodes: readonly StandInNode[];
  /** None during an election. */
  leader: StandInNode | undefined;
}

const VERSION = '24.6.0';
const MAX_MESSAGE = 16 * 1024 * 1024;

/** One server of the protocol on one port of the loopback interface. A node alone is its own leader. */
export class StandInNode {
  readonly id = randomUUID();
  faults: Faults = {};
  port = 0;
  members: Members = { nodes: [this], leader: this };
  #server: Server | undefined;
  readonly #open = new Set<{ end(): unknown }>();

  constructor(
    private readonly log: StandInLog,
    private readonly credentials: ServerCredentials,
  ) {}

  get alive(): boolean {
    return this.#server !== undefined;
  }

  /** Listens, on the port it had before if it had one. */
  async start(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': MAX_MESSAGE, 'grpc.max_send_message_length': -1 });
    server.addService(streamsService.StreamsService, {
      read: (call: ReadCall) => void this.#read(call),
      append: (_: unknown, answer: sendUnaryData<never>) => answer(failure(status.UNIMPLEMENTED, 'Append')),
      batchAppend: (call: BatchCall) => this.#batchAppend(call),
      delete: (call: DeleteCall, answer: sendUnaryData<DeleteAnswer>) => void this.#delete('soft', call, answer),
      tombstone: (call: DeleteCall, answer: sendUnaryData<DeleteAnswer>) =>
        void this.#delete('tombstone', call, answer),
    });
    server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: sendUnaryData<unknown>) => answer(null, supportedMethods(this.faults)),
    });
    server.addService(gossipService.GossipService, {
      read: (_: unknown, answer: sendUnaryData<unknown>) => answer(null, this.#gossip()),
    });
    this.port ||= await freePort();
    await new Promise<void>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.port}`, this.credentials, (error) => (error ? reject(error) : resolve()));
    });
    this.#server = server;
  }

  /** As a killed process: every connection is reset, the port refuses. */
  die(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  /** Ends every stream that a client has open, as if all were done: appends that wait in one are never answered. */
  endStreams(): void {
    for (const call of this.#open) call.end();
    this.#open.clear();
  }

  #gossip() {
    const info = new gossip.ClusterInfo();
    for (const node of this.members.nodes) {
      const state =
        node === this.members.leader ? gossip.MemberInfo.VNodeState.LEADER : gossip.MemberInfo.VNodeState.FOLLOWER;
      info.addMembers(
        new gossip.MemberInfo()
          .setInstanceId(new shared.UUID().setString(node.id))
          .setTimeStamp(String(Date.now()))
          .setIsAlive(node.alive)
          .setState(this.members.leader ? state : gossip.MemberInfo.VNodeState.UNKNOWN)
          .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(node.port)),
      );
    }
    return info;
  }

  #batchAppend(call: BatchCall): void {
    this.#open.add(call);
    const gathered = new Map<string, { first: BatchAppendReq; events: BatchAppendReq.ProposedMessage[] }>();
    call.on('data', (request: BatchAppendReq) => {
      const id = request.getCorrelationId()?.getString() ?? '';
      const batch = gathered.get(id) ?? { first: request, events: [] };
      batch.events.push(...request.getProposedMessagesList());
      gathered.set(id, batch);
      if (!request.getIsFinal()) return;
      gathered.delete(id);
      void this.#appendBatch(call, batch.first, batch.events);
    });
    const end = () => {
      this.#open.delete(call);
      call.end();
    };
    call.on('end', end).on('error', end);
  }

  async #appendBatch(
    call: BatchCall,
    request: BatchAppendReq,
    events: BatchAppendReq.ProposedMessage[],
  ): Promise<void> {
    const options = request.getOptions();
    const stream = nameOf(options?.getStreamIdentifier());
    try {
      await this.faults.before?.('append', whoAsks(call));
      if (!this.members.leader) throw new Refusal('unknown');
      const asked: Asked = options ? askedBy(options) : 'any';
      const last = await this.log.append(stream, asked, events.map(proposed));
      if (this.faults.afterAppend) await this.faults.afterAppend();
      answer(call, appended(request, stream, last));
    } catch (error) {
      if (error instanceof Refusal) answer(call, refused(request, stream, error));
      else call.destroy(error as Error);
    }
  }

  async #delete(how: 'soft' | 'tombstone', call: DeleteCall, answer: sendUnaryData<DeleteAnswer>): Promise<void> {
    const options = call.request.getOptions();
    const stream = nameOf(options?.getStreamIdentifier());
    const asked = options?.hasRevision() ? Number(options.getRevision()) : options?.hasNoStream() ? 'no_stream' : 'any';
    try {
      await this.faults.before?.('delete', whoAsks(call));
      await this.log.delete(stream, asked, how);
      answer(null, how === 'soft' ? new streams.DeleteResp() : new streams.TombstoneResp());
    } catch (error) {
      answer(error instanceof Refusal ? failureOf(error, stream) : (error as Error));
    }
  }

  async #read(call: ReadCall): Promise<void> {
    const options = call.request.getOptions();
    const stream = nameOf(options?.getStream()?.getStreamIdentifier());
    const over = new AbortController();
    call.once('cancelled', () => over.abort()).once('close', () => over.abort());
    this.#open.add(call);
    over.signal.addEventListener('abort', () => this.#open.delete(call));
    try {
      const subscription = options?.hasSubscription() ?? false;
      const kind = subscription ? 'subscribe' : options?.hasAll() ? 'read-all' : 'read';
      await this.faults.before?.(kind, { ...whoAsks(call), count: Number(options?.getCount()) });
      this.#mustLead(call);
      const answers = subscription ? this.#subscription(options, stream, over.signal) : this.#page(options, stream);
      for await (const message of answers) {
        if (subscription && this.faults.beforeEvent) await this.faults.beforeEvent();
        if (over.signal.aborted || !call.writable) return;
        if (!call.write(message)) await once(call, 'drain', { signal: over.signal });
      }
      call.end();
    } catch (error) {
      if (over.signal.aborted) return;
      if (error instanceof Refusal && error.reason === 'stream-not-found') {
        call.write(notFound(stream));
        call.end();
      } else {
        call.emit('error', error instanceof Refusal ? failureOf(error, stream) : error);
      }
    }
  }

  #mustLead(call: ReadCall): void {
    if (call.metadata.get('requires-leader')[0] !== 'true' || this.members.leader === this) return;
    const { leader } = this.members;
    if (!leader) throw failure(status.UNAVAILABLE, 'Server Is Not Ready');
    throw failure(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': '127.0.0.1',
      'leader-endpoint-port': String(leader.port),
    });
  }

  async *#page(options: ReadReq.Options | undefined, stream: string): AsyncGenerator<ReadResp> {
    const limit = Number(options?.getCount());
    if (limit === 0) throw failure(status.INTERNAL, 'maxCount should be positive');
    const backwards = options?.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const named = options?.getStream();
    if (named) {
      if (stream === '') throw failure(status.INTERNAL, 'A stream has a name');
      const from = named.hasRevision() ? Number(named.getRevision()) : named.hasEnd() ? 'end' : 0;
      for await (const entry of this.log.read(stream, from, backwards ? 'backwards' : 'forwards', limit)) {
        yield eventMessage(entry);
      }
      return;
    }
    const filter = options?.getFilter();
    const match = passes(filter);
    const found: Entry[] = [];
    const from = this.#positionIn(options, status.INTERNAL);
    if (backwards) {
      for await (const entry of this.log.after(0)) if (entry.position < from && match(entry)) found.unshift(entry);
    } else {
      for await (const entry of this.log.after(from - 1, categoriesOf(filter))) {
        if (match(entry)) found.push(entry);
        if (found.length === limit) break;
      }
    }
    yield* found.slice(0, limit).map(eventMessage);
  }

  async *#subscription(
    options: ReadReq.Options | undefined,
    stream: string,
    over: AbortSignal,
  ): AsyncGenerator<ReadResp> {
    if (this.log.tombstoned(stream)) throw new Refusal('stream-deleted');
    yield confirmation();
    const named = options?.getStream();
    const filter = options?.getFilter();
    const match = named ? (entry: Entry) => entry.stream === stream : passes(filter);
    const from = named ? 0 : this.#positionIn(options, status.INVALID_ARGUMENT);
    const after = Math.max(
      named?.hasRevision() ? Number(named.getRevision()) : -1,
      named ? this.log.firstShown(stream) - 1 : -1,
    );
    let skip = named?.hasEnd() ?? false;
    const window = (filter?.getMax() || 32) * (filter?.getCheckpointintervalmultiplier() || 1);
    let considered = 0;
    let last = from;
    for await (const step of this.log.follow(from, over, categoriesOf(filter))) {
      if (step === 'live') {
        skip = false;
        if (filter && last > 0) yield checkpoint(last);
        yield caughtUp();
        continue;
      }
      last = step.position;
      if (match(step) && !skip && step.revision > after) yield eventMessage(step);
      if (filter && ++considered % window === 0) yield checkpoint(last);
      if (step.stream === stream && step.type === '$streamDeleted') throw new Refusal('stream-deleted');
    }
  }

  /** The code is what makes the client say what it says of a real server: a read and a subscription are told apart. */
  #positionIn(options: ReadReq.Options | undefined, code: status): number {
    const all = options?.getAll();
    if (all?.hasEnd()) return Number.MAX_SAFE_INTEGER;
    const position = all?.getPosition();
    if (!position) return 0;
    const commit = Number(position.getCommitPosition());
    if (Number(position.getPreparePosition()) > commit || !this.log.knows(commit)) {
      throw failure(code, 'Unexpected position');
    }
    return commit;
  }
}

type ReadCall = ServerWritableStream<ReadReq, ReadResp>;
type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;
type DeleteCall = ServerUnaryCall<DeleteReq, DeleteAnswer>;
type DeleteAnswer = InstanceType<typeof streams.DeleteResp | typeof streams.TombstoneResp>;

function whoAsks(call: ReadCall | BatchCall | DeleteCall): Asking {
  const [authorization] = call.metadata.get('authorization');
  return { peer: call.getPeer(), ...(authorization !== undefined && { authorization: authorization.toString() }) };
}

/** Whoever died meanwhile is not answered. */
function answer(call: BatchCall, message: BatchAppendResp): void {
  if (call.writable && !call.cancelled) call.write(message);
}

function supportedMethods({ cannot, version = VERSION }: Faults) {
  const methods = new features.SupportedMethods().setEventStoreServerVersion(version);
  for (const method of ['append', 'batchappend', 'delete', 'read', 'tombstone']) {
    if (method === cannot) continue;
    methods.addMethods(
      new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(method),
    );
  }
  return methods;
}
