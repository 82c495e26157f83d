import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { CommandName } from '#commands';
import type { ReadName } from '#identity';

/** What the permission table calls it. `OwnDoor`: the handler itself asks who is there. */
export type Gated = CommandName | ReadName | 'OwnDoor';

export const GATED = 'para71:gated';
/** Under which the OpenAPI document is told the same, until it is finished. */
export const GATED_EXTENSION = 'x-gated';

export const FOR_SOMEBODY = 'para71:for-somebody';

/** Says of a handler at its own door that it is for nobody who shows nothing. */
export const ForSomebody = () => SetMetadata(FOR_SOMEBODY, true);

/** Says what a handler does, so that the gate can ask whether somebody may. A handler that does not say is shut. */
export const Gated = (what: Gated) => applyDecorators(SetMetadata(GATED, what), ApiExtension(GATED_EXTENSION, what));
