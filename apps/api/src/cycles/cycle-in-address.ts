import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CycleId } from '#reporting';

/** Series and year of an address. What is no year names a cycle that is not on record. */
export function cycleIn({ params }: FastifyRequest): CycleId {
  const { series, year } = params as Readonly<Record<'series' | 'year', string>>;
  return { series, year: /^\d{4}$/.test(year) ? Number(year) : NaN };
}

/** The cycle that the address of a request names. */
export const CycleInAddress = createParamDecorator((_: undefined, context: ExecutionContext): CycleId =>
  cycleIn(context.switchToHttp().getRequest<FastifyRequest>()),
);
