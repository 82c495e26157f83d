import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expectProblem } from '../../../../test/support/api.js';
import { signedIn } from '../../../../test/support/people.js';
import { runProduct, type RunningProduct } from '../../../../test/support/product.js';
import { run } from '../run.js';

const who = { name: 'Cleo Example', address: 'cleo@secretariat.example', password: 'the cow jumps over my green lamp' };

describe('para71 set-up-link', () => {
  let product: RunningProduct;
  beforeEach(async () => void (product = await runProduct({ env: { PEOPLE: 'required' } })));
  afterEach(() => product.remove());

  async function setUpLink(env: NodeJS.ProcessEnv) {
    const told = { out: '', err: '' };
    const code = await run(['set-up-link'], {
      env,
      out: (text) => void (told.out += text),
      err: (text) => void (told.err += text),
      colours: false,
      isTerminal: false,
      signal: new AbortController().signal,
    });
    return { code, ...told };
  }

  it('lets one more in beside two who administer and cannot come in, once, and the record says so', async () => {
    for (const name of ['ada', 'bea']) await signedIn(product, name, { mandates: ['administrator'] });
    const { code, out } = await setUpLink({ DATA_DIR: product.dataDir, PUBLIC_URL: 'https://para71.example' });
    expect(code).toBe(0);
    const [, secret] = /https:\/\/para71\.example\/set-up\/([\w-]{43})\n$/.exec(out)!;
    const setUp = () => product.api.send<{ next: string }>('POST', '/api/set-up', { ...who, secret });
    expect((await setUp()).body).toMatchObject({ next: 'enrol' });
    expectProblem(await setUp(), 404, 'set-up-void');
    const { text } = await product.api.send('GET', '/api/events');
    const last = JSON.parse(text.trim().split('\n').at(-1)!) as { stream: string; type: string; data: { by: string } };
    expect(last).toMatchObject({ type: 'MandateGiven', data: { role: 'administrator', ground: 'set-up' } });
    expect(last.stream).toBe(`mandate-${last.data.by}`);
  });

  it('says what to do where there is nobody to let in, and makes nothing there', async () => {
    const nowhere = join(product.dataDir, 'elsewhere');
    for (const [env, mend] of [
      [{ DATA_DIR: nowhere }, /There are no keys of persons in .*elsewhere.keys: set DATA_DIR/],
      [{ DATA_DIR: product.dataDir, PEOPLE: 'off' }, /PEOPLE is off: leave it out/],
    ] as const)
      expect(await setUpLink(env)).toEqual({ code: 1, out: '', err: expect.stringMatching(mend) });
    expect(existsSync(nowhere)).toBe(false);
  });
});
