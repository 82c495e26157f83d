import { describe, expect, it } from '@jest/globals';
import { searchCheck } from './checks.js';
import { Readiness } from './readiness.js';

describe('The check of the search index', () => {
  const lookAt = (trouble: string | undefined) => new Readiness([searchCheck({ trouble })]).report();

  it('warns with the reason and the mend where nothing can be looked for, and keeps nobody from being answered', async () => {
    const { isReady, checks } = await lookAt('The disk is full');
    expect(isReady).toBe(true);
    expect(checks).toEqual([
      {
        name: 'search',
        status: 'warning',
        detail: expect.stringMatching(/The disk is full.*POST \/api\/jobs\/rebuild/),
      },
    ]);
  });

  it('finds nothing otherwise', async () => {
    expect((await lookAt(undefined)).checks[0]).toMatchObject({ status: 'ok' });
  });
});
