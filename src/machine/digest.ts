// Hashes as they stand in the store and in what we print.
import { createHash } from 'node:crypto';

/** SHA-256 of the UTF-8 of `text` (FIPS 180-4), lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
