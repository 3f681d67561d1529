// Memory that a large letter took, given back while it passes.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes that pass before their buffers are given back; most letters are smaller and cost nothing here. */
const SHARE = 4 * 1024 * 1024;

/**
 * For a loop through which the bytes of one letter pass: called with the length of each buffer. V8 sees no reason to
 * collect before 64 MB of dead buffers lie outside its heap, so a letter of 30 MB would stay in memory twice over.
 */
export function givingBack(): (bytes: number) => void {
  let passed = 0;
  return (bytes) => {
    passed += bytes;
    if (passed < SHARE) return;
    passed = 0;
    collectYoung();
  };
}

let collector: ((options: { type: 'minor' }) => void) | undefined;

/** A collection of what was made last; about a millisecond. */
function collectYoung(): void {
  collector ??= findCollector();
  collector({ type: 'minor' });
}

/** V8 shows its collector only to contexts made after it was told to. */
function findCollector(): NonNullable<typeof collector> {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}
