import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Attachment, AttachmentStore, typeNamed, UploadTokens } from '#documents';
import { mayReadFor } from '#reporting';
import type { AttachmentNaming } from '#views';
import { Readers } from '../assessments/readers.js';
import { admittedOf } from '../gate/admitted.js';
import { Relations } from '../gate/relations.js';
import { signInFirst } from '../gate/sign-in-first.js';
import { isKnown } from '../http/conditional.js';
import { givenBy } from '../http/given.js';
import { HttpProblem } from '../http/http-problem.js';
import { AttachmentAccess } from './attachment-access.js';
import { DownloadOperation, UploadOperation } from './attachment-operations.js';
import { UploadAllowance } from './upload-allowance.js';
import { ATTACHMENTS, uploadIn } from './upload-body.js';
import { declaredBy, dispositionFor, uploadTokenOf } from './upload-headers.js';

/** Nothing of it may run, should a browser ever show it in spite of everything else. */
const POLICY = "sandbox; default-src 'none'";

@Controller(ATTACHMENTS)
export class AttachmentsController {
  constructor(
    private readonly store: AttachmentStore,
    private readonly tokens: UploadTokens,
    private readonly access: AttachmentAccess,
    private readonly allowance: UploadAllowance,
    private readonly relations: Relations,
    private readonly readers: Readers,
  ) {}

  @Post()
  @UploadOperation()
  async upload(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Attachment & { token: string }> {
    try {
      givenBy(request);
      await this.allowance.take(request);
      const kept = await this.store.put(uploadIn(request), declaredBy(request));
      reply.header('Location', `${ATTACHMENTS}/${kept.sha256}`).header('Cache-Control', 'no-store');
      return { ...kept, token: this.tokens.issue(kept.sha256) };
    } catch (error) {
      // What still comes of the body is not read as another request.
      reply.header('Connection', 'close');
      request.raw.resume();
      throw error;
    }
  }

  @Get(':sha256')
  @DownloadOperation()
  async download(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('sha256') sha256: string) {
    const namings = await this.access.toRead(sha256, uploadTokenOf(request), (naming) => this.reads(request, naming));
    const kept = namings && (await this.store.open(sha256));
    if (!kept) {
      signInFirst(request);
      throw new HttpProblem('attachment-unknown', { facts: { sha256 } });
    }
    if (isKnown(request, reply, { etag: `"${sha256}"` })) {
      kept.content.destroy();
      return reply.send();
    }
    const { name, title } = namings[0]?.document ?? {};
    const type = typeNamed(kept.type, name);
    return (
      reply
        // The bytes never change, but who may read them does: a cache has to ask.
        .header('Cache-Control', 'private, no-cache')
        .header('Content-Type', type === 'text/plain' || type === 'text/csv' ? `${type}; charset=utf-8` : type)
        .header('Content-Length', kept.bytes)
        .header('Content-Disposition', dispositionFor(type, name ?? title ?? sha256))
        .header('Content-Security-Policy', POLICY)
        .send(kept.content)
    );
  }

  /** Where nobody signs in, nobody can show that a report is theirs. */
  private async reads(request: FastifyRequest, naming: AttachmentNaming): Promise<boolean> {
    if (!admittedOf(request) || !('organization' in naming.in)) return false;
    if (naming.review) return mayReadFor(await this.readers.ofReport(request, naming.in), naming.review);
    const { drafts, submitted } = await this.relations.toReports(request, naming.in.organization);
    return naming.isSubmitted ? submitted : drafts;
  }
}
