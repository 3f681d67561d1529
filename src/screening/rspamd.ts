// Asks rspamd over HTTP whether a letter is junk; the envelope goes along in headers.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type JunkOpinion, opinionOfRspamd } from '../domain/junk.js';
import type { SpooledLetter } from '../domain/letter.js';

const ANSWER_BYTES = 1_048_576;
const RECIPIENTS = 100;

/**
 * What rspamd says of the letter whose bytes `body` gives. Rejects when it cannot be reached, answers anything but a
 * verdict, or `signal` ends it.
 */
export async function askRspamd(
  url: string,
  { letter, body }: { letter: SpooledLetter; body: Readable },
  signal: AbortSignal,
): Promise<JunkOpinion> {
  const target = new URL('checkv2', url.endsWith('/') ? url : `${url}/`);
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const asked = send(target, { method: 'POST', headers: headersOf(letter), agent: false, signal });
  const answer = new Promise<string>((resolve, reject) => {
    asked.once('response', (response) => void readAnswer(response).then(resolve, reject));
    asked.once('error', reject);
  });
  answer.catch(() => undefined);
  try {
    const sending = pipeline(body, asked, { signal });
    const text = await Promise.race([answer, sending.then(() => answer)]);
    const opinion = opinionOfRspamd(JSON.parse(text));
    if (!opinion) throw new Error('rspamd answers without a verdict');
    return opinion;
  } finally {
    asked.destroy();
  }
}

function headersOf({ id, envelope, bytes }: SpooledLetter): Record<string, string | string[]> {
  const { client } = envelope;
  return {
    'content-length': String(bytes),
    'queue-id': id,
    from: fieldValue(envelope.from),
    rcpt: envelope.to.slice(0, RECIPIENTS).map(fieldValue),
    ...(isIP(client.address) ? { ip: client.address } : {}),
    ...(client.name ? { helo: fieldValue(client.name) } : {}),
  };
}

/** UTF-8 as bytes, and nothing that ends a line. */
function fieldValue(text: string): string {
  return Buffer.from(text)
    .toString('latin1')
    .replace(/[^\x20-\x7e\x80-\xff]/g, '?');
}

async function readAnswer(response: IncomingMessage): Promise<string> {
  if (response.statusCode !== 200) throw new Error(`rspamd answers with status ${response.statusCode}`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) throw new Error('rspamd says too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
