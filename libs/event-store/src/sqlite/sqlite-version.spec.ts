import { expect, it } from '@jest/globals';
import { refuseUnsafeSqlite } from './sqlite-version.js';

it.each(['3.51.2', '3.50.7', '3.7.0', '2.99.99', '3.51', '', 'unknown'])('refuses SQLite %j', (version) => {
  expect(() => refuseUnsafeSqlite(version)).toThrow(expect.objectContaining({ code: 'store-unavailable' }));
});

it.each(['3.51.3', '3.51.10', '3.52.0', '3.53.4', '4.0.0'])('takes SQLite %j', (version) => {
  expect(() => refuseUnsafeSqlite(version)).not.toThrow();
});

it('says what is wrong with a version, and what to do', () => {
  expect(() => refuseUnsafeSqlite('3.46.1')).toThrow(
    /^SQLite 3\.46\.1 can corrupt .* 3\.51\.3 .* install the newest Node/,
  );
});
