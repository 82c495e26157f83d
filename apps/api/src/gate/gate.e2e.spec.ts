import { Controller, Get, Module } from '@nestjs/common';
import { APP_GUARD, NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MetricsToken } from '#operation';
import { Api, expectProblem } from '../../../../test/support/api.js';
import { signedIn } from '../../../../test/support/people.js';
import { type RunningProduct, runProduct } from '../../../../test/support/product.js';
import { httpAdapter, NEST_OPTIONS, useProblems } from '../http/http-server.js';
import { Entrance } from '../sign-in/entrance.js';
import { Gate } from './gate.js';
import { Gated } from './gated.js';
import { WhatItIsAbout } from './what-it-is-about.js';

@Controller('for-test')
class ForTest {
  @Get('silent')
  silent() {
    return {};
  }

  @Gated('PublicRecord')
  @Get('open')
  open() {
    return {};
  }
}

let product: RunningProduct;
let app: NestFastifyApplication;
let api: Api;

beforeAll(async () => {
  product = await runProduct({ env: { PEOPLE: 'required' } });
  const behind = product.app;
  const gate = new Gate(new Reflector(), behind.get(WhatItIsAbout), behind.get(MetricsToken), behind.get(Entrance));
  @Module({ controllers: [ForTest], providers: [{ provide: APP_GUARD, useValue: gate }] })
  class AppForTest {}
  app = await NestFactory.create<NestFastifyApplication>(AppForTest, httpAdapter(), NEST_OPTIONS);
  useProblems(app);
  await app.listen(0, '127.0.0.1');
  api = new Api(await app.getUrl());
});
afterAll(async () => {
  await app?.close();
  await product.remove();
});

it('A handler that does not say what it does is shut, to whomever', async () => {
  const mandates = ['administrator', 'secretariat', 'auditor'] as const;
  const { headers } = await signedIn(product, 'everything', { mandates });
  for (const by of [{}, headers]) {
    expect((await api.send('GET', '/for-test/open', undefined, by)).status).toBe(200);
    expectProblem(await api.send('GET', '/for-test/silent', undefined, by), 403, 'forbidden');
  }
});
