import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { bodySchemaOf, type FieldsClass, type JsonSchema, schemaOf } from './command-schema.js';
import { DOCS_PATH } from './http-security.js';
import { COMMAND_EXTENSION } from './operations.js';
import { type Operation, secure, SECURITY_SCHEMES } from './openapi-security.js';
import { TAGS } from './openapi-tags.js';
import { PROBLEM_JSON, problemOf } from './problem.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const READ_PROBLEMS = ['400', '404', '421', '503'];
const COMMAND_PROBLEMS = ['400', '403', '404', '409', '412', '413', '415', '421', '422', '503'];
const PROBLEM = { $ref: '#/components/responses/Problem' };

/**
 * The OpenAPI 3.1 document of `app`. Bodies come from the decorators of the commands, which are named in `commands`;
 * throws where an operation names another one. Where people sign in it says how, and by whom each operation is asked for.
 */
export function openApiDocument(
  app: NestFastifyApplication,
  version: string,
  commands: Readonly<Record<string, FieldsClass>>,
  { peopleSignIn = false } = {},
): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Para 71')
    .setDescription('The annual-report tracker for enhanced cooperation (Tunis Agenda, paragraph 71).')
    .setVersion(version)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .build();
  const document = SwaggerModule.createDocument(app, config, { autoTagControllers: false });
  for (const [path, , operation] of operationsOf(document)) {
    complete(path, operation, commands, secure(operation, peopleSignIn));
  }
  return {
    ...document,
    tags: tagsOf(document),
    components: {
      ...document.components,
      responses: { ...document.components?.responses, Problem: PROBLEM_RESPONSE },
      ...(peopleSignIn && { securitySchemes: SECURITY_SCHEMES }),
    },
  };
}

/** Those that operations have here: where nobody signs in there are none on people. */
function tagsOf(document: OpenAPIObject): OpenAPIObject['tags'] & object {
  const used = new Set(operationsOf(document).flatMap(([, , { tags = [] }]) => tags));
  return Object.entries(TAGS).flatMap(([name, description]) => (used.has(name) ? [{ name, description }] : []));
}

/** Serves the document at `/api/openapi.json`, and a page to try it; nothing on it comes from another server. */
export function serveOpenApi(app: NestFastifyApplication, document: OpenAPIObject): void {
  SwaggerModule.setup(DOCS_PATH, app, document, {
    raw: ['json'],
    jsonDocumentUrl: '/api/openapi.json',
    customSiteTitle: 'Para 71 API',
    swaggerOptions: { validatorUrl: 'none', persistAuthorization: false },
  });
}

/** What a reader would miss, a line each: operations without summary, one tag, example, answers or described parameters. */
export function undocumented(document: OpenAPIObject): string[] {
  return operationsOf(document).flatMap(([path, method, operation]) => {
    const missing = [
      !operation.summary && 'a summary',
      !(operation.tags?.length === 1 && isTag(operation.tags[0]!)) && 'one tag that is described',
      !hasExample(successOf(operation)) && 'an answer with an example',
      !operation.responses['default'] && 'its problems',
      operation.requestBody && !hasExample(operation.requestBody) && 'an example of its body',
      ...paramsIn(path).map((name) => !describes(operation, name) && `the parameter ${name}`),
    ];
    return missing.filter((what) => typeof what === 'string').map((what) => `${method.toUpperCase()} ${path}: ${what}`);
  });
}

function operationsOf(document: OpenAPIObject): [path: string, method: string, operation: Operation][] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): [string, string, Operation][] => {
      const operation = item[method];
      return operation ? [[path, method, operation]] : [];
    }),
  );
}

function complete(
  path: string,
  operation: Operation,
  commands: Readonly<Record<string, FieldsClass>>,
  problems: readonly string[],
): void {
  const params = paramsIn(path);
  const command = takeCommand(operation);
  const of = command && commands[command.name];
  if (command && !of) throw new Error(`${path} names ${command.name}, which is no command`);
  const { properties } = of ? schemaOf(of) : { properties: {} as Readonly<Record<string, JsonSchema>> };
  const inPath = params.map((name) => {
    const schema = (properties[name] ?? { type: 'string' }) as object;
    return { name, required: true, in: 'path' as const, schema };
  });
  const others = (operation.parameters ?? []).filter((parameter) => !('in' in parameter && parameter.in === 'path'));
  operation.parameters = [...inPath, ...others];
  if (command && of) {
    const schema = bodySchemaOf(of, params);
    const content = { 'application/json': { schema: schema as object, example: command.example } };
    operation.requestBody = { required: schema.required.length > 0, content };
  }
  for (const status of [...(command ? COMMAND_PROBLEMS : READ_PROBLEMS), ...problems, 'default']) {
    operation.responses[status] ??= PROBLEM;
  }
}

/** Takes the extension out of the operation: it is a note to this file. */
function takeCommand(operation: Operation): { name: string; example: object } | undefined {
  const extended = operation as Operation & { [COMMAND_EXTENSION]?: { name: string; example: object } };
  const command = extended[COMMAND_EXTENSION];
  delete extended[COMMAND_EXTENSION];
  return command;
}

const paramsIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

function successOf({ responses }: Operation): object | undefined {
  const success = Object.entries(responses).find(([status]) => /^2\d\d$/.test(status));
  return success?.[1];
}

function hasExample(described: object | undefined): boolean {
  const content = described && 'content' in described ? (described.content as Record<string, object>) : {};
  return Object.values(content).some((media) => 'example' in media || 'examples' in media);
}

const isTag = (name: string) => Object.hasOwn(TAGS, name);

const describes = ({ parameters = [] }: Operation, name: string) =>
  parameters.some((parameter) => 'name' in parameter && parameter.name === name && parameter.in === 'path');

const PROBLEM_RESPONSE = {
  description: 'Problem details (RFC 9457). The type leads to a description; detail says what to do next.',
  headers: {
    'Correlation-Id': { description: 'Names the request in the logs.', schema: { type: 'string' as const } },
    'Retry-After': {
      description: 'With 429 and 503: after so many seconds, ask again.',
      schema: { type: 'integer' as const },
    },
  },
  content: {
    [PROBLEM_JSON]: {
      schema: {
        type: 'object' as const,
        required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'correlationId'],
        properties: {
          type: { type: 'string' as const, format: 'uri-reference' },
          title: { type: 'string' as const },
          status: { type: 'integer' as const },
          detail: { type: 'string' as const },
          instance: { type: 'string' as const, format: 'uri-reference' },
          code: { type: 'string' as const, description: 'Stable. All codes are at /problems.' },
          correlationId: { type: 'string' as const },
          facts: { type: 'object' as const, description: 'What a person needs in order to do the right thing next.' },
          errors: {
            type: 'array' as const,
            items: {
              type: 'object' as const,
              required: ['message'],
              properties: {
                field: { type: 'string' as const, description: 'Field of the body, such as sources[0].title.' },
                pointer: { type: 'string' as const, format: 'json-pointer' },
                parameter: { type: 'string' as const },
                header: { type: 'string' as const },
                message: { type: 'string' as const },
              },
            },
          },
        },
      },
      example: problemOf(
        { code: 'sections-missing', facts: { missing: ['S04', 'S07'] } },
        '/api/reports/ec-performance/2008/example-registry/submission',
        '0b0f3f5e-6a3c-4a52-9a3e-2f6a1f7f0c11',
      ),
    },
  },
};
