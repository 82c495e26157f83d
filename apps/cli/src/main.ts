#!/usr/bin/env node
import { EXIT, Interrupted } from './faults.js';
import type { Io } from './io.js';

const NODE_MAJOR = 24;

const end = new AbortController();
let signals = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (++signals > 1) process.exit(EXIT.interrupted);
    process.stderr.write('\nEnding with what is under way. Once more ends at once.\n');
    end.abort(new Interrupted());
  });
}
// Whoever reads the results may have read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.ok);
});

const { stdout, stderr } = process;
process.exitCode = await started(process.argv.slice(2), {
  env: process.env,
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  colours: stdout.isTTY && stdout.hasColors(),
  isTerminal: stderr.isTTY ?? false,
  signal: end.signal,
});

/** An older Node cannot even load the rest. */
async function started(args: readonly string[], io: Io): Promise<number> {
  if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR) {
    io.err(
      `para71 needs Node ${NODE_MAJOR} and runs on ${process.versions.node}. Install it, or give the command to npm, which ` +
        'uses the one among the dependencies: npm run para71 -- <command>\n',
    );
    return EXIT.failed;
  }
  const { run } = await import('./run.js');
  return run(args, io);
}
