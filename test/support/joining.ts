import { join } from 'node:path';
import type { Answer } from './api.js';
import { linkMailedTo } from './mailed.js';
import { codeNow, type Persona } from './people.js';
import type { FromOutside } from './product.js';

// People come in as they do in life: by the printed link, by an invitation in their mail, with an authenticator. Nothing is
// put on record here past the gate.

const PASSWORD = 'the cow jumps over my green lamp';

/** The first administrator, by the link that the first start printed. */
export async function setUp(product: FromOutside, name: string): Promise<Persona> {
  const secret = product.setUpLink?.split('/').at(-1);
  const begun = await posted(product, '/api/set-up', { secret, name, address: addressOf(name), password: PASSWORD });
  return enrolled(product, begun);
}

/** Invites them all, and lets each join. */
export async function invited<Name extends string>(
  product: FromOutside,
  by: Persona,
  names: readonly Name[],
): Promise<Record<Name, Persona>> {
  for (const name of names) await invite(product, by, name);
  const personas: Partial<Record<Name, Persona>> = {};
  for (const name of names) personas[name] = await joined(product, name);
  return personas as Record<Name, Persona>;
}

/** The id of somebody who was invited, and has not joined. */
export async function invite(product: FromOutside, by: Persona, name: string): Promise<string> {
  const { body } = await posted(product, '/api/invitations', { name, address: addressOf(name) }, by.headers);
  return body['person']!;
}

/** Somebody who was invited, when they have followed the link in their mail. */
export async function joined(product: FromOutside, name: string): Promise<Persona> {
  const secret = await secretMailedTo(product, addressOf(name));
  return enrolled(product, await posted(product, '/api/invitations/acceptance', { secret, password: PASSWORD }));
}

const addressOf = (name: string) => `${name.toLowerCase().replaceAll(' ', '-')}@people.example`;

async function enrolled(product: FromOutside, begun: Answer<Record<string, string>>): Promise<Persona> {
  const half = { Cookie: cookieOf(begun) };
  const { body } = await posted(product, '/api/second-factor', undefined, half);
  const code = codeNow(body['secret']!);
  const confirmed = await posted(product, '/api/second-factor/confirmation', { code }, half);
  return { person: begun.body['person']!, headers: { Cookie: cookieOf(confirmed) } };
}

const cookieOf = ({ headers }: Answer<unknown>) => headers.get('set-cookie')!.split(';')[0]!;

async function posted(
  { api }: FromOutside,
  path: string,
  body: object | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Record<string, string>>> {
  const answer = await api.send<Record<string, string>>('POST', path, body, headers);
  if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.text}`);
  return answer;
}

/** The secret of the link in the mail that they got. */
async function secretMailedTo({ dataDir }: FromOutside, address: string): Promise<string> {
  return (await linkMailedTo(join(dataDir, 'mail'), address)).split('/').at(-1)!;
}
