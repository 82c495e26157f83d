import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ReportId } from '#reporting';
import { cycleIn } from '../cycles/cycle-in-address.js';

export const TAG = 'Reports';

/** Everything about one report stands under this address. */
export const ONE_REPORT = 'api/reports/:series/:year/:organization';

export const reportAddress = (id: ReportId) => `/api/reports/${reportKey(id)}`;

/** Under which views hold what they tell of a report. */
export const reportKey = ({ series, year, organization }: ReportId) => `${series}/${year}/${organization}`;

/** The report that the address of a request names, whether or not there is one. */
export const ReportInAddress = createParamDecorator((_: undefined, context: ExecutionContext): ReportId => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { organization } = request.params as { readonly organization: string };
  return { ...cycleIn(request), organization };
});
