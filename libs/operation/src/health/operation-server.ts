import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../logs/log.js';
import type { Metrics } from '../metrics/metrics.js';
import type { MetricsToken } from '../metrics/metrics-token.js';
import type { Readiness } from './readiness.js';

export interface OperationServerOptions {
  readonly host: string;
  /** 0 lets the system choose one. */
  readonly port: number;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Asked of who reads the metrics, where there is one. */
  readonly metricsToken?: MetricsToken;
  readonly digest: Digest;
}

/** One hash of all that the views of this process tell, for whoever compares processes. */
export interface Digest {
  /** Of the present, once they have read up to that sequence; nothing where they are not there in time. */
  covering(least?: number): Promise<{ readonly sequence: number; readonly digest: string } | undefined>;
  /** It covers what is withheld, too: where people sign in, it is for nobody but who shows the token. */
  readonly isForAll: boolean;
}

/** As the API takes it. */
const WHOLE_NUMBER = /^(0|[1-9]\d{0,14})$/;

/** Health and metrics of a process that answers nothing else: the same addresses and answers as those of the API. */
export class OperationServer {
  private constructor(
    private readonly server: Server,
    private readonly options: OperationServerOptions,
  ) {}

  static async listen(options: OperationServerOptions): Promise<OperationServer> {
    const server = createServer();
    const listening = new OperationServer(server, options);
    server.on('request', (request, response) => {
      const { url = '' } = request;
      const path = url.split('?', 1)[0] ?? '';
      listening.answer(request, path, response).catch((error: unknown) => {
        options.log.error({ error }, `${path} could not be answered`);
        response.destroy();
      });
    });
    server.listen(options.port, options.host);
    await once(server, 'listening');
    return listening;
  }

  /** Without a slash at its end. */
  get address(): string {
    const { address, port, family } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer({ method, headers }: IncomingMessage, path: string, response: ServerResponse): Promise<void> {
    const { readiness, metrics, metricsToken: token, digest } = this.options;
    const isRefused = token?.isAsked && !token.isIn(headers.authorization);
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return send(response, 405, 'text/plain', 'Only GET and HEAD are answered here.\n');
    }
    switch (path) {
      case '/health/live':
        return json(response, 200, { status: 'live' });
      case '/health/ready': {
        const { isReady, checks } = await readiness.report();
        return json(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not-ready', checks });
      }
      case '/metrics':
        if (isRefused) return askForToken(response);
        return send(response, 200, metrics.contentType, await metrics.text());
      case '/health/digest':
        if (isRefused) return askForToken(response);
        if (!token?.isAsked && !digest.isForAll) {
          return send(response, 403, 'text/plain', 'It is for who shows the token of METRICS_TOKEN: set it.\n');
        }
        return answerDigest(response, digest, headers['min-sequence']);
      default:
        return send(response, 404, 'text/plain', 'Ask for /health/live, /health/ready, /health/digest or /metrics.\n');
    }
  }
}

async function answerDigest(response: ServerResponse, digest: Digest, least?: string | string[]): Promise<void> {
  if (least !== undefined && !(typeof least === 'string' && WHOLE_NUMBER.test(least))) {
    return send(response, 400, 'text/plain', 'Min-Sequence is the sequence of an event, such as 340.\n');
  }
  const made = await digest.covering(least === undefined ? undefined : Number(least));
  if (made) return json(response, 200, made);
  response.setHeader('Retry-After', '1');
  send(response, 503, 'text/plain', `The views of this process have not read up to ${least} yet: ask again.\n`);
}

function askForToken(response: ServerResponse): void {
  response.setHeader('WWW-Authenticate', 'Bearer');
  send(response, 401, 'text/plain', 'Show the token of METRICS_TOKEN: Authorization: Bearer ….\n');
}

function json(response: ServerResponse, status: number, answer: object): void {
  if (status === 503) response.setHeader('Retry-After', '1');
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(answer));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}
