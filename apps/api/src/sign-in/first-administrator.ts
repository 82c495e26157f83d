import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { commandOf, GiveMandate } from '#commands';
import { type Begun, errandsOn, Identity, IdentityRefusal, requirePassword } from '#identity';
import { Entrance } from './entrance.js';
import type { SetUpFields } from './sign-in-fields.js';

/** Makes the first administrator, or one more where too few are left, by the link that a start printed. */
@Injectable()
export class FirstAdministrator {
  constructor(
    private readonly identity: Identity,
    private readonly entrance: Entrance,
    private readonly commands: CommandBus,
  ) {}

  async setUp({ secret, name, address, password }: SetUpFields, request: FastifyRequest): Promise<Begun> {
    const { credentials, directory, people, setUp, signIn } = this.identity;
    await this.identity.requireSetUp(secret);
    requirePassword(password, [name, address]);
    await directory.catchUp();
    if (await directory.withAddress(address)) throw new IdentityRefusal('mail-address-taken');
    // Whatever could be wrong with what they say was looked at: from here on nobody else can be the first one.
    await setUp.use(secret);
    const person = await people.register(name, address);
    await people.joinAtOnce(person);
    await credentials.setPassword(person, password);
    const given = { commandId: randomUUID(), actor: person, role: 'administrator', correlationId: request.id };
    const from = this.identity.today as GiveMandate['from'];
    await errandsOn(this.commands)('set-up').execute(
      commandOf(GiveMandate, { person, role: 'administrator', from, byLink: true }, given),
    );
    return signIn.begin(person, this.entrance.callerOf(request));
  }
}
