import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { LIMITED_EXTENSION } from '../http/openapi-security.js';

export const COSTLY = 'para71:costly';

/** Says of a read for everybody that it takes far more to answer than to ask: who has not signed in has it so often. */
export const Costly = () => applyDecorators(SetMetadata(COSTLY, true), ApiExtension(LIMITED_EXTENSION, true));
