import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { commandOf, type RecordedCommand } from '#commands';
import { bind } from './binding.js';
import { givenBy } from './given.js';

export type CommandClass<C extends RecordedCommand = RecordedCommand> = new () => C;

export interface OrderedOptions {
  /** The command brings something into being, so that `If-None-Match: *` is understood. */
  readonly creates?: boolean;
}

const OrderedParam = createParamDecorator(
  ([of, options]: [CommandClass, OrderedOptions], context: ExecutionContext): RecordedCommand => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const fields = bind(of, request.params as Record<string, string>, request.body);
    return commandOf(of, fields as never, givenBy(request, options));
  },
);

/** The command of class `of` that a request gives: fields of the address and the body, and who gives it. */
export const Ordered = (of: CommandClass, options: OrderedOptions = {}) => OrderedParam([of, options]);
