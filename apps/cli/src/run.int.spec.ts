import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicEvent } from '#commands';
import { SqliteEventStore } from '#event-store';
import { recordAsSteps } from '#reference-data';
import { Interrupted } from './faults.js';
import { run } from './run.js';

let dataDir: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'para71-'));
  env = { DATA_DIR: dataDir };
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

interface Told {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function para71(args: string, { colours = false, signal = new AbortController().signal } = {}): Promise<Told> {
  const told = { out: '', err: '' };
  const code = await run(args.split(' ').filter(Boolean), {
    env,
    out: (text) => void (told.out += text),
    err: (text) => void (told.err += text),
    colours,
    isTerminal: false,
    signal,
  });
  return { code, ...told };
}

const logFile = () => join(dataDir, 'events.sqlite');
const event = (text = 'text', recordedAt = '2026-01-15T09:30:00.000Z') => ({
  id: randomUUID(),
  type: 'OrganizationRenamed',
  data: { name: text, reason: 'Example' },
  metadata: { recordedAt, v: '1' },
});

async function withLog<T>(use: (store: SqliteEventStore) => Promise<T>): Promise<T> {
  const store = SqliteEventStore.open(logFile());
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

describe('para71', () => {
  it('shows examples first', async () => {
    expect(await para71('--help')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Examples:\n {2}\$ para71/),
      err: '',
    });
    expect(await para71('migrate --help')).toMatchObject({ code: 0, out: expect.stringMatching(/^Examples:/) });
  });

  it('tells its version', async () =>
    expect(await para71('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d/) }));

  it.each([
    ['migrat --to x', /Did you mean migrate/],
    ['migrate --tp x', /Did you mean --to/],
    ['migrate', /--to <url>/],
    ['migrate --to sqlite:a --to-file b', /cannot be used with/],
    ['import --record other', /Allowed choices are wsis/],
    ['', /Usage/],
  ])('ends with 2 where it does not understand: %s', async (args, words) => {
    expect(await para71(args)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(words) });
  });

  it('ends with 2 and all faults of a configuration that cannot be used', async () => {
    env = { ...env, PORT: 'x', RECORD: 'y' };
    expect(await para71('rebuild')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/PORT is "x"[^]*RECORD is "y"/),
    });
  });

  it('ends with 130 when it is interrupted', async () => {
    await withLog((store) => store.append('organization-a', 'no-stream', [event()]));
    const told = await para71(`migrate --to sqlite:${join(dataDir, 'copy.sqlite')}`, {
      signal: AbortSignal.abort(new Interrupted()),
    });
    expect(told).toMatchObject({ code: 130, out: '', err: expect.stringMatching(/it goes on from there/) });
  });

  it('shows no password and nothing of an event that would act on the terminal', async () => {
    await withLog((store) => store.append('organization-a', 'no-stream', [event()]));
    const told = await para71('migrate --to kurrentdb://admin:secret@localhost:1?tls=perhaps\u001b[2J\u202e');
    expect(told.code).toBe(1);
    expect(told.err).not.toMatch(/secret/);
    for (const acting of ['\u001b', '\u202e']) expect(told.err).not.toContain(acting);
  });
});

