import 'reflect-metadata';
import { ValidationPipe } from '@nestjs/common';
import { RecordAction } from '#commands';
import { compiled } from '../measuring/compiled.js';
import { answering } from '../measuring/side.js';

const { bind } = await compiled<typeof import('../../../apps/api/src/http/binding.js')>('apps/api/src/http/binding.js');
const pipe = new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true });

const PARAMS = { action: 'EX-1' };
const TIMES = 4_000;

const perSecond = (times: number, began: number) => times / ((performance.now() - began) / 1_000);

answering({
  bind: (body: object): number => {
    const began = performance.now();
    for (let n = 0; n < TIMES * 10; n++) bind(RecordAction, PARAMS, body);
    return perSecond(TIMES * 10, began);
  },
  pipe: async (body: object): Promise<number> => {
    const began = performance.now();
    const command = { ...PARAMS, ...body };
    for (let n = 0; n < TIMES; n++) await pipe.transform(command, { type: 'body', metatype: RecordAction });
    return perSecond(TIMES, began);
  },
});
