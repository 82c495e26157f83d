import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Known, Recorder } from '#commands';
import type { About } from '#identity';
import { ACTION_ID, action, actionStream, type OrganizationId, SLUG } from '#reporting';
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
  constructor(
    private readonly record: Recorder,
    private readonly known: Known,
  ) {}

  async of(what: Gated, { params, body }: FastifyRequest): Promise<About> {
    const address = (params ?? {}) as Said;
    const said = isObject(body) ? body : {};
    const { organization, reviewer } = address;
    const theirs = await this.organizations(what, organization);
    // Who reviews what is for those in it to know. That an organization or a report is on record is for everybody.
    if (typeof reviewer === 'string') return { person: reviewer, ...theirs };
    if (what === 'Readiness' || what === 'Receipt') return theirs;
    if (typeof organization === 'string') return { ...theirs, isPublic: true };
    if (what === 'ConfirmPartnership' || what === 'DisputePartnership')
      return { ...organizations(address['partner']), isPublic: true };
    // Not whom its author says to be: one that is on record has its lead there.
    const id = address['action'] ?? (what === 'TakeUpOption' ? said['action'] : undefined);
    const lead = await this.leadOf(id);
    return { ...organizations(lead ?? (what === 'RecordAction' ? said['lead'] : undefined)), isPublic: true };
  }

  private async organizations(what: Gated, id: unknown): Promise<About> {
    if (typeof id !== 'string' || !FOR_MERGED.has(what) || !SLUG.test(id)) return organizations(id);
    return { organizations: [id, ...(await this.known.mergersOf(id))] };
  }

  private async leadOf(id: unknown): Promise<OrganizationId | undefined> {
    if (typeof id !== 'string' || !ACTION_ID.test(id)) return undefined;
    return (await this.record.stateOf(actionStream(id), action)).lead;
  }
}

const organizations = (id: unknown): About => (typeof id === 'string' ? { organizations: [id] } : {});

const isObject = (body: unknown): body is Said => typeof body === 'object' && body !== null && !Array.isArray(body);
