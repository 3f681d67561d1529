// Hashes as they stand in the store, in manifests and in what we print.
import { hash } from 'node:crypto';

/** SHA-256 (FIPS 180-4) of bytes, or of the UTF-8 of a text; lower-case hex. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}
