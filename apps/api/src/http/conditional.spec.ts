import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { etagOfRevision, etagOfText, minSequenceOf } from './conditional.js';
import { HttpProblem } from './http-problem.js';

const asking = (headers: Record<string, string>) => ({ headers }) as unknown as FastifyRequest;

describe('an ETag', () => {
  it('is the revision, or changes with the text', () => {
    expect(etagOfRevision(0)).toBe('"0"');
    expect(etagOfText('a')).toMatch(/^"[\w-]{22}"$/);
    expect(etagOfText('a')).not.toBe(etagOfText('b'));
  });
});

describe('Min-Sequence', () => {
  it('is a whole number, or missing', () => {
    expect(minSequenceOf(asking({}))).toBeUndefined();
    expect(minSequenceOf(asking({ 'min-sequence': '1207' }))).toBe(1207);
  });

  it.each(['', '-1', '1.5', '01', 'now', '9'.repeat(16)])('is not "%s"', (value) => {
    expect(() => minSequenceOf(asking({ 'min-sequence': value }))).toThrow(HttpProblem);
  });
});
