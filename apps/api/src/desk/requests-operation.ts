import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { BodyOperation } from '../http/body-operation.js';
import type { FieldsClass } from '../http/command-schema.js';

interface RequestsDocs {
  readonly summary: string;
  readonly description: string;
  readonly body: { readonly of: FieldsClass; readonly example: object };
  readonly example: object;
  /** What a long list is answered with. */
  readonly begun?: object;
}

/** Documents what is done for many organizations at once, by whoever may ask each of them. */
export function RequestsOperation({ body, example, begun, ...docs }: RequestsDocs): MethodDecorator {
  return applyDecorators(
    BodyOperation({
      ...docs,
      tag: 'Cycles',
      gated: 'RequestReport',
      actor: 'Who asks',
      body: { ...body, inAddress: ['series', 'year'] },
      answer: { description: 'All of them.', example },
    }),
    ...(begun
      ? [
          ApiResponse({
            status: 202,
            description: 'The list is long: how far it is can be read at its address.',
            headers: { Location: { description: 'The address of the job.', schema: { type: 'string' } } },
            content: { 'application/json': { example: begun } },
          }),
        ]
      : []),
  );
}
