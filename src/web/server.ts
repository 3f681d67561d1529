// The web face: health for supervisors, metrics for Prometheus. Everything else is not found.
import type { AddressInfo, Server, Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Log } from '../ports/surroundings.js';
import { isLocalCaller } from './caller.js';
import { readinessJson, readinessText } from './health-text.js';
import { createReadiness, type ReadyCheck } from './readiness.js';

export interface WebOptions {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** A listening socket inherited from the supervisor, used instead of host and port. */
  fd?: number | undefined;
  checks: {
    /** Whether the process is worth keeping; it depends on nothing outside the process. */
    live(): boolean;
    ready: readonly ReadyCheck[];
  };
  metrics: { text(): Promise<string>; contentType: string };
  /** Metrics are for callers on this machine unless this is true. */
  metricsForAll?: boolean | undefined;
  log: Log;
  version: string;
}

export interface Web {
  /** Resolves when connections are taken; rejects with the system error when the address cannot be had. */
  listen(): Promise<{ port: number }>;
  /** Answers what was asked, for at most a second, and takes no more. */
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 256;
const CLOSE_LIMIT_MS = 1_000;
const PLAIN = 'text/plain; charset=utf-8';
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Prepares the web face: GET and HEAD of `/livez`, `/readyz`, `/healthz` (the same) and `/metrics`.
 * `/readyz` answers 200 `ok` or 503 `not ready` within a second. On this machine `?verbose` lists the checks,
 * `?exclude=name` leaves one out, and `Accept: application/json` gives `{ ready, checks, version }`; strangers learn
 * the verdict alone.
 */
export function createWeb(options: WebOptions): Web {
  const app = createApp(options.log);
  addLivez(app, options);
  addReadyz(app, options);
  addMetrics(app, options);
  return {
    listen: async () => {
      await app.ready();
      app.server.maxConnections = MAX_CONNECTIONS;
      return { port: await listenOn(app.server, options) };
    },
    close: () => closeApp(app),
  };
}

function createApp(log: Log): FastifyInstance {
  const app = Fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: 1_024,
    http: { maxHeaderSize: 8_192, headersTimeout: 5_000 },
    requestTimeout: 5_000,
    connectionTimeout: 10_000,
    keepAliveTimeout: 5_000,
    clientErrorHandler: refuseGarbage,
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => {
      sayPlain(reply.headers(SECURITY_HEADERS), 400, 'bad request');
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    if (request.method === 'GET' || request.method === 'HEAD') return;
    return sayPlain(
      reply.header('allow', 'GET, HEAD').header('connection', 'close'),
      405,
      'method not allowed',
    );
  });
  app.setNotFoundHandler((_request, reply) => sayPlain(reply, 404, 'not found'));
  app.setErrorHandler((error, request, reply) => {
    log.error({ error, route: request.routeOptions.url }, 'a web request failed');
    return sayPlain(reply, 500, 'internal error');
  });
  return app;
}

function addLivez(app: FastifyInstance, options: WebOptions): void {
  app.get('/livez', (_request, reply) => {
    const live = options.checks.live();
    return sayPlain(reply, live ? 200 : 503, live ? 'ok' : 'not live');
  });
}

function addReadyz(app: FastifyInstance, options: WebOptions): void {
  const readiness = createReadiness(options.checks.ready);
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const local = isLocal(request);
    const query = request.query as Record<string, unknown>;
    const result = await readiness(local ? [query.exclude].flat().map(String) : []);
    reply.code(result.ready ? 200 : 503);
    if (request.headers.accept?.includes('application/json')) {
      return reply.send(readinessJson(result, local ? options.version : undefined));
    }
    return reply.type(PLAIN).send(readinessText(result, local && query.verbose !== undefined));
  };
  app.get('/readyz', answer);
  app.get('/healthz', answer);
}

function addMetrics(app: FastifyInstance, options: WebOptions): void {
  app.get('/metrics', async (request, reply) => {
    if (!options.metricsForAll && !isLocal(request)) return sayPlain(reply, 403, 'only from this machine');
    const text = await options.metrics.text();
    return reply.type(options.metrics.contentType).send(text);
  });
}

function isLocal(request: FastifyRequest): boolean {
  return isLocalCaller({ address: request.socket.remoteAddress, headers: request.headers });
}

function sayPlain(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type(PLAIN).send(`${text}\n`);
}

function refuseGarbage(_error: Error, socket: Socket): void {
  if (socket.writable) {
    socket.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  }
  socket.destroy();
}

// Fastify's own listen knows no file descriptors, and opens a second server for `localhost`.
function listenOn(server: Server, options: Pick<WebOptions, 'host' | 'port' | 'fd'>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(
      options.fd === undefined ? { host: options.host, port: options.port } : { fd: options.fd },
      () => {
        server.off('error', reject);
        resolve((server.address() as AddressInfo).port);
      },
    );
  });
}

async function closeApp(app: FastifyInstance): Promise<void> {
  const limit = setTimeout(() => app.server.closeAllConnections(), CLOSE_LIMIT_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(limit);
  }
}
