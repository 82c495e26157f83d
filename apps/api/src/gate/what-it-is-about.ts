import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Known } from '#commands';
import type { About } from '#identity';
import { type Action, ACTION_ID, type OrganizationId, SLUG } from '#reporting';
import type { Gated } from './gated.js';

type Said = Readonly<Record<string, unknown>>;

/**
 * What whoever acts for an organization does for those that were merged into it, too: read what they reported, and answer
 * what is asked about it. They write none of it anew: it was said by another.
 */
const FOR_MERGED: ReadonlySet<Gated> = new Set(['Readiness', 'Receipt', 'AnswerClarification', 'CommentOnFinding']);

/** What a request is about, as the permission table asks for it: out of its address, its body and the record. */
@Injectable()
export class WhatItIsAbout {
  constructor(private readonly known: Known) {}

  async of(what: Gated, request: FastifyRequest): Promise<About> {
    const { address, said } = saidIn(request);
    const { organization, reviewer } = address;
    const isNamed = Object.keys(address).length > 0;
    if (typeof organization === 'string') {
      const theirs = FOR_MERGED.has(what) ? await this.withSuccessors(organization) : [organization];
      return { organizations: theirs, isNamed, ...(typeof reviewer === 'string' && { person: reviewer }) };
    }
    if (what === 'ConfirmPartnership' || what === 'DisputePartnership')
      return { ...organizations(address['partner']), isNamed };
    // Not whom its author says to be: one that is on record has its lead there.
    const lead = (await this.action(what, request))?.lead;
    return { ...organizations(lead ?? (what === 'RecordAction' ? said['lead'] : undefined)), isNamed };
  }

  /** With all who have to do with it: lead and partners of an action, and whoever an organization was merged into. */
  async withConcerned(what: Gated, request: FastifyRequest, about: About): Promise<About> {
    const { organization } = saidIn(request).address;
    if (typeof organization === 'string') return { ...about, concerned: await this.withSuccessors(organization) };
    const { lead, facts } = (await this.action(what, request)) ?? {};
    return { ...about, concerned: [...(lead === undefined ? [] : [lead]), ...(facts?.partners ?? [])] };
  }

  private async withSuccessors(id: string): Promise<OrganizationId[]> {
    return SLUG.test(id) ? [id, ...(await this.known.mergersOf(id))] : [id];
  }

  /** As it is on record, where one is named. */
  private async action(what: Gated, request: FastifyRequest): Promise<Action | undefined> {
    const { address, said } = saidIn(request);
    const id = address['action'] ?? (what === 'TakeUpOption' ? said['action'] : undefined);
    if (typeof id !== 'string' || !ACTION_ID.test(id)) return undefined;
    return this.known.actionAsOnRecord(id);
  }
}

function saidIn({ params, body }: FastifyRequest): { readonly address: Said; readonly said: Said } {
  return { address: (params ?? {}) as Said, said: isObject(body) ? body : {} };
}

const organizations = (id: unknown): About => (typeof id === 'string' ? { organizations: [id] } : {});

const isObject = (body: unknown): body is Said => typeof body === 'object' && body !== null && !Array.isArray(body);
