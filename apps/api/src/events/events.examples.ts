// Answers as the OpenAPI document shows them. Organizations of examples are plainly examples.

export const event = {
  sequence: 344,
  id: '5f0c2a58-7f2c-5a0c-9d1b-6f0f5f0f1a01',
  stream: 'action-ex-1',
  revision: 2,
  type: 'PartnerConfirmed',
  data: { partner: 'sample-standards-body', note: 'We sent two delegates to each meeting.' },
  metadata: {
    actor: 'focal-point-2',
    commandId: '6c1f4e52-90f5-4b8e-a8f5-2f4f1d8b7a10',
    commandHash: 'Zk3Qy1pAWyJleGFtcGxlLXJlZ2lzdHJ5IiwgMTIzNDU',
    correlationId: '0b0f3f5e-6a3c-4a52-9a3e-2f6a1f7f0c11',
    causationId: '6c1f4e52-90f5-4b8e-a8f5-2f4f1d8b7a10',
    recordedAt: '2026-01-15T09:30:00.000Z',
    salt: 'b1f6Jk0Yw2x3nQ7c9dLmUg',
    v: '1',
  },
};

const next = {
  ...event,
  sequence: 345,
  id: '5f0c2a58-7f2c-5a0c-9d1b-6f0f5f0f1a02',
  revision: 3,
  type: 'ActionStatusChanged',
  data: { from: 'PLANNED', to: 'ONGOING' },
};

export const lines = `${JSON.stringify(event)}\n${JSON.stringify(next)}\n`;
