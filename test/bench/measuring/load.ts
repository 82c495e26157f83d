import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Questions, Side } from './side.js';

/** What is asked, over and over, by 64 connections that are kept open. */
export interface Asked {
  readonly port: number;
  readonly path: string;
  /** With a body it is a PUT, and each one goes to a path of its own: `path` and a number. */
  readonly body?: string;
}

/** What our own client is told. */
export interface OwnLoad extends Asked {
  readonly seconds: number;
}

export interface Loaded {
  readonly perSecond: number;
  /** Of a request until its answer, in ms. */
  readonly p50: number;
  readonly p99: number;
}

export const CONNECTIONS = 64;

const run = promisify(execFile);

const hasWrk = () => spawnSync('wrk', ['-v']).error === undefined;

/** Who asks: wrk where it is installed, since it is the faster one and leaves the server alone; else a client of ours. */
export abstract class Load {
  abstract readonly name: string;
  abstract ask(asked: Asked, seconds: number): Promise<Loaded>;
  abstract end(): Promise<void>;

  static async start(folder: string, core: number | undefined): Promise<Load> {
    return hasWrk() ? new WrkLoad(folder, core) : NodeLoad.startOn(core);
  }
}

/** https://github.com/wg/wrk */
class WrkLoad extends Load {
  override readonly name = 'wrk';
  private scripts = 0;

  constructor(
    private readonly folder: string,
    private readonly core: number | undefined,
  ) {
    super();
  }

  override async ask({ port, path, body }: Asked, seconds: number): Promise<Loaded> {
    const script = body === undefined ? [] : ['-s', this.script(path, body)];
    const address = `http://127.0.0.1:${port}${body === undefined ? path : '/'}`;
    const wrk = ['wrk', '-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--latency', ...script, address];
    const [program = '', ...args] = this.core === undefined ? wrk : ['taskset', '-c', String(this.core), ...wrk];
    const { stdout } = await run(program, args);
    const failed = /Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)/.exec(stdout);
    if (failed) throw new Error(`${path}: ${failed[0]}`);
    const figure = (pattern: RegExp) => pattern.exec(stdout)?.[1] ?? '';
    return {
      perSecond: Number(figure(/Requests\/sec:\s+([\d.]+)/)),
      p50: milliseconds(figure(/^\s+50%\s+(\S+)/m)),
      p99: milliseconds(figure(/^\s+99%\s+(\S+)/m)),
    };
  }

  override async end(): Promise<void> {}

  private script(path: string, body: string): string {
    const file = join(this.folder, `${++this.scripts}.lua`);
    writeFileSync(
      file,
      `local n = 0
       wrk.method = "PUT"
       wrk.body = [==[${body}]==]
       wrk.headers["Content-Type"] = "application/json"
       wrk.headers["Actor"] = "example-focal-point"
       request = function() n = n + 1; return wrk.format(nil, "${path}" .. n) end`,
    );
    return file;
  }
}

const UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000 };

const milliseconds = (text: string) => Number.parseFloat(text) * (UNITS[text.replace(/[\d.]/g, '')] ?? Number.NaN);

interface OwnQuestions extends Questions {
  load(asked: OwnLoad): Promise<Loaded>;
}

class NodeLoad extends Load {
  override readonly name = 'our own client';

  private constructor(private readonly side: Side<OwnQuestions>) {
    super();
  }

  static async startOn(core: number | undefined): Promise<NodeLoad> {
    return new NodeLoad(await Side.start<OwnQuestions>(new URL('../sides/load.ts', import.meta.url), { core }));
  }

  override ask(asked: Asked, seconds: number): Promise<Loaded> {
    return this.side.ask('load', { ...asked, seconds });
  }

  override end(): Promise<void> {
    return this.side.end();
  }
}
