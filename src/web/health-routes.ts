// Health for supervisors, metrics for Prometheus.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLocalCaller } from './caller.js';
import { readinessJson, readinessText } from './health-text.js';
import { createReadiness, type ReadyCheck } from './readiness.js';
import { PLAIN, sayPlain } from './replies.js';

export interface HealthOptions {
  checks: {
    /** Whether the process is worth keeping; it depends on nothing outside the process. */
    live(): boolean;
    ready: readonly ReadyCheck[];
  };
  metrics: { text(): Promise<string>; contentType: string };
  /** Metrics are for callers on this machine unless this is true. */
  metricsForAll?: boolean | undefined;
  version: string;
}

/**
 * `/livez`, `/readyz`, `/healthz` (the same) and `/metrics`. `/readyz` answers 200 `ok` or 503 `not ready` within a
 * second. On this machine `?verbose` lists the checks, `?exclude=name` leaves one out, and `Accept: application/json`
 * gives `{ ready, checks, version }`; strangers learn the verdict alone.
 */
export function addHealthRoutes(app: FastifyInstance, options: HealthOptions): void {
  addLivez(app, options);
  addReadyz(app, options);
  addMetrics(app, options);
}

function addLivez(app: FastifyInstance, options: HealthOptions): void {
  app.get('/livez', (_request, reply) => {
    const live = options.checks.live();
    return sayPlain(reply, live ? 200 : 503, live ? 'ok' : 'not live');
  });
}

function addReadyz(app: FastifyInstance, options: HealthOptions): void {
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

function addMetrics(app: FastifyInstance, options: HealthOptions): void {
  app.get('/metrics', async (request, reply) => {
    if (!options.metricsForAll && !isLocal(request)) return sayPlain(reply, 403, 'only from this machine');
    const text = await options.metrics.text();
    return reply.type(options.metrics.contentType).send(text);
  });
}

function isLocal(request: FastifyRequest): boolean {
  return isLocalCaller({ address: request.socket.remoteAddress, headers: request.headers });
}