describe('para71 migrate', () => {
  it('does not begin a log where there should be one', async () => {
    const told = await para71(`migrate --to sqlite:${join(dataDir, 'copy.sqlite')}`);
    expect(told).toMatchObject({ code: 1, err: expect.stringMatching(/There is no log in .*DATA_DIR/) });
    expect(existsSync(logFile())).toBe(false);
  });

  it('takes no store for its own copy', async () => {
    expect(await para71(`migrate --to sqlite:${logFile()}`)).toMatchObject({ code: 2 });
  });

  it('takes a URL from a file, and tells its result in JSON', async () => {
    await withLog((store) => store.append('organization-a', 'no-stream', [event()]));
    const [url, file] = [`sqlite:${join(dataDir, 'new', 'copy.sqlite')}`, join(dataDir, 'url')];
    writeFileSync(file, `${url}\n`);
    const { code, out } = await para71(`migrate --to-file ${file} --json`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ to: url, events: 1, streams: 1, alreadyThere: 0, grown: false });
  });

  it('compares the views, too, and leaves them out where it is told to', async () => {
    await withLog(async (store) => {
      await store.append('organization-a', 'no-stream', [event()]);
      await store.append('mail-b', 'no-stream', [event()]);
    });
    const { digest } = JSON.parse((await para71('rebuild --digest --json')).out) as { digest: string };
    const copyTo = (name: string) => `migrate --to sqlite:${join(dataDir, name)}`;
    const told = JSON.parse((await para71(`${copyTo('1.sqlite')} --json`)).out) as object;
    expect(told).toMatchObject({ events: 2, sequences: 1, digest });
    expect((await para71(copyTo('2.sqlite'))).out).toContain(
      `The views of both number 1 event and have the digest ${digest}`,
    );
    const { code, out } = await para71(`${copyTo('3.sqlite')} --no-views`);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/SHA-256[^]*views were not compared/) });
  });

  it('copies a log that this edition cannot tell of, and says that it could not compare all', async () => {
    const unknown = { ...event(), type: 'ActionPraised' };
    await withLog((store) => store.append('action-b', 'no-stream', [unknown]));
    const there = `migrate --to sqlite:${join(dataDir, 'copy.sqlite')}`;
    expect(await para71(there)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/logs are the same[^]*ActionPraised[^]*--no-views/),
    });
    expect(await para71(`${there} --no-views`)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/1 of them was there already/),
    });
  });
});

describe('para71 import', () => {
  it('records the public record, adds nothing the second time, and never records earlier than the log', async () => {
    const late = '2999-01-01T00:00:00.000Z';
    await withLog((store) => store.append('person-1', 'no-stream', [event('late', late)]));
    const first = JSON.parse((await para71('import --json')).out) as { total: number };
    expect(first).toMatchObject({ recorded: first.total, repeated: 0, refused: [] });
    const second = JSON.parse((await para71('import --json')).out) as object;
    expect(second).toMatchObject({ recorded: 0, repeated: first.total });
    const times = await withLog(async (store) => {
      const found = new Set<string | undefined>();
      for await (const { metadata } of store.readAll()) found.add(metadata['recordedAt']);
      return [...found];
    });
    expect(times).toEqual([late]);
  }, 60_000);

  it('as a dry run leaves nothing behind', async () => {
    expect(await para71('import --dry-run')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Edition .* 0 refused/),
    });
    expect(existsSync(logFile())).toBe(false);
  }, 60_000);

  it('tells every refused row with file, row, field and reason, and ends with 1', async () => {
    const [step] = recordAsSteps();
    const taken = {
      ...event(),
      type: 'OrganizationRegistered',
      data: { name: 'Example Registry', profile: {}, sources: [] },
    };
    await withLog((store) => store.append(step!.stream, 'no-stream', [taken]));
    const { code, out, err } = await para71('import --json');
    const { refused } = JSON.parse(out) as { refused: object[] };
    expect(code).toBe(1);
    expect(refused[0]).toMatchObject({ file: step!.file, id: step!.id, reason: expect.stringMatching(/already/) });
    expect(err).toMatch(/refused/);
    expect((await para71('import')).out).toContain(`refused: ${step!.file} ${step!.id}: `);
  }, 60_000);

  it('takes an export over, as a dry run first', async () => {
    const lines = [event('One'), event('Two')].map((each, n) =>
      publicEvent(n, { ...each, stream: 'organization-a', revision: n, position: '' }),
    );
    const file = join(dataDir, 'export.jsonl');
    writeFileSync(file, `${lines.join('\n')}\n`);
    expect(await para71(`import --file ${file} --dry-run`)).toMatchObject({ code: 0 });
    expect(existsSync(logFile())).toBe(false);
    expect(await para71(`import --file ${file}`)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^2 events of 1 stream/),
    });
    expect(await para71(`import --file ${file}`)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/empty store only/),
    });
  });

  it('names the line that it cannot take over, and a file that is not there', async () => {
    const file = join(dataDir, 'export.jsonl');
    writeFileSync(file, '{}\n');
    expect(await para71(`import --file ${file}`)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/export\.jsonl, line 1: /),
    });
    expect(await para71('import --file missing.jsonl')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/ENOENT.*missing/),
    });
  });
});

