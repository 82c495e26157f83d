import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable } from 'node:stream';
import { Api } from './api.js';

const ROOT = join(import.meta.dirname, '..', '..');
const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
/** An empty database, for its lock: the kernel drops that with the process. */
const TURN = join(ROOT, 'node_modules', '.compiling');
const TURN_MS = 240_000;
const mainOf = (app: App) =>
  join(ROOT, 'dist', 'apps', ...(app === 'demonstration' ? ['api', 'src', app] : [app, 'src']), 'main.js');
const READY = /^Ready: (http:\/\/\S+)/m;

/**
 * Compiles the product as it is shipped, into `dist/`. One suite at a time: what one of them starts must not read a file that
 * another one is writing anew.
 */
export function compileProduct(): void {
  const turn = new DatabaseSync(TURN, { timeout: TURN_MS });
  try {
    turn.exec('BEGIN EXCLUSIVE');
    execFileSync(process.execPath, [TSC, '-b', 'tsconfig.build.json'], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  } finally {
    turn.close();
  }
}

export type App = 'api' | 'worker' | 'demonstration';

export interface Ended {
  /** Absent where a signal ended it. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The compiled product in a process of its own. */
export class ProductProcess {
  output = '';
  errors = '';
  readonly ended: Promise<Ended>;

  private constructor(private readonly child: ChildProcessByStdio<null, Readable, Readable>) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    this.ended = once(child, 'close').then(([code]) => {
      return { code: code as number | null, output: this.output, errors: this.errors };
    });
  }

  /**
   * Begins to run; `ready` or `ended` says what becomes of it. On free ports and without people, unless `env` says
   * otherwise: a variable that is `undefined` there is left out.
   */
  static run(env: NodeJS.ProcessEnv, app: App = 'api'): ProductProcess {
    const otherwise = { PATH: process.env['PATH'], PORT: '0', WORKER_PORT: '0', PEOPLE: 'off' };
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    return new ProductProcess(
      spawn(process.execPath, [mainOf(app)], {
        env: { ...otherwise, ...env },
        stdio: [...stdio],
      }),
    );
  }

  /** The API, or what a worker tells of itself, once it says where it is. */
  static async start(env: NodeJS.ProcessEnv, app: App = 'api'): Promise<ProductProcess & { api: Api }> {
    const running = ProductProcess.run(env, app);
    return Object.assign(running, { api: await running.ready() });
  }

  private ready(): Promise<Api> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const address = READY.exec(this.output)?.[1];
        if (address === undefined) return;
        this.child.stdout.off('data', look);
        resolve(new Api(address));
      };
      this.child.stdout.on('data', look);
      void this.ended.then(({ errors }) => reject(new Error(`It ended before it was ready: ${errors}`)));
    });
  }

  /** How many milliseconds it was ready to go on while the machine was busy with others; 0 where nobody counts them. */
  get heldUpMs(): number {
    const counted = `/proc/${this.child.pid}/schedstat`;
    return existsSync(counted) ? Number(readFileSync(counted, 'utf8').split(' ')[1]) / 1e6 : 0;
  }

  signal(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }

  /** It does nothing, and has all that it had when it goes on. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  goOn(): void {
    this.child.kill('SIGCONT');
  }
}
