// Sends what a route answers.
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { setCookie } from './cookies.js';
import { eventStream } from './events.js';
import { FILE_POLICY, PAGE_POLICY, SANDBOX_POLICY } from './policy.js';
import type { Answer, Looker, PageEvent } from './route.js';
import type { Views } from './views.js';

export interface Answering {
  views: Views;
  looker: Looker;
  /** Whether people reach the pages over TLS. */
  isSecure: boolean;
  signal: AbortSignal;
  /** Whether the session is still open; asked while events flow. */
  isOpen(): Promise<boolean>;
}

export function sendAnswer(reply: FastifyReply, answer: Answer, around: Answering): FastifyReply {
  for (const cookie of answer.cookies ?? []) reply.header('set-cookie', setCookie(cookie, around.isSecure));
  reply.header('content-security-policy', PAGE_POLICY);
  if ('redirect' in answer) return reply.redirect(ownPath(answer.redirect), 303);
  if ('leave' in answer) return reply.redirect(answer.leave, 303);
  if ('view' in answer) {
    const { views, looker } = around;
    const show = answer.fragment ? views.fragment : views.render;
    const page = show(answer.view, answer.data, looker);
    return sendPage(reply.code(answer.status ?? 200), page);
  }
  if ('json' in answer) return reply.code(answer.status ?? 200).send(answer.json);
  if ('file' in answer) return sendFile(reply, answer);
  if ('sandboxed' in answer) return sendSandboxed(reply, answer.sandboxed);
  return sendEvents(reply, answer.events, around);
}

const WORTH_PACKING = 2_048;

/**
 * Pages hold a secret and what was searched for; that they can be packed all the same is because the cookie is
 * SameSite=Strict: no page of a stranger can ask for one and measure the answer.
 */
function sendPage(reply: FastifyReply, page: string): FastifyReply {
  reply.type('text/html; charset=utf-8').header('vary', 'accept-encoding');
  const taken = String(reply.request.headers['accept-encoding'] ?? '');
  if (page.length < WORTH_PACKING || !/\bgzip\b/.test(taken)) return reply.send(page);
  return reply.header('content-encoding', 'gzip').send(gzipSync(page, { level: 4 }));
}

/** A path of ours whatever was asked for: nobody is sent away by an address that somebody made up. */
export function ownPath(path: string): string {
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path) ? path : '/';
}

function sendFile(reply: FastifyReply, answer: Extract<Answer, { file: unknown }>): FastifyReply {
  const { file, type, name, download = true } = answer;
  const disposition = `${download ? 'attachment' : 'inline'}; ${fileNameParameters(name)}`;
  reply.header('content-security-policy', FILE_POLICY).header('content-disposition', disposition);
  return reply.type(type).send(file instanceof Readable ? file : Buffer.from(file));
}

/** RFC 6266: a plain name for old programs, and the name itself (RFC 8187). */
function fileNameParameters(name: string): string {
  const plain = name.replace(/[^\w. ()-]/g, '_');
  const exact = encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${exact}`;
}

function sendSandboxed(reply: FastifyReply, document: string): FastifyReply {
  return reply
    .header('content-security-policy', SANDBOX_POLICY)
    .header('x-frame-options', 'SAMEORIGIN')
    .type('text/html; charset=utf-8')
    .send(document);
}

function sendEvents(
  reply: FastifyReply,
  events: AsyncIterable<PageEvent>,
  { signal, isOpen }: Answering,
): FastifyReply {
  reply.header('x-accel-buffering', 'no').type('text/event-stream');
  if (reply.request.method === 'HEAD') return reply.send('');
  // It is silent between signs of life, and the connection is nobody's afterwards.
  reply.request.raw.socket.setTimeout(0);
  return reply.header('connection', 'close').send(eventStream(events, { signal, isOpen }));
}