describe('para71 rebuild', () => {
  it('builds views whose digest is the same again, and leaves one file', async () => {
    await para71('import');
    const [first, second] = [await para71('rebuild --digest --json'), await para71('rebuild --digest --json')];
    const { digest, events } = JSON.parse(first.out) as { digest: string; events: number };
    expect(events).toBeGreaterThan(300);
    expect(JSON.parse(second.out)).toMatchObject({ digest, events });
    expect(readdirSync(join(dataDir, 'views')).filter((name) => name.endsWith('.sqlite'))).toHaveLength(1);
  }, 60_000);

  it('of a log that a server has says how to ask the server', async () => {
    const told = await withLog(() => para71('rebuild'));
    expect(told).toMatchObject({ code: 1, err: expect.stringMatching(/in use by process .*api\/jobs\/rebuild/) });
  });
});

describe('para71 doctor', () => {
  const findings = async (args = '') => {
    const told = await para71(`doctor --json ${args}`);
    const { findings: found } = JSON.parse(told.out) as {
      findings: { about: string; status: string; what: string; mend?: string }[];
    };
    const of = (about: string, status: string) =>
      found.filter((each) => each.about === about && each.status === status);
    return { ...told, of, found };
  };

  it('finds no fault in a fresh folder', async () => {
    const { code, found } = await findings();
    expect(code).toBe(0);
    expect(found.filter(({ status }) => status === 'fault')).toEqual([]);
  });

  it('gives each thing that is wrong a mend, and ends with 1', async () => {
    env = { ...env, REDIS_URL: 'redis://127.0.0.1:1', MAIL_URL: 'smtp://127.0.0.1:1', EVENTSTORE_URL: 'x' };
    const { code, of, found } = await findings();
    expect(code).toBe(1);
    expect(of('queue', 'fault')).toHaveLength(1);
    expect(of('mail', 'fault')).toHaveLength(1);
    expect(of('configuration', 'warning')[0]?.what).toMatch(/EVENT_STORE_URL/);
    expect(found.filter(({ status, mend }) => status !== 'ok' && !mend)).toEqual([]);
  });

  it('tells all that is wrong with a configuration', async () => {
    env = { ...env, PORT: 'x', EVENT_STORE_URL: 'postgres://db' };
    const { code, of } = await findings();
    expect(code).toBe(1);
    expect(of('configuration', 'fault')).toHaveLength(2);
  });

  it('sees a clock behind the log, events of a newer edition and times that go back', async () => {
    await withLog(async (store) => {
      await store.append('organization-a', 'no-stream', [event('a', '2999-01-01T00:00:00.000Z'), event('b')]);
      await store.append('action-b', 'no-stream', [{ ...event(), type: 'ActionPraised' }]);
    });
    const { code, of } = await findings();
    expect(code).toBe(1);
    expect(of('clock', 'fault')[0]?.what).toMatch(/behind the latest event/);
    expect(of('log', 'fault')[0]?.what).toMatch(/ActionPraised/);
    expect(of('log', 'warning')[0]?.what).toMatch(/2 events recorded earlier/);
  });

  it('looks at a log beside the server that has it', async () => {
    const { code, of } = await withLog(async (store) => {
      await store.append('organization-a', 'no-stream', [event()]);
      return findings();
    });
    expect(code).toBe(0);
    expect(of('log', 'ok').map(({ what }) => what)).toEqual([
      expect.stringMatching(/in use by process/),
      expect.stringMatching(/^1 event of 1 stream read/),
    ]);
  });

  it('compares documents with the log', async () => {
    await para71('import');
    await para71('rebuild');
    expect((await findings()).of('views', 'ok')[0]?.what).toMatch(/^The documents tell 3\d\d events$/);
    rmSync(logFile());
    await withLog((store) => store.append('organization-a', 'no-stream', [event()]));
    expect((await findings()).of('views', 'fault')[0]?.what).toMatch(/another log/);
  }, 60_000);

  it('quickly, leaves the log unread', async () => {
    await withLog((store) => store.append('action-b', 'no-stream', [{ ...event(), type: 'ActionPraised' }]));
    expect(await findings('--quick')).toMatchObject({ code: 0 });
  });

  it('has colours only where they are wanted', async () => {
    expect((await para71('doctor', { colours: true })).out).toContain('\u001b[32mok\u001b[39m');
    expect((await para71('doctor')).out).toMatch(/^ok {2}/);
  });
});
