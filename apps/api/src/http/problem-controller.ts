import { Controller, Get, Param } from '@nestjs/common';
import { HttpProblem } from './http-problem.js';
import { ReadOperation } from './operations.js';
import type { ProblemKind } from './problem-kinds.js';
import { type ProblemCode, PROBLEMS, problemType } from './problem-table.js';

export interface ProblemDescription extends ProblemKind {
  readonly type: string;
  readonly code: string;
}

const example: ProblemDescription = describeProblem('revision-stale');

/** Where the `type` of a problem leads. */
@Controller('problems')
export class ProblemController {
  @Get()
  @ReadOperation({ summary: 'All problems that this server answers with', tag: 'Problems', example: [example] })
  all(): ProblemDescription[] {
    return Object.keys(PROBLEMS).map((code) => describeProblem(code as ProblemCode));
  }

  @Get(':code')
  @ReadOperation({ summary: 'What a problem means and what to do next', tag: 'Problems', example })
  one(@Param('code') code: string): ProblemDescription {
    if (!Object.hasOwn(PROBLEMS, code)) throw new HttpProblem('resource-unknown', { facts: { code } });
    return describeProblem(code as ProblemCode);
  }
}

function describeProblem(code: ProblemCode): ProblemDescription {
  return { type: problemType(code), code, ...PROBLEMS[code] };
}
