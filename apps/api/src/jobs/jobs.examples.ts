export const added = {
  id: 'import-0b0f3f5e-6a3c-5a52-9a3e-2f6a1f7f0c11',
  name: 'import',
  state: 'waiting',
  attempt: 0,
  summary: 'It waits until somebody begins it.',
};

export const building = {
  id: 'rebuild-5d2c1f0a-8b3e-5c6d-9e7f-1a2b3c4d5e6f',
  name: 'rebuild',
  state: 'active',
  attempt: 1,
  progress: { done: 120, of: 342, what: 'building' },
  summary: 'It runs: building, 120 of 342.',
};

export const queues = {
  shared: { waiting: 0, delayed: 1, active: 1, failed: 0, oldestDueMs: 0 },
  own: { waiting: 0, delayed: 1, active: 1, failed: 0, oldestDueMs: 0 },
};
