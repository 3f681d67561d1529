// The frame of the web face: limits, the headers on every answer, what is refused, and what a failure says.
import type { Socket } from 'node:net';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Log } from '../ports/surroundings.js';
import { sentenceFor, statusOf } from './failures.js';
import { SECURITY_HEADERS } from './headers.js';
import { refuseMethod, sayPlain } from './replies.js';

/** Bytes of a request's body. */
const BODY_LIMIT = 1_024;
/** Characters of one part of a path: the id of an officer may be a mail address in any script. */
const PART_LIMIT = 2_048;

/** An app without routes. Whoever adds a route that changes something refuses foreign posts there. */
export function createApp(log: Log, trustedProxies: readonly string[] = []): FastifyInstance {
  const app = Fastify({
    logger: false,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: BODY_LIMIT,
    http: { maxHeaderSize: 8_192, headersTimeout: 5_000 },
    requestTimeout: 5_000,
    connectionTimeout: 10_000,
    keepAliveTimeout: 5_000,
    routerOptions: { maxParamLength: PART_LIMIT },
    clientErrorHandler: refuseGarbage,
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => {
      sayPlain(reply.headers(SECURITY_HEADERS), 400, sentenceFor(400));
    },
  });
  app.removeAllContentTypeParsers();
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    if (request.method === 'GET' || request.method === 'HEAD' || !request.is404) return;
    return refuseMethod(reply, 'GET, HEAD');
  });
  app.setNotFoundHandler((_request, reply) => sayPlain(reply, 404, sentenceFor(404)));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = statusOf(error);
    logFailure(log, { error, status, route: request.routeOptions.url });
    return sayPlain(reply, status, sentenceFor(status));
  });
  return app;
}

interface Failure {
  error: unknown;
  status: number;
  /** The pattern, never the address: addresses hold codes. */
  route: string | undefined;
}

/** What the caller did wrong is not worth a line. */
export function logFailure(log: Log, { error, status, route }: Failure): void {
  if (status === 503) log.warn({ error, route }, 'a web request has to be made again');
  else if (status >= 500) log.error({ error, route }, 'a web request failed');
}

function refuseGarbage(_error: Error, socket: Socket): void {
  if (socket.writable) {
    socket.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  }
  socket.destroy();
}
