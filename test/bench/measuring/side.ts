import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a side can be asked. Questions and answers travel as JSON. */
export type Questions = Readonly<Record<string, (asked: never) => unknown>>;

type Reply = { readonly answer?: unknown; readonly failure?: string };

/** Whether a process can be bound to one core: two cores at least, and `taskset` to do it. */
export const canBind = (cores: number) => cores > 1 && spawnSync('taskset', ['-V']).status === 0;

export interface SideOptions {
  readonly args?: readonly string[];
  /** The only core it may run on. */
  readonly core?: number | undefined;
  /** Most memory of V8, in MiB. */
  readonly heapMb?: number;
  /** What it prints is thrown away. */
  readonly quiet?: boolean;
}

/** A side in a process of its own, so that neither warms up, collects or crowds out the other's code and memory. */
export class Side<Q extends Questions> {
  private constructor(private readonly child: ChildProcess) {}

  static async start<Q extends Questions>(module: URL, options: SideOptions = {}): Promise<Side<Q>> {
    const { args = [], core, heapMb, quiet = false } = options;
    const node = [process.execPath, ...process.execArgv, ...(heapMb ? [`--max-old-space-size=${heapMb}`] : [])];
    const bound = core === undefined ? [] : ['taskset', '-c', String(core)];
    const [program = '', ...rest] = [...bound, ...node, fileURLToPath(module), ...args];
    // Standard output is the table's.
    const output = quiet ? 'ignore' : 2;
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(program, rest, { stdio: ['ignore', output, output, 'ipc'], env });
    const side = new Side<Q>(child);
    await side.reply();
    return side;
  }

  get pid(): number {
    return this.child.pid!;
  }

  async ask<K extends keyof Q & string>(question: K, ...asked: Parameters<Q[K]>): Promise<Awaited<ReturnType<Q[K]>>> {
    this.child.send({ question, asked: asked[0] });
    return (await this.reply()) as Awaited<ReturnType<Q[K]>>;
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }

  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  private reply(): Promise<unknown> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const ended = (code: number | null, signal: string | null) =>
        reject(new Error(`${child.spawnargs.at(-1)} ended by itself: ${signal ?? code}`));
      child.once('exit', ended);
      child.once('message', ({ answer, failure }: Reply) => {
        child.off('exit', ended);
        if (failure === undefined) resolve(answer);
        else reject(new Error(failure));
      });
    });
  }
}

/** In the process of the side: answers until its parent lets go. */
export function answering(questions: Questions): void {
  process.on('message', ({ question, asked }: { question: string; asked: unknown }) => {
    Promise.resolve(asked)
      .then((value) => questions[question]!(value as never))
      .then(
        (answer) => process.send?.({ answer }),
        (error: unknown) => process.send?.({ failure: error instanceof Error ? error.stack : String(error) }),
      );
  });
  process.on('disconnect', () => process.exit());
  process.send?.({});
}
