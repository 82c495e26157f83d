import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * `with-server.ts <command> …` runs the command with KURRENTDB_URL: the one that it was given itself, or else that of a
 * server which Docker Compose starts for the command, and removes after it however it ended.
 */
const COMPOSE_FILE = 'docker/compose.kurrentdb.yml';
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** What a shell says of a program that is not there. */
const NO_PROGRAM = 127;

const { KURRENTDB_URL: given, KURRENTDB_PORT: port = '2113' } = process.env;
const command = process.argv.slice(2);
process.exitCode = given ? await run(command) : await runOnServerOfDocker();

async function runOnServerOfDocker(): Promise<number> {
  const compose = (...args: string[]) => ['docker', 'compose', '-f', COMPOSE_FILE, ...args];
  if ((await run(['docker', 'compose', 'version'], 'ignore')) !== 0) return refuse('docker compose cannot be run here');
  try {
    if ((await run(compose('up', '-d', '--wait'))) !== 0) return refuse('docker compose could not start one');
    return await run(command, 'inherit', {
      ...process.env,
      KURRENTDB_URL: `kurrentdb://127.0.0.1:${port}?tls=false`,
    });
  } finally {
    const remove = compose('down', '-v');
    if ((await run(remove)) !== 0) process.stderr.write(`It may be running still. Remove it: ${remove.join(' ')}\n`);
  }
}

/** How the program ended. Whoever ends us ends it, and what comes after it is still done. */
async function run(
  [program = '', ...args]: readonly string[],
  stdio: 'inherit' | 'ignore' = 'inherit',
  env = process.env,
): Promise<number> {
  const child = spawn(program, args, { stdio, env });
  const end = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code ?? 1;
  } catch {
    return NO_PROGRAM;
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
  }
}

function refuse(why: string): number {
  process.stderr.write(
    `There is no KurrentDB to test: ${why}. Either let Docker Compose start one (${COMPOSE_FILE}), or name one that ` +
      'runs and may be written to:\n  KURRENTDB_URL=kurrentdb://127.0.0.1:2113?tls=false npm run test:kurrentdb\n',
  );
  return 1;
}
