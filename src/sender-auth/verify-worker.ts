// The worker thread: verifies the signatures of one letter. It asks nobody: the keys come with the task.
import { closeSync, openSync, readSync } from 'node:fs';
import type { ARCData } from 'mailauth';
import { arc } from 'mailauth/lib/arc/index.js';
import {
  type BodyHasher,
  DkimVerifier,
  type HeaderRow,
  type SignatureHeader,
  type SignatureResult,
} from 'mailauth/lib/dkim/dkim-verifier.js';
import { type BodyDigest, CanonicalBody } from './body-hash.js';
import type { Answer, Records } from './dns-records.js';
import { recordsOf } from './letter-lookup.js';
import { readTagList } from './tags.js';

export interface VerifyTask {
  path: string;
  bodyStart: number;
  /** The fields of the head, bytes as latin1 characters. */
  lines: string[];
  /** Which of them are the signatures to verify. */
  signatures: number[];
  /** Whether the seals are verified too. */
  chain: boolean;
  /** What the DNS answered, by name. */
  keys: ReadonlyMap<string, Answer>;
  /** When the letter was received: signatures are judged as of then. Milliseconds since the epoch. */
  receivedAt: number;
  /** Shared; set to 1 when the work begins. */
  begun: Int32Array;
}

export interface SignatureReport {
  /** In the words of RFC 8601 2.7.1. */
  result: string;
  domain: string;
  detail: string;
}

export interface VerifyOutcome {
  /** In the order of the task. */
  signatures: SignatureReport[];
  /** Null when it was not asked for. */
  chain: { result: string; detail: string } | null;
}

const CHUNK_BYTES = 256 * 1024;
const MIN_KEY_BITS = 1024;
const MAX_DETAIL = 200;

/** Rejects with a system error when the file cannot be read. */
export async function verifySignatures(task: VerifyTask): Promise<VerifyOutcome> {
  Atomics.store(task.begun, 0, 1);
  const resolver: KeyResolver = (name) => Promise.resolve().then(() => recordsOf(keyOf(task, name)));
  const verifier = new DkimVerifier({
    resolver,
    minBitLength: MIN_KEY_BITS,
    curTime: new Date(task.receivedAt),
  });
  const rows = task.lines.map(rowOf);
  await verifier.messageHeaders({ parsed: rows.filter(isShown(task)), original: Buffer.alloc(0) });
  // Signed fields are looked for among all of them.
  verifier.headers = { parsed: rows, original: Buffer.alloc(0) };
  const digests = hashBody(verifier, task);
  await verifier.finalChunk();
  return {
    signatures: reports(verifier, digests),
    chain: task.chain ? await verifyChain(verifier, resolver) : null,
  };
}

type KeyResolver = (name: string) => Promise<Records>;

/** Whoever wrote the results in the chain can make the library throw. */
async function verifyChain(verifier: DkimVerifier, resolver: KeyResolver): Promise<VerifyOutcome['chain']> {
  try {
    const { status } = await arc(verifier.arc as ARCData, {
      resolver: resolver as (name: string) => Promise<string[][]>,
      minBitLength: MIN_KEY_BITS,
    });
    return { result: status.result, detail: clean(status.comment) };
  } catch {
    return { result: 'fail', detail: 'it cannot be read' };
  }
}

/** A name that the library reads out of a signature in another way than we do has no key. */
function keyOf(task: VerifyTask, name: string): Answer {
  return task.keys.get(name.toLowerCase()) ?? { kind: 'none', code: 'ENOTFOUND' };
}

function rowOf(raw: string): HeaderRow {
  const casedKey = (raw.includes(':') ? raw.slice(0, raw.indexOf(':')) : raw).trim();
  return { key: casedKey.toLowerCase(), casedKey, line: Buffer.from(raw, 'latin1') };
}

/** The library looks at every signature that it is shown. */
function isShown({ signatures, chain }: VerifyTask): (row: HeaderRow, index: number) => boolean {
  return ({ key }, index) => signatures.includes(index) || (chain && key.startsWith('arc-'));
}

