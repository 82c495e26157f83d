import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { answered } from './whole-year/answering.js';
import { asked } from './whole-year/asking.js';
import { assessed } from './whole-year/assessing.js';
import { followedUp } from './whole-year/following-up.js';
import { lookedBackOn } from './whole-year/looking-back.js';
import { Year } from './whole-year/year.js';

// One round from its opening to its published reports, played over HTTP by seven personas. Whatever a step needs to know of
// the one before it is taken from what the API answered: numbers of sections, revisions, sequences, hashes.

// Its steps are many requests each, and the machine may be busy with other servers.
jest.setTimeout(60_000);

const year = new Year();
beforeAll(() => year.begin());
afterAll(() => year.product.remove());

describe('A year', () => {
  // The chapters go on from each other.
  asked(year);
  answered(year);
  followedUp(year);
  assessed(year);
  lookedBackOn(year);
});
