import { Injectable } from '@nestjs/common';
import { type Query, QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { admissionOf, EVERYBODYS } from './admitted.js';

/** Asks the views, for a request that the gate let in. */
@Injectable()
export class Questions {
  constructor(private readonly queries: QueryBus) {}

  ask<Answer>(request: FastifyRequest, question: Query<Answer>): Promise<Answer> {
    return this.queries.execute(admissionOf(request).lets(question));
  }

  /** What everybody may ask, whoever does. */
  askAsEverybody<Answer>(question: Query<Answer>): Promise<Answer> {
    return this.queries.execute(EVERYBODYS.lets(question));
  }
}
