import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Api, EventLine } from '../support/api.js';
import { compileProduct } from '../support/product-process.js';
import { expectToTellTheSame, Nodes } from './nodes.js';

const CLIENTS = 8;
/** A client that no node answers for so long gives up. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 20;

const registration = {
  name: 'Example Union',
  profile: { kind: 'ACADEMIC', description: 'An example.' },
  sources: [{ title: 'A source', confidence: 'found' }],
};

let nodes: Nodes;
beforeAll(async () => {
  compileProduct();
  nodes = await Nodes.start(['api', 'api', 'worker']);
}, 180_000);
afterAll(() => nodes.remove(), 30_000);

/**
 * A connection that was made in the moment in which a node stopped listening is reset before the node has seen it: to its
 * client that is another word for refused.
 */
const REFUSED = ['ECONNREFUSED', 'ECONNRESET'];

/** What befell the clients beside good answers: refused connections by their codes, and everything else. */
class Trouble {
  readonly refused = new Map<string, number>();
  readonly other: string[] = [];

  /** Asks one node, and while connections are refused the next one. Each attempt has a number. */
  async answer<Body>(first: number, ask: (api: Api, attempt: number) => Promise<Answer<Body>>) {
    const end = performance.now() + PATIENCE_MS;
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await ask(nodes.apis[(first + attempt) % nodes.apis.length]!, attempt);
        return { ...answer, attempt };
      } catch (error) {
        const code = codeOf(error);
        this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
        if (performance.now() > end) throw error;
        await wait(PAUSE_MS);
      }
    }
  }

  note(what: string, { status, text }: Answer<unknown>): void {
    this.other.push(`${what}: ${status} ${text.slice(0, 200)}`);
  }
}

const codeOf = (error: unknown) => ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code ?? String(error);

describe('two nodes and a worker of which one after the other is ended and started again, under load', () => {
  it('refuse connections meanwhile, do nothing else that a client would notice, and tell the same then', async () => {
    const trouble = new Trouble();
    const recorded: { id: string; sequence: number; correlationId: string | undefined }[] = [];
    let over = false;
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      for (let n = 0; !over; n++) {
        const id = `union-${client}-${n}`;
        const attempts: string[] = [];
        const written = await trouble.answer(client + n, (api, attempt) =>
          api.command('PUT', `/api/organizations/${id}`, registration, {
            'Idempotency-Key': id,
            'Correlation-Id': (attempts[attempt] = randomUUID()),
          }),
        );
        if (written.status !== 201) {
          trouble.note(`PUT ${id}`, written);
          continue;
        }
        const { sequence } = written.body;
        recorded.push({ id, sequence, correlationId: attempts[written.attempt] });
        const read = await trouble.answer(client + n + 1, (api) =>
          api.get(`/api/organizations/${id}`, { 'Min-Sequence': String(sequence) }),
        );
        if (read.status !== 200) trouble.note(`GET ${id}`, read);
        await wait(2);
      }
    });
    await wait(300);
    for (const node of [0, 1, 2]) {
      await nodes.restart(node);
      await wait(300);
    }
    over = true;
    await Promise.all(clients);
    process.stdout.write(`${recorded.length} commands; refused: ${JSON.stringify([...trouble.refused])}\n`);

    expect(trouble.other).toEqual([]);
    expect([...trouble.refused.keys()].filter((code) => !REFUSED.includes(code))).toEqual([]);
    expect(recorded.length).toBeGreaterThan(100);
    const last = Math.max(...recorded.map(({ sequence }) => sequence));
    await expectToTellTheSame(nodes, last);
    const [mine, same] = await Promise.all(
      nodes.apis.map((api) => api.get('/api/events', { 'Min-Sequence': String(last) })),
    );
    expect(same!.text).toBe(mine!.text);
    const lines = mine!.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as EventLine);
    expect(lines.map(({ sequence }) => sequence)).toEqual(lines.map((_, n) => n));
    expect(lines).toHaveLength(recorded.length);
    for (const { id, sequence, correlationId } of recorded) {
      // No attempt that was refused has recorded anything.
      expect(lines[sequence]).toMatchObject({ stream: `organization-${id}`, metadata: { correlationId } });
    }
  }, 300_000);
});
