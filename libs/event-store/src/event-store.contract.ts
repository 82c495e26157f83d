import { describe } from '@jest/globals';
import { appendingContract } from './contract/appending.contract.js';
import { closingContract } from './contract/closing.contract.js';
import { keepingContract } from './contract/keeping.contract.js';
import { readingContract } from './contract/reading.contract.js';
import { refusingContract } from './contract/refusing.contract.js';
import { type OpenStore, Stage } from './contract/stage.contract.js';
import { subscribingContract } from './contract/subscribing.contract.js';

/**
 * What every store of this port promises, once each, whole on each of them. Tests have streams and categories of their own, so
 * that they may share a log with others; positions are only compared as the log orders them.
 */
export function eventStoreContract(kind: string, open: () => Promise<OpenStore>): void {
  describe(`${kind} as an event store`, () => {
    const on = Stage.forEachTest(open);
    appendingContract(on);
    refusingContract(on);
    keepingContract(on);
    readingContract(on);
    subscribingContract(on);
    closingContract(on);
  });
}
