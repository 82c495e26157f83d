import { SetMetadata } from '@nestjs/common';
import type { CommandName } from '#commands';
import type { ReadName } from '#identity';

/** What the permission table calls it. `OwnDoor`: the handler itself asks who is there. */
export type Gated = CommandName | ReadName | 'OwnDoor';

export const GATED = 'para71:gated';

/** Says what a handler does, so that the gate can ask whether somebody may. A handler that does not say is shut. */
export const Gated = (what: Gated) => SetMetadata(GATED, what);
