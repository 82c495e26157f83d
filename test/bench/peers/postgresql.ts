import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Debian keeps the server's programs out of the path. */
const FOLDERS = ['/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/usr/local/pgsql/bin', '/opt/homebrew/bin'];

export function postgresqlPrograms(): string | undefined {
  const inPath = process.env['PATH']?.split(':') ?? [];
  return [
    ...FOLDERS.flatMap((folder) => globSync(folder))
      .sort()
      .reverse(),
    ...inPath,
  ].find((folder) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb')));
}

/** A PostgreSQL of our own with its defaults, fsync among them, on loopback, in a folder that is thrown away. */
export class Postgresql {
  private constructor(
    private readonly server: ChildProcess,
    private readonly folder: string,
    readonly version: string,
    readonly connection: string,
  ) {}

  static async start(programs: string): Promise<Postgresql> {
    const folder = mkdtempSync(join(tmpdir(), 'para71-bench-postgresql-'));
    // It does not run as root.
    const asRoot = process.getuid?.() === 0;
    const unprivileged = (program: string, ...args: string[]): [string, string[]] =>
      asRoot
        ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', join(programs, program), ...args]]
        : [join(programs, program), args];
    if (asRoot) spawnSync('chown', ['postgres:postgres', folder]);
    const made = spawnSync(...unprivileged('initdb', '-D', folder, '-U', 'postgres', '-A', 'trust', '--no-sync'));
    if (made.status !== 0) throw new Error(`initdb failed: ${String(made.stderr)}`);
    const port = await freePort();
    const server = spawn(
      ...unprivileged('postgres', '-D', folder, '-p', `${port}`, '-h', '127.0.0.1', '-c', 'unix_socket_directories='),
      { stdio: 'ignore' },
    );
    process.once('exit', () => server.kill('SIGQUIT'));
    const isReady = () =>
      spawnSync(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', `${port}`, '-q']).status === 0;
    for (let tries = 0; !isReady(); tries++) {
      if (tries === 100 || server.exitCode !== null) throw new Error('PostgreSQL does not start');
      await setTimeout(100);
    }
    const version = String(spawnSync(join(programs, 'postgres'), ['-V']).stdout).replace(/[^\d]*([\d.]+).*\n/s, '$1');
    return new Postgresql(server, folder, version, `postgresql://postgres@127.0.0.1:${port}/postgres`);
  }

  /** Without waiting for its clients. */
  async end(): Promise<void> {
    const ended = once(this.server, 'exit');
    this.server.kill('SIGINT');
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}
