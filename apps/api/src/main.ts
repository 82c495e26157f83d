import 'reflect-metadata';
import { ConfigurationFault, readConfiguration } from './configuration.js';
import { type Product, startProduct } from './product.js';
import { tellProgress, whatIsThere } from './telling.js';
import { version } from './version.js';

/** How long requests under way may take before the process ends without them. */
const PATIENCE_MS = 9_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const configuration = readConfiguration(process.env);
  say(`Para 71 ${version}: data in ${configuration.dataDir}`);
  const product = await startProduct(configuration, { onProgress: tellProgress(say) });
  say(whatIsThere(product));
  say('Nobody signs in yet: it listens on this machine only, and every command names its actor in a header.');
  say(`Ready: ${product.address}  (Ctrl-C ends it)`);
  endOnSignal(product);
} catch (error) {
  // What the person who starts it can mend is one sentence; anything else is a bug and shows where.
  const known = error instanceof ConfigurationFault || (error instanceof Error && 'code' in error);
  process.stderr.write(`${known ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
}

function endOnSignal(product: Product): void {
  let ending = false;
  const end = async (signal: NodeJS.Signals) => {
    if (ending) return;
    ending = true;
    say(`${signal}: letting requests under way finish`);
    const overdue = setTimeout(() => process.exit(1), PATIENCE_MS);
    await product.close();
    clearTimeout(overdue);
    say('Ended.');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(signal));
}
