import { describe, expect, it } from '@jest/globals';
import { IdentityRefusal } from '../identity-refusal.js';
import { requirePassword } from './password-rules.js';

const about = ['Erin Xample', 'erin.xample@registry.example'];

function verdictOn(password: string): string {
  try {
    requirePassword(password, about);
    return 'taken';
  } catch (error) {
    if (error instanceof IdentityRefusal) return error.code;
    throw error;
  }
}

describe('A password', () => {
  it('has at least fifteen characters, whichever they are', () => {
    expect(verdictOn('gwmhkvjbtqzxpl')).toBe('password-too-short');
    expect(verdictOn('gwmhkvjbtqzxplf')).toBe('taken');
    expect(verdictOn('the cow jumps over my green lamp')).toBe('taken');
    expect(verdictOn('кот ходит сам по себе ночью')).toBe('taken');
  });

  it('may be very long, and is counted in characters and not in bytes', () => {
    const long = 'zq wv lk 83 ₿☂♞ fj '.repeat(20);
    expect(verdictOn(long.slice(0, 64))).toBe('taken');
    expect(verdictOn(long.slice(0, 256))).toBe('taken');
    expect(verdictOn(long.slice(0, 257))).toBe('password-too-long');
    expect(verdictOn('🐎🪫🧷🦑🪁🧊🛶🎻🥝🪴🧵🦔🧭🪐🫖')).toBe('taken');
  });

  it('is counted after NFKC: what one keyboard writes in two characters is one', () =>
    expect(verdictOn('gwmhkvjbtqzxpe\u0301'.normalize('NFD'))).toBe('password-too-short'));

  it.each([
    'passwordpassword',
    'Password12345678',
    '123456789012345678',
    'aaaaaaaaaaaaaaaaaaaa',
    'abcdefghijklmnopqrstuvwxyz',
    'qwertyuiopasdfghjkl',
    'correct horse battery staple',
    'SummerWinterSpring2026',
    'Para71 Secretariat 2026!',
    'ErinXampleRegistry2026',
    'erin.xample@registry.example',
    'p@ssw0rdp@ssw0rd',
  ])('is not %j, which somebody would guess', (password) => expect(verdictOn(password)).toBe('password-guessable'));
});
