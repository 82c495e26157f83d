import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '..', '..', '..');
const ENDINGS = ['.spec.ts', '.int.spec.ts', '.e2e.spec.ts', '.fault.spec.ts'];

/** What the last column names: tests as `file`: words of its names, or rows of what was observed. */
const rows = readFileSync(join(HERE, '..', 'README.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\|(?! *-)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.at(-2) !== 'Shown by')
  .map((cells): [string, string] => [cells.slice(1, 3).join(' '), cells.at(-2) ?? '']);

function testFile(name: string): string | undefined {
  const path = name.includes('/') ? join(ROOT, name) : join(HERE, 'kurrentdb', name);
  return ENDINGS.map((ending) => path + ending).find(existsSync);
}

function textOf(name: string): string {
  if (name === 'observed') return readFileSync(join(ROOT, 'test/kurrentdb/observed/answers-24.6.0.json'), 'utf8');
  if (name === 'contract') {
    const folder = join(HERE, 'contract');
    return readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
  }
  const file = testFile(name);
  if (file === undefined) throw new Error(`There is no test ${name}`);
  return readFileSync(file, 'utf8');
}

describe('README.md', () => {
  it('has a row for each of 24 pitfalls, and for what was seen on a real server', () => {
    expect(rows.flatMap(([what]) => /^\d+ /.exec(what)?.[0].trim() ?? [])).toEqual(
      Array.from({ length: 24 }, (_, n) => String(n + 1)),
    );
    expect(rows).toHaveLength(24 + 19);
  });

  it.each(rows)('names tests that there are, for: %s', (_, shownBy) => {
    const named = shownBy.split('; ').map((part) => part.split(': '));
    for (const [names = '', words = ''] of named) {
      const texts = names.split(', ').map((name) => textOf(name.replaceAll('`', '')));
      for (const phrase of words.split(', ').filter(Boolean)) {
        expect(texts.filter((text) => !text.includes(phrase)).map(() => phrase)).toEqual([]);
      }
    }
  });
});
