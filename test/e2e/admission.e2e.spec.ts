import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { COMMANDS, type RecordedCommand } from '#commands';
import { Admission, NotAdmitted } from '#identity';
import { PUBLIC_CATEGORIES } from '#reporting';
import { FindDocuments, type Found, QUERIES } from '#views';
import { type RunningProduct, runProduct } from '../support/product.js';

type Class = abstract new (...given: never[]) => object;

/** What `CommandHandler` and `QueryHandler` say of a handler: what it handles. */
const HANDLES = { commands: '__commandHandler__', questions: '__queryHandler__' } as const;

const unasked = (of: Class) => Object.create(of.prototype as object) as RecordedCommand;

let product: RunningProduct;
beforeAll(async () => {
  product = await runProduct();
});
afterAll(() => product.remove());

/** Of all that has a handler on the bus, whoever put it there. */
function handled(what: keyof typeof HANDLES): Class[] {
  const modules = [...product.app.get(ModulesContainer).values()];
  const providers = modules.flatMap((each) => [...each.providers.values()]);
  const classes = providers.map(
    ({ metatype }) => typeof metatype === 'function' && Reflect.getMetadata(HANDLES[what], metatype),
  );
  return classes.filter((each): each is Class => typeof each === 'function');
}

const namesOf = (classes: readonly Class[]) => classes.map(({ name }) => name).toSorted();

describe('On the buses of the running product', () => {
  it('there is what the permission table has to have a row for, and nothing else', () => {
    expect(namesOf(handled('commands'))).toEqual(Object.keys(COMMANDS).toSorted());
    expect(namesOf(handled('questions'))).toEqual(Object.keys(QUERIES).toSorted());
  });

  it('nothing is carried out that the table did not let in: no command', async () => {
    const bus = product.app.get(CommandBus);
    for (const of of handled('commands')) {
      const carriedOut = Promise.resolve().then(() => bus.execute(unasked(of)));
      await expect(carriedOut).rejects.toThrow(NotAdmitted);
    }
    for await (const page of product.store.readPages({ categories: PUBLIC_CATEGORIES })) expect(page).toEqual([]);
  });

  it('nothing is answered that the table did not let in: no question', async () => {
    const bus = product.app.get(QueryBus);
    for (const of of handled('questions')) await expect(bus.execute(unasked(of))).rejects.toThrow(NotAdmitted);
  });

  it('what it let in is', async () => {
    const question = new FindDocuments('organizations', { prefix: '' });
    const admission = Admission.for(undefined, 'PublicRecord')!;
    expect(await product.app.get(QueryBus).execute<FindDocuments, Found[]>(admission.lets(question))).toEqual([]);
  });
});
