import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CA_FILE, StandIn } from '../../../../test/stand-in/stand-in.js';
import { Refusal } from '../../../../test/stand-in/stand-in-log.js';
import { StoreOnStandIn, unavailable } from '../../../../test/stand-in/store-on-stand-in.js';
import { collect, some } from '../contract/stage.contract.js';

const on = StoreOnStandIn.forEachTest();

describe('a service user of a server with TLS and access control', () => {
  const PARA71 = `Basic ${btoa('para71:s3cret')}`;
  let secure: StandIn;
  /** Who may read the log as a whole, beside the administrators. */
  let granted: string[];
  let asked: Set<string>;
  beforeAll(async () => {
    secure = await StandIn.start({ tls: true });
  });
  afterAll(() => secure.stop());
  beforeEach(() => {
    granted = [PARA71];
    asked = new Set();
    secure.nodes[0]!.faults = {
      before: async (call, { authorization }) => {
        asked.add(call);
        const isOfLog = call === 'read-all' || call === 'subscribe';
        if (authorization !== PARA71 || (isOfLog && !granted.includes(authorization))) {
          throw new Refusal('access-denied');
        }
      },
    };
  });

  const urlOf = (user: string) =>
    secure.url.replace('//127.0.0.1', `//${user}localhost`).concat(`&tlsCaFile=${CA_FILE}`);

  // The stand-in takes appends in one stream and in no other way: a client that provides credentials call by call fails.
  it('is who makes every call, and whose appends go through one stream', async () => {
    const store = await on.open(urlOf('para71:s3cret@'));
    await store.append(on.stream, 'no-stream', some(2));
    expect(await collect(store.read(on.stream))).toHaveLength(2);
    expect(await collect(store.readAll({ categories: [on.category] }))).toHaveLength(2);
    for await (const step of store.subscribe({ categories: [on.category] })) if ('caughtUp' in step) break;
    expect([...asked].sort()).toEqual(['append', 'read', 'read-all', 'subscribe']);
  });

  it('is no administrator, and needs a grant to read the log', async () => {
    granted = [];
    await expect(on.open(urlOf('para71:s3cret@'))).rejects.toEqual(
      unavailable(/cannot be used: reading the log fails [^,]*, [^,]*set the metadata of \$all to \{"\$acl"/),
    );
  });

  it.each([
    ['another password', 'para71:other@'],
    ['nobody', ''],
  ])('is told to check user and password as %s', async (_, user) => {
    await expect(on.open(urlOf(user))).rejects.toEqual(unavailable(/access-denied.*Check user and password/));
  });
});
