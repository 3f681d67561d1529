// The kinds of answers: a line of text, a page, the refusal of a method.
import type { FastifyReply } from 'fastify';

export const PLAIN = 'text/plain; charset=utf-8';

export function sayPlain(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type(PLAIN).send(`${text}\n`);
}

/** `document` is a whole page, as pageText writes it. */
export function sayPage(reply: FastifyReply, status: number, document: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(document);
}

/** 405. The connection ends, because what may follow the head is not read. */
export function refuseMethod(reply: FastifyReply, allowed: string): FastifyReply {
  return sayPlain(reply.header('allow', allowed).header('connection', 'close'), 405, 'method not allowed');
}
