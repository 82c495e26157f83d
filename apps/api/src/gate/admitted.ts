import type { FastifyRequest } from 'fastify';
import { Admission, type Who } from '#identity';

/** What the gate found out about whoever sent a request. */
export interface Admitted {
  /** They came with a cookie, and nobody can say now whose: they are answered as everybody is, as far as that goes. */
  readonly isUnsure?: true;
  /** Nobody, where nobody signed in. */
  readonly who?: Who;
  /** The role of theirs that allows it. */
  readonly role?: string;
  /** The organization that appointed them to that role. */
  readonly onBehalfOf?: string;
}

interface Found {
  readonly admission: Admission;
  readonly admitted: Admitted | undefined;
}

/** What the table lets anybody ask, whoever they are and whatever else they want. */
export const EVERYBODYS = Admission.for(undefined, 'PublicRecord')!;

const found = new WeakMap<FastifyRequest, Found>();

/** `admitted`: nothing where nobody signs in. */
export function admit(request: FastifyRequest, admission: Admission, admitted?: Admitted): void {
  found.set(request, { admission, admitted });
}

/** Nothing where nobody signs in: whoever asks then says themselves who they are. */
export const admittedOf = (request: FastifyRequest): Admitted | undefined => found.get(request)?.admitted;

/** What a request may bring before the buses. */
export const admissionOf = (request: FastifyRequest): Admission => found.get(request)?.admission ?? EVERYBODYS;
