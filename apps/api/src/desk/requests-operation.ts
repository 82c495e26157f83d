import { applyDecorators, createParamDecorator, type ExecutionContext, HttpCode } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Gated } from '../gate/gated.js';
import { bind } from '../http/binding.js';
import { bodySchemaOf, type FieldsClass } from '../http/command-schema.js';

interface RequestsDocs {
  readonly summary: string;
  readonly description: string;
  readonly body: { readonly of: FieldsClass; readonly example: object };
  readonly example: object;
  /** What a long list is answered with. */
  readonly begun?: object;
}

/** Documents what is done for many organizations at once, by whoever may ask each of them. */
export function RequestsOperation({ summary, description, body, example, begun }: RequestsDocs): MethodDecorator {
  return applyDecorators(
    HttpCode(200),
    Gated('RequestReport'),
    ApiTags('Cycles'),
    ApiOperation({ summary, description }),
    ApiHeader({ name: 'Actor', required: true, description: 'Who asks: 1 to 200 visible ASCII characters.' }),
    ApiBody({
      schema: { ...(bodySchemaOf(body.of, ['series', 'year']) as object), example: body.example },
      examples: { usual: { value: body.example } },
    }),
    ApiResponse({ status: 200, description: 'All of them.', content: { 'application/json': { example } } }),
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

/** The fields of the address and the body, checked as those of a command are. */
export const FieldsIn = createParamDecorator((of: FieldsClass, context: ExecutionContext): object => {
  const { params, body } = context.switchToHttp().getRequest<FastifyRequest>();
  return bind(of, params as Record<string, string>, body);
});
