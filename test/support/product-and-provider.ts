import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { Identity } from '#identity';
import type { ProductOptions } from '../../apps/api/src/product.js';
import { Browser, CLIENT, ExampleId, PUBLIC_URL } from './oidc.js';
import { invitationOf, type Persona, signedIn } from './people.js';
import { type RunningProduct, runProduct } from './product.js';

export const started = (issuer: string, env: NodeJS.ProcessEnv = {}, options: ProductOptions = {}) =>
  runProduct({
    env: { PEOPLE: 'required', PUBLIC_URL, OIDC_ISSUER: issuer, OIDC_NAME: 'Example ID', ...CLIENT, ...env },
    options,
  });

export const identityOf = ({ app }: RunningProduct) => app.get(Identity);

/** A provider and a product that trusts it, for a whole file. */
export class ProductAndProvider {
  id!: ExampleId;
  product!: RunningProduct;
  administrator!: Persona;
  #persons = 0;

  static forThisFile(): ProductAndProvider {
    const on = new ProductAndProvider();
    beforeAll(async () => {
      on.id = await ExampleId.start();
      on.product = await started(on.id.issuer);
      on.administrator = await signedIn(on.product, 'administrator', { mandates: ['administrator'] });
    });
    afterAll(async () => {
      await on.product.remove();
      await on.id.stop();
    });
    beforeEach(() => {
      Object.assign(on.id, { account: 'nobody', methods: ['pwd'], refuses: false, forgery: undefined });
    });
    return on;
  }

  readonly newBrowser = (of = this.product) => new Browser(of.api.address);

  /** Whoever has joined by the account at the provider, in the browser in which they did. */
  readonly joined = async (account: string, of = this.product): Promise<{ person: string; browser: Browser }> => {
    const { people } = identityOf(of);
    const person = await people.register('Erin Xample', `joined-${++this.#persons}@registry.example`);
    await people.invite(person, person);
    this.id.account = account;
    const browser = this.newBrowser(of);
    const landing = await browser.visit(`/sign-in/oidc?invitation=${await invitationOf(of, person)}`);
    expect(landing).toMatchObject({ status: 200, path: '/account' });
    return { person, browser };
  };

  readonly me = async (browser: Browser, of = this.product) =>
    of.api.send<{ person?: string; isProven?: boolean; code?: string }>('GET', '/api/me', undefined, {
      Cookie: browser.cookies(),
    });
}
