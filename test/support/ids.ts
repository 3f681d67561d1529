// Ids that can be foretold: 26 characters that end in 1, 2, 3 …
import type { IdSource } from '../../src/ports/surroundings.js';

export function countingIds(): IdSource {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return `01TEST${String(count).padStart(20, '0')}`;
    },
  };
}
