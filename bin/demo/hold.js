// Puts a letter aside as the daemon does with one that cannot be filed.
import { Readable } from 'node:stream';

const MOST_BYTES = 1_000_000;

export async function holdLetter({ daemon }, { id, envelope, raw, problem }) {
  await daemon.spool.keep({ id, envelope, body: Readable.from([Buffer.from(raw)]), maxBytes: MOST_BYTES });
  await daemon.spool.hold(id, problem);
}
