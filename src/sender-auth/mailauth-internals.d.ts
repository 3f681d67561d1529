// What we rely on inside mailauth 4.13.3 (pinned exactly): its verifier of signatures, driven field by field.
declare module 'mailauth/lib/dkim/dkim-verifier.js' {
  export interface HeaderRow {
    /** Lower case. */
    key: string;
    casedKey: string;
    line: Buffer;
  }

  export interface Headers {
    parsed: HeaderRow[];
    original: Buffer;
  }

  export interface SignatureHeader {
    type: 'DKIM' | 'ARC' | 'AS';
    /** It cannot be used; then it has no result. */
    skip?: boolean;
    hashAlgo: string;
    bodyCanon: string;
    signingDomain: string;
    bodyHashKey: string;
    /** `l=`; the empty string without one. */
    maxBodyLength: number | string;
  }

  export interface SignatureResult {
    signingDomain?: string;
    algo?: string;
    signingHeaders?: { keys: string };
    /** The record of its key. */
    rr?: string;
    status: { result: string; comment?: string };
  }

  export interface BodyHasher {
    digest(encoding: 'base64'): string;
    getMimeStructureStart(): number;
  }

  export class DkimVerifier {
    constructor(options: {
      resolver(name: string, type: string): Promise<unknown>;
      minBitLength: number;
      curTime: Date;
    });
    headers: Headers;
    signatureHeaders: SignatureHeader[];
    bodyHashes: Map<string, BodyHasher>;
    results: SignatureResult[];
    arc: { chain: unknown };
    /** Finds the signatures in `headers`. */
    messageHeaders(headers: Headers): Promise<void>;
    /** Fetches the keys and fills `results`, in the order of the signatures. */
    finalChunk(): Promise<void>;
  }
}
