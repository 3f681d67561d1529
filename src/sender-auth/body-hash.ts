// The canonical body of a letter and its hashes (RFC 6376 3.4.3, 3.4.4), in one pass and in time that grows with the
// body alone. The library's own takes minutes for thirty megabytes of blank lines, or of one line.
import { createHash, type Hash } from 'node:crypto';

export type Canonicalization = 'simple' | 'relaxed';

/** One hash over the canonical body, or over its first `limit` bytes (`l=`). */
export interface BodyDigest {
  /** Counts while the body is read: whether there is more of it than was hashed. */
  isPartial(): boolean;
  /** Once, after the end. */
  digest(encoding: 'base64'): string;
}

const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
const OUT_BYTES = 64 * 1024;

/** Takes the body in chunks as received; a lone LF counts as the end of a line, as when it is sent on. */
export class CanonicalBody {
  readonly #relaxed: boolean;
  readonly #digests: LimitedHash[] = [];
  readonly #out = Buffer.allocUnsafe(OUT_BYTES);
  #used = 0;
  /** Ends of lines not yet written: at the end of the body they do not count. */
  #lineEnds = 0;
  #space = false;
  #carriageReturn = false;
  #isEmpty = true;

  constructor(canonicalization: Canonicalization) {
    this.#relaxed = canonicalization === 'relaxed';
  }

  /** Before the first chunk. */
  addDigest(algorithm: 'sha1' | 'sha256', limit: number | undefined): BodyDigest {
    const digest = new LimitedHash(createHash(algorithm), limit ?? Number.POSITIVE_INFINITY);
    this.#digests.push(digest);
    return digest;
  }

  update(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === LF) this.#endLine();
      else {
        if (this.#carriageReturn) this.#write(CR);
        this.#carriageReturn = byte === CR;
        if (byte !== CR) this.#take(byte);
      }
    }
  }

  /** After the last chunk, before the digests are asked. */
  end(): void {
    if (this.#carriageReturn) this.#write(CR);
    // A relaxed body of nothing is nothing, a simple one is an empty line.
    if (!this.#isEmpty || !this.#relaxed) {
      this.#put(CR);
      this.#put(LF);
    }
    this.#flush();
  }

  #endLine(): void {
    this.#carriageReturn = false;
    this.#space = false;
    this.#lineEnds += 1;
  }

  #take(byte: number): void {
    if (this.#relaxed && (byte === SPACE || byte === TAB)) this.#space = true;
    else this.#write(byte);
  }

  #write(byte: number): void {
    this.#isEmpty = false;
    for (; this.#lineEnds > 0; this.#lineEnds -= 1) {
      this.#put(CR);
      this.#put(LF);
    }
    if (this.#space) this.#put(SPACE);
    this.#space = false;
    this.#put(byte);
  }

  #put(byte: number): void {
    if (this.#used === OUT_BYTES) this.#flush();
    this.#out[this.#used] = byte;
    this.#used += 1;
  }

  #flush(): void {
    const written = this.#out.subarray(0, this.#used);
    for (const digest of this.#digests) digest.update(written);
    this.#used = 0;
  }
}

class LimitedHash implements BodyDigest {
  readonly #hash: Hash;
  readonly #limit: number;
  #seen = 0;

  constructor(hash: Hash, limit: number) {
    this.#hash = hash;
    this.#limit = limit;
  }

  update(bytes: Uint8Array): void {
    const left = this.#limit - this.#seen;
    if (left > 0) this.#hash.update(left < bytes.length ? bytes.subarray(0, left) : bytes);
    this.#seen += bytes.length;
  }

  isPartial(): boolean {
    return this.#seen > this.#limit;
  }

  digest(encoding: 'base64'): string {
    return this.#hash.digest(encoding);
  }
}
