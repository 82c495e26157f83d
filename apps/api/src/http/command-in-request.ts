import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { commandOf, type RecordedCommand } from '#commands';
import { bind } from './binding.js';
import { givenBy } from './given.js';
import { SaidOfHandlers } from './said-of-handlers.js';

export type CommandClass<C extends RecordedCommand = RecordedCommand> = new () => C;

interface OrdersOptions {
  /** The command brings something into being, so that `If-None-Match: *` is understood. */
  readonly creates: boolean;
}

const orders = new SaidOfHandlers<readonly [CommandClass, OrdersOptions]>();

/** Says which command a handler is for. */
export const Orders = (of: CommandClass, options: OrdersOptions) => orders.is([of, options]);

export interface CommandInRequest<C extends RecordedCommand = RecordedCommand> {
  readonly command: C;
  readonly reply: FastifyReply;
}

/** The command that a request gives, of the class that its handler is for: fields of the address and the body, and who gives it. */
export const GivenCommand = createParamDecorator((_: undefined, context: ExecutionContext): CommandInRequest => {
  const [of, options] = orders.required(context, 'which command it is for');
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  const fields = bind(of, request.params as Record<string, string>, request.body);
  return {
    command: commandOf(of, fields as never, givenBy(request, options)),
    reply: http.getResponse<FastifyReply>(),
  };
});
