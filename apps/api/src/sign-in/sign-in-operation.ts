import { applyDecorators, createParamDecorator, type ExecutionContext, Header, HttpCode } from '@nestjs/common';
import { ApiBody, ApiExtension, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForSomebody, Gated } from '../gate/gated.js';
import { bind } from '../http/binding.js';
import { bodySchemaOf, type FieldsClass } from '../http/command-schema.js';
import { BY_EXTENSION, type By, LIMITED_EXTENSION } from '../http/openapi-security.js';

export interface SignInDocs {
  readonly summary: string;
  readonly description?: string;
  /** Left out where nothing is sent. */
  readonly body?: { readonly of: FieldsClass; readonly example: object };
  readonly response: unknown;
  /** By default who has a session. */
  readonly by?: By;
  /** It is done so often, and no more. */
  readonly isLimited?: true;
}

/** Documents what is said and answered at the door. Nothing of it is recorded in public, nor kept by any cache. */
export function SignInOperation(docs: SignInDocs): MethodDecorator {
  const { summary, description, body, response, by = 'browser', isLimited } = docs;
  return applyDecorators(
    HttpCode(200),
    Header('Cache-Control', 'no-store'),
    Gated('OwnDoor'),
    ...(by === 'anybody' ? [] : [ForSomebody()]),
    ApiExtension(BY_EXTENSION, by),
    ...(isLimited ? [ApiExtension(LIMITED_EXTENSION, true)] : []),
    ApiTags('People'),
    ApiOperation({ summary, ...(description && { description }) }),
    ...(body
      ? [
          ApiBody({
            schema: { ...(bodySchemaOf(body.of, []) as object), example: body.example },
            examples: { usual: { value: body.example } },
          }),
        ]
      : []),
    ApiResponse({ status: 200, description: 'Done.', content: { 'application/json': { example: response } } }),
  );
}

/** The fields of a body, checked as those of a command are. */
export const Fields = createParamDecorator((of: FieldsClass, context: ExecutionContext): object =>
  bind(of, {}, context.switchToHttp().getRequest<FastifyRequest>().body),
);
