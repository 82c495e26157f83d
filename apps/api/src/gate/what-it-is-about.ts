import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Recorder } from '#commands';
import type { About } from '#identity';
import { ACTION_ID, action, actionStream, type OrganizationId } from '#reporting';
import type { Gated } from './gated.js';

type Said = Readonly<Record<string, unknown>>;

/** What a request is about, as the permission table asks for it: out of its address, its body and the record. */
@Injectable()
export class WhatItIsAbout {
  constructor(private readonly record: Recorder) {}

  async of(what: Gated, { params, body }: FastifyRequest): Promise<About> {
    const address = (params ?? {}) as Said;
    const said = isObject(body) ? body : {};
    const { organization, reviewer } = address;
    // Who reviews what is for those in it to know. That an organization or a report is on record is for everybody.
    if (typeof reviewer === 'string') return { person: reviewer, ...organizations(organization) };
    if (what === 'Readiness' || what === 'Receipt') return organizations(organization);
    if (typeof organization === 'string') return { ...organizations(organization), isPublic: true };
    if (what === 'ConfirmPartnership' || what === 'DisputePartnership')
      return { ...organizations(address['partner']), isPublic: true };
    // Not whom its author says to be: one that is on record has its lead there.
    const id = address['action'] ?? (what === 'TakeUpOption' ? said['action'] : undefined);
    const lead = await this.leadOf(id);
    return { ...organizations(lead ?? (what === 'RecordAction' ? said['lead'] : undefined)), isPublic: true };
  }

  private async leadOf(id: unknown): Promise<OrganizationId | undefined> {
    if (typeof id !== 'string' || !ACTION_ID.test(id)) return undefined;
    return (await this.record.stateOf(actionStream(id), action)).lead;
  }
}

const organizations = (id: unknown): About => (typeof id === 'string' ? { organizations: [id] } : {});

const isObject = (body: unknown): body is Said => typeof body === 'object' && body !== null && !Array.isArray(body);
