import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mergedInto, RecordInFolder, registered } from '#testing';
import { MergersOnRecord } from './mergers-on-record.js';

let record: RecordInFolder;
let mergers: MergersOnRecord;

const merge = (organization: string, successor: string) =>
  record.tell(`organization-${organization}`, registered(), mergedInto({ successor }));
const oneWith = async (id: string) => (await mergers.oneWith(id)).toSorted();

beforeEach(() => {
  record = new RecordInFolder();
  mergers = new MergersOnRecord(record.store);
});
afterEach(() => record.close());

describe('Organizations that were merged', () => {
  it('are one, whichever of them is asked about, and as soon as it is on record', async () => {
    expect(await oneWith('south')).toEqual(['south']);
    await merge('south', 'union');
    await merge('north', 'union');
    for (const id of ['south', 'north', 'union']) expect(await oneWith(id)).toEqual(['north', 'south', 'union']);
    await merge('union', 'league');
    expect(await oneWith('south')).toEqual(['league', 'north', 'south', 'union']);
    expect(await oneWith('east')).toEqual(['east']);
  });

  it('have successors one way only', async () => {
    await merge('south', 'union');
    await merge('union', 'league');
    expect(await mergers.successorsOf('south')).toEqual(['union', 'league']);
    expect(await mergers.successorsOf('league')).toEqual([]);
  });

  it('may have closed a circle on two nodes, which is no reason to go round for ever', async () => {
    await merge('south', 'union');
    await merge('union', 'south');
    expect(await mergers.successorsOf('south')).toEqual(['union', 'south']);
  });

  it('are read for many questions at once, each of which sees what was on record before it', async () => {
    const asked = [];
    for (let n = 0; n < 20; n++) {
      asked.push(mergers.oneWith('south'));
      if (n === 9) await merge('south', 'union');
    }
    const answers = await Promise.all(asked);
    expect(answers.slice(10).every((all) => all.length === 2)).toBe(true);
  });

  it('are told again after a reading that failed', async () => {
    await merge('south', 'union');
    const away = () => {
      throw new Error('away');
    };
    Object.assign(record.store, { readPages: away });
    await expect(mergers.oneWith('south')).rejects.toThrow('away');
    Reflect.deleteProperty(record.store, 'readPages');
    expect(await oneWith('south')).toEqual(['south', 'union']);
  });
});
