import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Visitor } from '../nodes/visitor.js';
import { expectProblem } from '../support/api.js';
import { temporaryFolder } from '../support/product.js';
import { compileProduct, ProductProcess } from '../support/product-process.js';
import { environmentOf, removeData } from '../support/setup.js';

const LINK = /http\S+\/set-up\/\S+/g;
const registration = {
  name: 'Example Union',
  profile: { kind: 'ACADEMIC', description: 'An example.' },
  sources: [{ title: 'A source', confidence: 'found' }],
};

let dataDir: string;
let running: ProductProcess | undefined;

beforeAll(compileProduct, 120_000);
beforeEach(() => {
  dataDir = temporaryFolder();
});
afterEach(async () => {
  await running?.signal('SIGKILL');
  await removeData(dataDir);
});

/** `people`: as the variable says; left out, as whoever says nothing gets it. */
async function start(people?: string) {
  await running?.signal('SIGTERM');
  const product = await ProductProcess.start({ ...(await environmentOf(dataDir)), RECORD: 'none', PEOPLE: people });
  running = product;
  return product;
}

describe('Whoever starts the product and says nothing', () => {
  it('is told how to become its administrator, up to when somebody did, and gives no command without that', async () => {
    const { api, output } = await start();
    expect(output).toMatch(/^Everybody may read the public record; whoever does more signs in\.$/m);
    expect(output).toMatch(/^Nobody administers it yet\. Open this link, /m);
    const [link = '', ...others] = output.match(LINK) ?? [];
    expect(others).toEqual([]);
    expect(new URL(link).origin).toBe(api.address);
    expect((await api.get('/api/organizations')).status).toBe(200);
    const given = await api.send('PUT', '/api/organizations/example-union', registration);
    expectProblem(given, 401, 'not-signed-in');

    const second = await start();
    expect(second.output.match(LINK)).toEqual([link.replace(api.address, second.api.address)]);
    const ada = new Visitor();
    await ada.setUp(second.api, link, 'Ada Example', 'ada@secretariat.example');
    expect((await ada.get(second.api, '/api/me')).body).toMatchObject({ mandates: ['administrator'] });

    const third = await start();
    expect(third.output.match(LINK)).toBeNull();
    expect((await ada.get(third.api, '/api/me')).body).toMatchObject({ person: ada.person });
  }, 90_000);
});

describe('Whoever starts it with PEOPLE=off', () => {
  it('is told that nobody signs in, and gives commands in whose name they say', async () => {
    const { api, output } = await start('off');
    expect(output).toMatch(
      /^Nobody signs in, as PEOPLE is off: it listens on this machine only, and every command names/m,
    );
    expect(output.match(LINK)).toBeNull();
    await api.record('PUT', '/api/organizations/example-union', registration);
  }, 60_000);
});
