import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { Bench } from './rows.js';

interface Run {
  readonly began: Date;
  readonly long: boolean;
  readonly cores: Bench['cores'];
}

/** What a reader has to know beside the figures. */
export function conditions({ began, long, cores }: Run) {
  const facts = {
    date: began.toISOString(),
    setting: long ? 'long' : 'short',
    node: process.versions.node,
    sqlite: process.versions['sqlite'],
    emmett: peerVersion('emmett'),
    emmettSqlite: peerVersion('emmett-sqlite'),
    emmettPostgresql: peerVersion('emmett-postgresql'),
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
  };
  const { date, setting, node, sqlite, cpu, memoryGiB, system } = facts;
  const bound = cores
    ? `Servers run on core ${cores.server}, those who ask them on core ${cores.load}.`
    : 'No process is bound to a core (taskset, or a second core, is missing).';
  const minutes = ((Date.now() - began.getTime()) / 60_000).toFixed(1);
  const text =
    `${date}, ${setting} setting, ${minutes} min. ${cpu}, ${facts.cores} cores, ${memoryGiB} GiB, ${system}. Node ${node}, SQLite ${sqlite}` +
    (facts.emmett
      ? `, emmett ${facts.emmett}, emmett-sqlite ${facts.emmettSqlite}, emmett-postgresql ${facts.emmettPostgresql}`
      : '') +
    `.\nRead the ratios: both sides of each ran by turns. ${bound}`;
  return { facts, text };
}

function peerVersion(name: string): string | undefined {
  const manifest = new URL(`../peers/node_modules/@event-driven-io/${name}/package.json`, import.meta.url);
  if (!existsSync(manifest)) return undefined;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
