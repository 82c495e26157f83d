import { isAbsolute, join, resolve } from 'node:path';

/** What the environment says. Each fault names its variable, what is wrong with it, and the mend. */
export interface Configuration {
  readonly port: number;
  /** Folder of everything that this process keeps. */
  readonly dataDir: string;
  /**
   * `wsis`: the public record of 2005 to 2025 is loaded at the first start. `dry-run`: it is only looked through for what
   * would be refused, and nothing is recorded.
   */
  readonly record: 'wsis' | 'dry-run' | 'none';
}

export class ConfigurationFault extends Error {
  override readonly name = 'ConfigurationFault';
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** Port 0 lets the system choose one. Relative folders are taken from where the process was started. */
export function readConfiguration(env: NodeJS.ProcessEnv, from = process.cwd()): Configuration {
  const faults: string[] = [];
  const port = env['PORT'] ?? '7171';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    faults.push(`PORT is "${port}": give a number from 0 to 65535, or leave it out for 7171.`);
  }
  const folder = env['DATA_DIR'] ?? 'data';
  if (folder.trim() === '') faults.push('DATA_DIR is empty: name a folder, or leave it out for ./data.');
  const record = env['RECORD'] ?? 'wsis';
  if (record !== 'wsis' && record !== 'dry-run' && record !== 'none') {
    faults.push(
      `RECORD is "${record}": give wsis (the public record, the default), dry-run (look at what of it would be refused) ` +
        'or none (leave it alone).',
    );
  }
  if (faults.length) throw new ConfigurationFault(faults);
  return {
    port: Number(port),
    dataDir: isAbsolute(folder) ? folder : resolve(join(from, folder)),
    record: record as Configuration['record'],
  };
}
