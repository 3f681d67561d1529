// The one-time link of a notice: GET shows the page, POST acknowledges.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../ports/surroundings.js';
import { logFailure } from './app.js';
import { createBucket } from './bucket.js';
import type { EscalationAddress, EscalationPages } from './escalation-pages.js';
import { escalationDocument, refusalDocument } from './escalation-view.js';
import { statusOf } from './failures.js';
import { isForeignPost } from './foreign-post.js';
import { refuseMethod, sayPage } from './replies.js';

export interface EscalationRoutes {
  pages: EscalationPages;
  publicUrl: (() => string) | undefined;
  log: Log;
}

const PATH = '/escalations/:id/:officer/:code';
const FORM = 'application/x-www-form-urlencoded';
const WRONG_LINKS_PER_MINUTE = 60;

/**
 * GET and HEAD of a link change nothing, because mail scanners follow links. POST of an empty form acknowledges and leads
 * back to the page. Whatever is wrong with a link, the answer is the same 404; after 60 wrong ones in a minute, 429.
 */
export function addEscalationRoutes(app: FastifyInstance, options: EscalationRoutes): void {
  const { pages, publicUrl, log } = options;
  const refuseLink = linkRefusal();
  app.register(async (scope) => {
    scope.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, _body, done) => done(null));
    scope.setErrorHandler((error: FastifyError, request, reply) => {
      const status = statusOf(error);
      logFailure(log, { error, status, route: request.routeOptions.url });
      return sayPage(reply, status, refusalDocument(status));
    });
    scope.get(PATH, async (request, reply) => {
      const page = await pages.open(addressOf(request));
      return page ? sayPage(reply, 200, escalationDocument(page)) : refuseLink(reply);
    });
    const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
      if (!isForeignPost({ headers: request.headers, publicUrl: publicUrl?.() })) return;
      return sayPage(reply.header('connection', 'close'), 403, refusalDocument(403));
    };
    scope.post(PATH, { onRequest }, async (request, reply) => {
      const address = addressOf(request);
      const page = await pages.acknowledge(address);
      // Relative, so that it leads back under whatever address a proxy gives us.
      return page ? reply.redirect(encodeURIComponent(address.code), 303) : refuseLink(reply);
    });
    refuseOthers(scope);
  });
}

/** Right links are answered all the same: else a stranger who guesses would keep officers from answering. */
function linkRefusal(): (reply: FastifyReply) => FastifyReply {
  const bucket = createBucket({
    size: WRONG_LINKS_PER_MINUTE,
    perMinute: WRONG_LINKS_PER_MINUTE,
    milliseconds: () => performance.now(),
  });
  return (reply) => {
    if (bucket.take()) return sayPage(reply, 404, refusalDocument(404));
    return sayPage(reply.header('retry-after', '60'), 429, refusalDocument(429));
  };
}

function refuseOthers(scope: FastifyInstance): void {
  const refuse = async (_request: FastifyRequest, reply: FastifyReply) =>
    refuseMethod(reply, 'GET, HEAD, POST');
  const method = ['PUT', 'PATCH', 'DELETE', 'OPTIONS'];
  scope.route({ method, url: PATH, onRequest: refuse, handler: refuse });
}

function addressOf(request: FastifyRequest): EscalationAddress {
  return request.params as EscalationAddress;
}
