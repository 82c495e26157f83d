import { expect } from '@jest/globals';
import type { Api } from '../support/api.js';
import { linkMailedTo } from '../support/mailed.js';
import { patternsOf } from './traces.js';
import { PASSWORD, Visitor } from './visitor.js';

export const NAME = 'Kanarienvögel Žofie Quux4711';
export const ADDRESS = 'canary.quux4711@registry.example';
/** Somebody may call their browser by their name. */
const AGENT = 'Browser of canary.quux4711';
/** What must be nowhere once they are erased. */
export const CANARY = patternsOf(NAME, ADDRESS, AGENT);

/** Everything that is said is looked at, too. */
export const TALKATIVE = { PEOPLE: 'required', RECORD: 'none', LOG_LEVEL: 'debug', LOG_FORMAT: 'text' };
const registration = {
  name: 'Example Registry',
  profile: { kind: 'TECHNICAL_COORDINATION', description: 'An example.' },
  sources: [{ title: 'A source', confidence: 'found' }],
};

/** Two who administer, and one who worked here and is to be forgotten. */
export class Office {
  readonly ada = new Visitor();
  readonly bea = new Visitor();
  readonly canary = new Visitor(AGENT);

  constructor(
    private readonly one: Api,
    private readonly other: Api,
    private readonly mail: string,
  ) {}

  async begin(said: string): Promise<void> {
    const { ada, bea, canary, one, other } = this;
    await ada.setUp(one, /http\S+\/set-up\/\S+/.exec(said)![0], 'Ada Example', 'ada@secretariat.example');
    await ada.post(one, '/api/invitations', { name: 'Bea Example', address: 'bea@secretariat.example' });
    await ada.post(one, '/api/invitations', { name: NAME, address: ADDRESS });
    await bea.join(one, await linkMailedTo(this.mail, 'bea@secretariat.example'));
    await canary.join(other, await linkMailedTo(this.mail, ADDRESS));
    await this.give(ada, bea.person, 'administrator');
    await bea.enrol(other);
    await this.give(ada, canary.person, 'secretariat');
    await this.give(bea, canary.person, 'secretariat');
    await canary.enrol(one);
    await this.work();
  }

  /** What they did stands on the public record, and stays there. */
  private async work(): Promise<void> {
    const { canary, one, other } = this;
    await must(canary.send(one, 'PUT', '/api/organizations/example-registry', registration));
    await canary.post(one, '/api/tokens', {
      name: 'For canary.quux4711',
      scopes: ['read'],
      until: new Date(Date.now() + 86_400_000).toISOString(),
    });
    await new Visitor(AGENT).signIn(other, ADDRESS);
    const wrong = { address: ADDRESS, password: `wrong ${PASSWORD}` };
    expect((await new Visitor(AGENT).send(one, 'POST', '/api/sign-in', wrong)).status).toBe(401);
    // Where it is kept in memory, on every node.
    for (const api of [one, other])
      expect((await this.shown(api)).body).toMatchObject({ name: NAME, address: ADDRESS });
  }

  /** What those who administer are shown of the one who is to be forgotten. */
  shown(api: Api) {
    return this.ada.get(api, `/api/persons/${this.canary.person}`);
  }

  async erase(): Promise<void> {
    const ground = { ground: 'asked-by-the-person' };
    const path = `/api/persons/${this.canary.person}/erasure`;
    expect((await this.ada.post(this.one, path, ground)).body).toEqual({ outcome: 'proposed' });
    expect((await this.bea.post(this.other, path, ground)).body).toEqual({ outcome: 'erased' });
  }

  /** Ada with another browser, all the way. */
  async adaAnew(api: Api): Promise<Visitor> {
    const visitor = new Visitor();
    await visitor.signIn(api, 'ada@secretariat.example');
    await visitor.prove(api, this.ada.authenticator);
    return visitor;
  }

  /** All that the public may know, and one hash of all that there is. */
  async record(api: Api): Promise<{ readonly events: string; readonly digest: unknown }> {
    const digest = await this.ada.get(api, '/health/digest');
    expect(digest.status).toBe(200);
    return { events: (await api.get('/api/events')).text, digest: digest.body };
  }

  private async give(by: Visitor, person: string, role: string): Promise<void> {
    await must(by.send(this.one, 'PUT', `/api/mandates/${person}/${role}`, { from: '2026-01-01' }));
  }
}

async function must(answering: Promise<{ status: number; text: string }>): Promise<void> {
  const { status, text } = await answering;
  if (status >= 300) throw new Error(text);
}
