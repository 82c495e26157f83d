import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MODULE = new URL('./files-in-memory.js', import.meta.url).href;

let memory: string;
beforeEach(() => void (memory = mkdtempSync(join(tmpdir(), 'memory-'))));
afterEach(() => rmSync(memory, { recursive: true }));

/** A process that keeps its files there, writes one, and then does this. */
async function run(then: string) {
  const { TMPDIR: _, ...env } = process.env;
  const script = `
    import { writeFileSync } from 'node:fs';
    import { keepFilesInMemory } from ${JSON.stringify(MODULE)};
    keepFilesInMemory({ memory: ${JSON.stringify(memory)}, room: 0 });
    writeFileSync(process.env.TMPDIR + '/left', 'example');
    console.log(process.env.TMPDIR);
    ${then}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [folder] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ended, folder: folder.toString().trim() };
}

it('What tests leave in memory is gone when a run has ended', async () => {
  const { ended, folder } = await run('');
  expect(await ended).toEqual([0, null]);
  expect(folder.startsWith(memory)).toBe(true);
  expect(readdirSync(memory)).toEqual([]);
});

it('What tests give to another user in memory can be reached by them', async () => {
  const { child, ended, folder } = await run('setInterval(() => {}, 1_000);');
  expect(statSync(folder).mode & 0o777).toBe(0o711);
  child.kill();
  await ended;
});

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('What tests leave in memory is gone when a run was ended by %s', async (signal, code) => {
  const { child, ended, folder } = await run('setInterval(() => {}, 1_000);');
  expect(existsSync(join(folder, 'left'))).toBe(true);
  child.kill(signal);
  expect(await ended).toEqual([code, null]);
  expect(readdirSync(memory)).toEqual([]);
});
