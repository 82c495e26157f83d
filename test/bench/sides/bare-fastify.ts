import 'reflect-metadata';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fastify from 'fastify';
import { RecordAction } from '#commands';
import { compiled } from '../measuring/compiled.js';
import { answering } from '../measuring/side.js';

/** Checks the body against the schema that our server checks it against, and is done: nothing is decided or kept. */
const { schemaOf, formatChecks } = await compiled<typeof import('../../../apps/api/src/http/command-schema.js')>(
  'apps/api/src/http/command-schema.js',
);
const { properties, required, ...schema } = schemaOf(RecordAction);
const { action: _, ...inBody } = properties;
const ajv = new Ajv2020({ strict: true });
for (const [name, validate] of formatChecks()) ajv.addFormat(name, { type: 'string', validate });
const body = { ...schema, properties: inBody, required: required.filter((name) => name !== 'action') };

const app = fastify();
app.setValidatorCompiler(({ schema: asked }) => ajv.compile(asked as object));
app.put('/api/actions/:action', { schema: { body } }, (_request, reply) =>
  reply.code(201).send({ stream: 'action-example', revision: 0, sequence: 0 }),
);
await app.listen({ port: 0, host: '127.0.0.1' });

answering({ port: (): number => (app.server.address() as { port: number }).port });
