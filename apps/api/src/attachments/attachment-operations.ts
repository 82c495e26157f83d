import { applyDecorators, HttpCode } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { ATTACHMENT_LIMITS, KINDS } from '#documents';
import { Gated } from '../gate/gated.js';
import { LIMITED_EXTENSION } from '../http/openapi-security.js';
import type { Tag } from '../http/openapi-tags.js';
import * as example from './attachments.examples.js';

const TAG = 'Attachments' satisfies Tag;
const TYPES = KINDS.map(({ type }) => type);
const BINARY = { type: 'string', format: 'binary' } as const;
const MIB = 1024 * 1024;

const UPLOAD_TOKEN = {
  name: 'Upload-Token',
  required: false,
  description: 'Token of the upload: its uploader may read the file for an hour, before it is published anywhere.',
};

export function UploadOperation(): MethodDecorator {
  return applyDecorators(
    HttpCode(201),
    Gated('UploadFile'),
    ApiExtension(LIMITED_EXTENSION, true),
    ApiTags(TAG),
    ApiOperation({
      summary: 'Upload a file, to be named by a report',
      description:
        `${KINDS.map(({ called }) => called).join(', ')}; at most ${ATTACHMENT_LIMITS.bytes / MIB} MiB. Its name, its ` +
        'Content-Type and what it holds have to agree. What runs when it is opened is not taken: no macros, no scripts, ' +
        'nothing encrypted, no file in the file. It is kept once, under its SHA-256, and stays unread until something ' +
        'names it. To name it in a command within the hour, send the token as `Upload-Token` with the command. One person ' +
        'uploads at most 40 files within an hour.',
    }),
    ApiHeader({ name: 'Actor', required: true, description: 'Who uploads it: 1 to 200 visible ASCII characters.' }),
    ApiHeader({
      name: 'Content-Disposition',
      required: true,
      description: "attachment; filename*=UTF-8''<name of the file, with %-escapes>",
    }),
    ApiConsumes(...TYPES),
    ApiBody({
      schema: { ...BINARY, example: example.file },
      required: true,
      examples: { file: { value: example.file } },
    }),
    ApiResponse({
      status: 201,
      description: 'It is kept, and durable. The same file again answers the same hash.',
      headers: { Location: { description: 'Where it is read.', schema: { type: 'string' } } },
      content: { 'application/json': { example: example.uploaded } },
    }),
  );
}

export function DownloadOperation(): MethodDecorator {
  return applyDecorators(
    Gated('PublicRecord'),
    ApiTags(TAG),
    ApiOperation({
      summary: 'A file, to be saved',
      description:
        'Readable by everybody once a published version of a report names it, a letter that is on record, a message or a ' +
        'finding for everybody; before, by those who may read the report, the message or the finding that names it, and ' +
        'by its uploader for an hour. Any other is answered as one that is not there. A connection that ends before its ' +
        'Content-Length means that the file is damaged.',
    }),
    ApiHeader(UPLOAD_TOKEN),
    ApiHeader({ name: 'If-None-Match', required: false, description: 'ETag of a file that is already there: 304.' }),
    ApiProduces(...TYPES),
    ApiResponse({
      status: 200,
      description: 'The bytes as they were uploaded.',
      headers: { ETag: { description: 'The hash.', schema: { type: 'string' } } },
      content: Object.fromEntries(TYPES.map((type) => [type, { schema: BINARY, example: example.file }])),
    }),
  );
}
