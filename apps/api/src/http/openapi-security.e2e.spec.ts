import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { MATRIX, PARTLY_PUBLIC } from '../../../../test/e2e/authorization-matrix.js';
import { operationsOf } from '../../../../test/support/operations.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const NAMES = { GET: 'get', PUT: 'put', POST: 'post' } as const;
const headersOf = ({ parameters = [] }: Operation) =>
  parameters.flatMap((each) => ('in' in each && each.in === 'header' ? [each.name] : []));

async function documentOf(product: RunningProduct): Promise<[OpenAPIObject, Record<string, Operation>]> {
  const document = await product.api.read<OpenAPIObject>('/api/openapi.json');
  const all = operationsOf(document).map(({ method, path }) => [
    `${method} ${path}`,
    document.paths[path]![NAMES[method]]!,
  ]);
  return [document, Object.fromEntries(all) as Record<string, Operation>];
}

describe('The OpenAPI document where people sign in', () => {
  let product: RunningProduct;
  let document: OpenAPIObject;
  let operations: Record<string, Operation>;
  beforeAll(async () => {
    product = await runProduct({ env: { PEOPLE: 'required' } });
    [document, operations] = await documentOf(product);
  });
  afterAll(() => product.remove());

  it('says how: by the cookie of a session, or by a token', () => {
    expect(document.components?.securitySchemes).toMatchObject({
      session: { type: 'apiKey', in: 'cookie', name: '__Host-para71' },
      token: { type: 'http', scheme: 'bearer' },
    });
  });

  it('asks nobody to say themselves who they are', () => {
    const claiming = Object.entries(operations).filter(([, operation]) =>
      headersOf(operation).some((name) => name === 'Actor' || name === 'Actor-Role'),
    );
    expect(claiming.map(([name]) => name)).toEqual([]);
    expect(headersOf(operations['PUT /api/cycles/{series}/{year}']!)).toContain('Idempotency-Key');
  });

  it('says of every operation whether one has to, as the table of who may do what does', () => {
    const said = Object.entries(operations).map(([name, { security }]) => {
      if (!security) return [name, 'nothing'];
      const isOpen = security.length === 0 || security.some((each) => Object.keys(each).length === 0);
      return [name, isOpen ? 'yes' : 'sign-in'];
    });
    const expected = Object.entries(MATRIX).map(([name, { anonymous }]) => [
      name,
      anonymous === 'yes' || PARTLY_PUBLIC.has(name) ? 'yes' : 'sign-in',
    ]);
    expect(Object.fromEntries(said)).toEqual(Object.fromEntries(expected));
  });

  it('offers no token for what is asked a fresh code for', () => {
    const session = [{ session: [] }];
    for (const [name, security] of [
      ['POST /api/reports/{series}/{year}/{organization}/submission', session],
      ['POST /api/persons/{person}/erasure', session],
      ['PUT /api/cycles/{series}/{year}', [{ session: [] }, { token: [] }]],
      ['GET /api/organizations', [{}, { session: [] }, { token: [] }]],
      ['POST /api/sign-in', []],
    ] as const)
      expect({ name, security: operations[name]?.security }).toEqual({ name, security });
  });

  it('says of what is answered so often and no more that it is', () => {
    const limited = Object.entries(operations).filter(([, { responses }]) => responses['429'] !== undefined);
    expect(limited.map(([name]) => name).toSorted()).toEqual([
      'GET /api/changes',
      'GET /api/deadlines',
      'GET /api/deadlines.ics',
      'GET /api/events',
      'GET /api/search',
      'POST /api/attachments',
      'POST /api/invitations',
      'POST /api/persons/{person}/invitation',
    ]);
  });

  it('leaves none of its own notes in it', () =>
    expect(JSON.stringify(document)).not.toMatch(/"x-(gated|by|command|limited)"/));
});

describe('The OpenAPI document where nobody signs in', () => {
  let product: RunningProduct;
  beforeAll(async () => {
    product = await runProduct();
  });
  afterAll(() => product.remove());

  it('asks who gives a command to say so, and has nothing to sign in by', async () => {
    const [document, operations] = await documentOf(product);
    expect(headersOf(operations['PUT /api/cycles/{series}/{year}']!)).toContain('Actor');
    expect(document.components?.securitySchemes).toBeUndefined();
    expect(Object.values(operations).filter(({ security }) => security)).toEqual([]);
    expect(JSON.stringify(document)).not.toMatch(/"x-(gated|by|command)"/);
  });
});
