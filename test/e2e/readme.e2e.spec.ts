import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signedIn } from '../support/people.js';
import { type RunningProduct, runProduct } from '../support/product.js';

const run = promisify(execFile);
const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

interface Step {
  readonly command: string;
  /** `…` stands for what differs from one installation to the next. */
  readonly answer: string;
}

/** The `console` blocks: `$ ` begins a command, a backslash at the end of a line or an open quote goes on with it. */
function stepsOf(markdown: string): Step[] {
  return [...markdown.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, block]) => {
    const lines = block!.replace(/^\$ /, '').trimEnd().split('\n');
    let end = 0;
    while (goesOn(lines.slice(0, end + 1).join('\n'))) end++;
    return { command: lines.slice(0, end + 1).join('\n'), answer: lines.slice(end + 1).join('\n') };
  });
}

const goesOn = (command: string) => command.endsWith('\\') || (command.match(/'/g)?.length ?? 0) % 2 === 1;

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const patternOf = (answer: string) => new RegExp(`^${answer.split('…').map(literally).join('[\\s\\S]*')}$`);

async function tokenOfASecretary(product: RunningProduct): Promise<string> {
  const { headers } = await signedIn(product, 'secretary', { mandates: ['secretariat'] });
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const asked = { name: 'Tour', scopes: ['administer'], until };
  const { text, body } = await product.api.send<{ text?: string }>('POST', '/api/tokens', asked, headers);
  if (body.text === undefined) throw new Error(`POST /api/tokens: ${text}`);
  return body.text;
}

describe('the tour of README.md', () => {
  let product: RunningProduct;
  let token: Promise<string> | undefined;
  beforeAll(async () => {
    product = await runProduct({ record: 'wsis', env: { PEOPLE: 'required' } });
  }, 60_000);
  afterAll(() => product.remove());

  it('has steps', () => expect(stepsOf(readme).length).toBeGreaterThanOrEqual(6));

  it.each(stepsOf(readme).map(({ command, answer }) => [command.split('\n')[0]!, command, answer]))(
    '%s',
    async (_, command, answer) => {
      const here = command.replaceAll('localhost:7171', new URL(product.address).host);
      // Not sooner: up to there the log is that of a fresh start.
      const TOKEN = command.includes('$TOKEN') ? await (token ??= tokenOfASecretary(product)) : undefined;
      const { stdout } = await run('bash', ['-c', here], { env: { ...process.env, TOKEN } });
      expect(stdout.trimEnd()).toMatch(patternOf(answer));
    },
  );
});
