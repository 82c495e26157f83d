import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Gated } from '../gate/gated.js';

interface JobDocs {
  readonly summary: string;
  readonly description: string;
  readonly example: object;
}

export const TAG = 'Jobs';

/** Documents what is begun now and done later: 202, and an address at which it can be followed. */
export function JobOperation({ summary, description, example }: JobDocs): MethodDecorator {
  return applyDecorators(
    HttpCode(202),
    Gated('StartJob'),
    ApiTags(TAG),
    ApiOperation({ summary, description }),
    ApiHeader({ name: 'Actor', required: true, description: 'Who asks for it: 1 to 200 visible ASCII characters.' }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Makes it safe to repeat: the same key of the same actor at the same address is the same job.',
    }),
    ApiResponse({
      status: 202,
      description: 'It will be done. How far it is can be read at its address.',
      headers: { Location: { description: 'The address of the job.', schema: { type: 'string' } } },
      content: { 'application/json': { example } },
    }),
  );
}
