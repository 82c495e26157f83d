import { applyDecorators, createParamDecorator, type ExecutionContext, HttpCode } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Gated } from '../gate/gated.js';
import { bind } from './binding.js';
import { bodySchemaOf, type FieldsClass } from './command-schema.js';
import type { Tag } from './openapi-tags.js';

export interface BodyDocs {
  readonly summary: string;
  readonly description: string;
  readonly tag: Tag;
  /** What the permission table calls it. */
  readonly gated: Gated;
  /** Who does it, in a word or two. */
  readonly actor: string;
  readonly body: { readonly of: FieldsClass; readonly inAddress: readonly string[]; readonly example: object };
  readonly answer: { readonly description: string; readonly example: object };
}

/** Documents what somebody does that is not itself a command of the record: what they send, and what they are answered. */
export function BodyOperation({ summary, description, tag, gated, actor, body, answer }: BodyDocs) {
  return applyDecorators(
    HttpCode(200),
    Gated(gated),
    ApiTags(tag),
    ApiOperation({ summary, description }),
    ApiHeader({ name: 'Actor', required: true, description: `${actor}: 1 to 200 visible ASCII characters.` }),
    ApiBody({
      schema: { ...(bodySchemaOf(body.of, body.inAddress) as object), example: body.example },
      examples: { usual: { value: body.example } },
    }),
    ApiResponse({
      status: 200,
      description: answer.description,
      content: { 'application/json': { example: answer.example } },
    }),
  );
}

/** The fields of the address and the body, checked as those of a command are. */
export const FieldsIn = createParamDecorator((of: FieldsClass, context: ExecutionContext): object => {
  const { params, body } = context.switchToHttp().getRequest<FastifyRequest>();
  return bind(of, params as Record<string, string>, body);
});
