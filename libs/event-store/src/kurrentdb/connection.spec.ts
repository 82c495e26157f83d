import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Client } from './client.js';
import { Connection } from './connection.js';

describe('Connection', () => {
  const disposed: number[] = [];
  let hang = false;
  const clientOf = (n: number) =>
    ({
      dispose: () => {
        disposed.push(n);
        return hang ? new Promise(() => {}) : Promise.resolve();
      },
    }) as unknown as Client;
  let made: number;
  let connection: Connection;

  beforeEach(() => {
    jest.useFakeTimers();
    made = 0;
    hang = false;
    disposed.length = 0;
    const connect = (n: number) => {
      made = n + 1;
      return clientOf(n);
    };
    connection = new Connection({ connect, graceMs: 1_000, random: () => 1 });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('makes one new client for all who saw the same one fail, and tells who follows by it', () => {
    const { link } = connection;
    for (let i = 0; i < 20; i++) connection.replace(link);
    expect(made).toBe(2);
    expect(link.lost.aborted).toBe(true);
    expect(connection.link.lost.aborted).toBe(false);
  });

  it('makes the next ones ever more slowly, until one has answered', () => {
    const failFor = (ms: number) => {
      for (const end = performance.now() + ms; performance.now() < end; jest.advanceTimersByTime(10)) {
        connection.replace(connection.link);
      }
      return made;
    };
    expect(failFor(300)).toBe(4);
    expect(failFor(60_000)).toBeLessThan(45);
    const before = made;
    connection.answered();
    jest.advanceTimersByTime(2_000);
    expect(failFor(300)).toBe(before + 3);
  });

  it('lets what is under way on the old client end before it is disposed of', () => {
    connection.replace(connection.link);
    jest.advanceTimersByTime(999);
    expect(disposed).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(disposed).toEqual([0]);
  });

  it('does not wait for a client that never disposes of itself', async () => {
    hang = true;
    const closed = connection.close();
    await jest.advanceTimersByTimeAsync(1_000);
    await closed;
    expect(disposed).toEqual([0]);
  });
});
