import { describe } from '@jest/globals';
import { attemptsAreCounted } from './attempts.contract.js';
import { AttemptsInMemory } from './attempts.js';

describe('Who guesses', () => attemptsAreCounted((now) => new AttemptsInMemory(now)));
