import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';

export interface Operation {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
}

const METHODS = ['GET', 'PUT', 'POST'] as const;

export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method.toLowerCase() as 'get']).map((method) => ({ method, path })),
  );
}

/** The path of the document that an address belongs to. */
export function templateOf(document: OpenAPIObject, method: Operation['method'], address: string): string {
  const [path] = address.split('?');
  const matches = operationsOf(document).filter((operation) => {
    const pattern = operation.path.replaceAll(/\{\w+\}/g, '[^/]+');
    return operation.method === method && new RegExp(`^${pattern}$`).test(path!);
  });
  // `/api/things/end` before `/api/things/{thing}`.
  const [best] = matches.sort((a, b) => a.path.split('{').length - b.path.split('{').length);
  if (!best) throw new Error(`Nothing in the document is ${method} ${address}`);
  return best.path;
}

/** Pages for people, and the documentation itself. */
const NOT_THE_API = /^\/(?!api\/|health\/|metrics|problems)|^\/api\/(docs|openapi\.json)/;

/** The routes that the server itself knows, in the words of OpenAPI. */
export function routesOf(app: NestFastifyApplication): string[] {
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent, part, methods] = /^([│ ]*[├└]── )(\S+)(?: \((.*)\))?$/.exec(line) ?? [];
    if (indent === undefined || part === undefined) return [];
    const depth = indent.length / 4 - 1;
    const path = (parents[depth - 1] ?? '') + part;
    parents[depth] = path;
    const route = path.replaceAll(/:(\w+)/g, '{$1}');
    if (NOT_THE_API.test(route)) return [];
    return (methods ?? '').split(', ').flatMap((method) => (method && method !== 'HEAD' ? [`${method} ${route}`] : []));
  });
}