/** Reads the body once for all signatures, and gives the library our hashes in place of its own. */
function hashBody(verifier: DkimVerifier, task: VerifyTask): Map<string, BodyDigest> {
  const bodies = { simple: new CanonicalBody('simple'), relaxed: new CanonicalBody('relaxed') };
  const digests = new Map<string, BodyDigest>();
  for (const header of usable(verifier)) {
    if (!digests.has(header.bodyHashKey)) digests.set(header.bodyHashKey, addDigest(bodies, header));
    // As a number it would make the library write to stdout when the body is shorter.
    header.maxBodyLength = String(header.maxBodyLength);
  }
  const wanted = [...new Set(usable(verifier).map(({ bodyCanon }) => bodyCanon))];
  readBody(
    task,
    wanted.map((canon) => bodies[canon === 'relaxed' ? 'relaxed' : 'simple']),
  );
  verifier.bodyHashes = new Map([...digests].map(([key, digest]) => [key, hasher(digest)]));
  return digests;
}

function usable({ signatureHeaders }: DkimVerifier): SignatureHeader[] {
  return signatureHeaders.filter(({ skip }) => skip !== true);
}

function addDigest(
  bodies: { simple: CanonicalBody; relaxed: CanonicalBody },
  { bodyCanon, hashAlgo, maxBodyLength }: SignatureHeader,
): BodyDigest {
  const limited = typeof maxBodyLength === 'number' && maxBodyLength > 0;
  const body = bodyCanon === 'relaxed' ? bodies.relaxed : bodies.simple;
  return body.addDigest(hashAlgo === 'sha1' ? 'sha1' : 'sha256', limited ? maxBodyLength : undefined);
}

function hasher(digest: BodyDigest): BodyHasher {
  return { digest: (encoding) => digest.digest(encoding), getMimeStructureStart: () => 0 };
}

function readBody({ path, bodyStart }: VerifyTask, bodies: readonly CanonicalBody[]): void {
  if (bodies.length === 0) return;
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let at = bodyStart;
    for (;;) {
      const read = readSync(file, buffer, 0, CHUNK_BYTES, at);
      if (read === 0) break;
      for (const body of bodies) body.update(buffer.subarray(0, read));
      at += read;
    }
  } finally {
    closeSync(file);
  }
  for (const body of bodies) body.end();
}

/** One for each signature asked for; the library leaves out those it cannot use. */
function reports(verifier: DkimVerifier, digests: ReadonlyMap<string, BodyDigest>): SignatureReport[] {
  const results = verifier.results.filter(({ signingDomain }) => signingDomain !== undefined);
  return verifier.signatureHeaders
    .filter(({ type }) => type === 'DKIM')
    .map((header) => {
      const result = header.skip ? undefined : results.shift();
      const partial = digests.get(header.bodyHashKey)?.isPartial() ?? false;
      return { domain: header.signingDomain, ...(result ? judge(result, partial) : UNUSABLE) };
    });
}

type Judged = Omit<SignatureReport, 'domain'>;

const UNUSABLE: Judged = { result: 'permerror', detail: 'the signature cannot be used' };

/** What the library does not ask of a signature that holds (RFC 6376 5.4, 8.2; RFC 8301 3.1). */
function judge({ status, algo = '', signingHeaders, rr = '' }: SignatureResult, partial: boolean): Judged {
  const fields = (signingHeaders?.keys ?? '').split(':').map((key) => key.trim().toLowerCase());
  if (status.result !== 'pass') return judgeUnproven(status);
  if (!fields.includes('from')) return { result: 'permerror', detail: 'the author is not signed' };
  if (/sha1/i.test(algo)) return { result: 'policy', detail: 'signed with SHA-1' };
  if (!isKeyFor(readTagList(rr))) return { result: 'permerror', detail: 'its key is for something else' };
  if (partial) return { result: 'policy', detail: 'something was added below what is signed' };
  return { result: 'pass', detail: '' };
}

/** RFC 6376 3.6.1: a key may be for some services and some hashes alone. */
function isKeyFor(key: ReadonlyMap<string, string>): boolean {
  const services = (key.get('s') || '*').split(':');
  const hashes = (key.get('h') || 'sha256').split(':');
  return services.some((service) => service === '*' || service === 'email') && hashes.includes('sha256');
}

function judgeUnproven({ result, comment }: SignatureResult['status']): Judged {
  switch (comment) {
    case 'body hash did not verify':
      return { result: 'fail', detail: 'the text was altered' };
    case 'bad signature':
      return { result: 'fail', detail: 'the signature does not fit' };
    case 'no key':
      return { result: 'permerror', detail: 'its key is not published' };
    default:
      if (result === 'temperror') return { result, detail: 'its key could not be read in time' };
      return { result, detail: result === 'policy' ? 'its key is too short' : clean(comment) };
  }
}

function clean(text: string | undefined): string {
  return (text ?? '').replace(/[^\x20-\x7e]+/g, ' ').slice(0, MAX_DETAIL);
}
