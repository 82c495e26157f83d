import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ChangeLog, type ChangeLogPage, type ChangesAsked } from '#views';
import { EventReaders } from '../events/event-readers.js';
import { Questions } from '../gate/questions.js';

/** The change log, as far as somebody may read it. */
@Injectable()
export class ChangesAsRead {
  constructor(
    private readonly questions: Questions,
    private readonly readers: EventReaders,
  ) {}

  page(request: FastifyRequest, asked: ChangesAsked): Promise<ChangeLogPage> {
    return this.questions.ask(request, new ChangeLog(asked, this.readers.of(request)));
  }

  /** As everybody may read it: pages stand open to the web, also where nobody signs in. */
  publicPage(request: FastifyRequest, asked: ChangesAsked): Promise<ChangeLogPage> {
    return this.questions.ask(request, new ChangeLog(asked, this.readers.ofVisitor(request)));
  }
}
