import { Injectable, type PipeTransform } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { RecordedCommand } from '#commands';
import { Answers, type RecordedAnswer } from './answers.js';
import { admissionOf } from './gate/admitted.js';
import { type CommandInRequest, GivenCommand } from './http/command-in-request.js';

/** A command that somebody gives by HTTP, and the answer that they are owed. */
export class Order<C extends RecordedCommand = RecordedCommand> {
  constructor(
    readonly command: C,
    private readonly reply: FastifyReply,
    private readonly commands: CommandBus,
    private readonly answers: Answers,
  ) {}

  /** Puts it on record, and answers once this server shows it. `addressOf`: of what was changed. */
  async carryOut(addressOf: (command: C) => string): Promise<RecordedAnswer> {
    const recorded = await this.commands.execute(admissionOf(this.reply.request).lets(this.command));
    return this.answers.recorded(this.reply, addressOf(this.command), recorded);
  }
}

@Injectable()
export class OrderPipe implements PipeTransform<CommandInRequest, Order> {
  constructor(
    private readonly commands: CommandBus,
    private readonly answers: Answers,
  ) {}

  transform({ command, reply }: CommandInRequest): Order {
    return new Order(command, reply, this.commands, this.answers);
  }
}

/** The order that a request gives, of the command that its handler is for. */
export const Ordered = () => GivenCommand(OrderPipe);
