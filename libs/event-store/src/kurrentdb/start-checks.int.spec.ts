import { status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { failure } from '../../../../test/stand-in/messages.js';
import { CA_FILE, StandIn } from '../../../../test/stand-in/stand-in.js';
import { Refusal } from '../../../../test/stand-in/stand-in-log.js';
import { StoreOnStandIn, unavailable } from '../../../../test/stand-in/store-on-stand-in.js';
import { collect, some } from '../contract/stage.contract.js';

const on = StoreOnStandIn.forEachTest();

/** Reads that fail are tried until then, and an append has all of it for its answer. */
const READS_FAIL = { attemptMs: 5_000, callMs: 5_000 };

describe('opening', () => {
  it('leaves no trace in the record', async () => {
    const fresh = await StandIn.start();
    const first = await on.open(fresh.url);
    const second = await on.open(fresh.url);
    expect(await collect(first.readAll())).toEqual([]);
    await first.close();
    await second.close();
    await fresh.stop();
  });

  it('takes the older name of the scheme', async () => {
    await on.open(on.server.url.replace('kurrentdb:', 'esdb:'));
  });

  it.each<[string, (ports: readonly number[]) => string]>([
    ['its members', (ports) => `kurrentdb://${ports.map((port) => `127.0.0.1:${port}`).join(',')}`],
    ['one name that stands for it', (ports) => `kurrentdb+discover://127.0.0.1:${ports.at(-1)}`],
  ])('finds the leader of a cluster by %s', async (_, urlOf) => {
    const cluster = await StandIn.start({ nodes: 3 });
    const store = await on.open(`${urlOf(cluster.nodes.map(({ port }) => port))}?tls=false`);
    await store.append(on.stream, 'no-stream', some(1));
    expect(await collect(store.read(on.stream))).toHaveLength(1);
    await store.close();
    await cluster.stop();
  });

  it('says that the server cannot be reached', async () => {
    await expect(on.open('kurrentdb://127.0.0.1:1?tls=false', { callMs: 400 })).rejects.toEqual(
      unavailable(/^KurrentDB at 127\.0\.0\.1:1 cannot be used: .*reading a stream fails.*Check that it runs/),
    );
  });

  it('says that a server is too old that does not take appends in one stream', async () => {
    on.node.faults = { cannot: 'batchappend' };
    await expect(on.open()).rejects.toEqual(
      unavailable(/cannot be used: appending to a stream fails .*Use a server of 24\.10 or later/),
    );
  });

  it('says that the service user may not read the log, and which grant it needs', async () => {
    on.node.faults = {
      before: async (call) => {
        if (call === 'read-all') throw new Refusal('access-denied');
      },
    };
    await expect(on.open()).rejects.toEqual(
      unavailable(/cannot be used: reading the log fails \(access-denied.*set the metadata of \$all to/),
    );
  });

  it.each([
    ['read', 'reading a stream'],
    ['append', 'appending to a stream'],
  ] as const)('says that to %s is denied, and to check user and password', async (kind, what) => {
    on.node.faults = {
      before: async (call) => {
        if (call === kind) throw new Refusal('access-denied');
      },
    };
    await expect(on.open()).rejects.toEqual(
      unavailable(new RegExp(`cannot be used: ${what} fails \\(access-denied.*Check user and password`)),
    );
  });

  it('trusts the authority that it is given, and asks for one otherwise', async () => {
    const secure = await StandIn.start({ tls: true });
    const url = secure.url.replace('127.0.0.1', 'localhost');
    const trusting = await on.open(`${url}&tlsCaFile=${CA_FILE}`);
    await trusting.append(on.stream, 'no-stream', some(1));
    expect(await collect(trusting.read(on.stream))).toHaveLength(1);
    await expect(on.open(url, READS_FAIL)).rejects.toEqual(unavailable(/tlsCaFile=<path>/));
    await trusting.close();
    await secure.stop();
  });

  it('says that reads do not trust the authority that Node was told of, although appends do', async () => {
    const secure = await StandIn.start({ tls: true });
    const child = join(import.meta.dirname, '../../../../test/kurrentdb/open-child.ts');
    const hooks = join(import.meta.dirname, '../../../../test/support/typescript.mjs');
    // Of its own: other variables than this one, too, can say what one half of the client trusts.
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', hooks, child, secure.url.replace('127.0.0.1', 'localhost')],
      { env: { NODE_EXTRA_CA_CERTS: CA_FILE } },
    );
    expect(stdout).toMatch(/cannot be used: reading [^,]*, [^,]*, reading .*NODE_EXTRA_CA_CERTS does not reach them$/);
    expect(stdout).not.toMatch(/appending/);
    await secure.stop();
  }, 60_000);

  it('does not speak of certificates where a server without TLS answers appends alone', async () => {
    on.node.faults = {
      before: async (call) => {
        if (call !== 'append') throw failure(status.UNAVAILABLE, 'Server Is Not Ready');
      },
    };
    const opening = on.open(on.server.url, READS_FAIL);
    await expect(opening).rejects.toEqual(unavailable(/reading .*Check that it runs and can be reached/));
    await expect(opening).rejects.not.toEqual(unavailable(/appending|tlsCaFile/));
  });
});
