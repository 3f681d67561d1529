// A request as routes see it.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Asked, Values } from './route.js';

const FORM = 'application/x-www-form-urlencoded';
/** Fields of one form: a deed on a whole page of tickets names each of them. */
const MOST_FIELDS = 4_096;

/** Lets `scope` take forms. */
export function takeForms(scope: FastifyInstance): void {
  scope.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) =>
    done(null, valuesOfText(String(body))),
  );
}

/** Fields of a form or query; one that is named several times has all its values. */
function valuesOfText(text: string): Values {
  const values: Record<string, string | string[]> = Object.create(null);
  let count = 0;
  for (const [name, sent] of new URLSearchParams(text)) {
    count += 1;
    if (count > MOST_FIELDS) break;
    // Browsers send what was typed with CRLF; a page that shows it again would hold a character that is no text.
    const value = sent.replace(/\r\n?/g, '\n');
    const known = values[name];
    values[name] = known === undefined ? value : [known, value].flat();
  }
  return values;
}

export function askedOf(request: FastifyRequest, signal: AbortSignal): Asked {
  const question = request.url.indexOf('?');
  const { csrf: _, ...form } = formOf(request);
  return {
    params: request.params as Record<string, string>,
    query: valuesOfText(question < 0 ? '' : request.url.slice(question + 1)),
    form,
    headers: request.headers,
    url: request.url,
    address: request.ip,
    signal,
  };
}

export function formOf(request: FastifyRequest): Values {
  return request.method === 'POST' ? ((request.body as Values | undefined) ?? {}) : {};
}
