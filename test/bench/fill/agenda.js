// What is still to happen, the earliest first (a binary heap).

/** @template {{ at: number }} T */
export function createAgenda() {
  /** @type {T[]} */
  const heap = [];
  const at = (/** @type {number} */ index) => heap[index]?.at ?? Number.POSITIVE_INFINITY;
  const swap = (/** @type {number} */ one, /** @type {number} */ other) => {
    [heap[one], heap[other]] = [/** @type {T} */ (heap[other]), /** @type {T} */ (heap[one])];
  };
  return {
    /** @param {T} happening */
    add(happening) {
      heap.push(happening);
      for (let index = heap.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1;
        if (at(parent) <= at(index)) break;
        swap(parent, index);
        index = parent;
      }
    },
    /** Takes the earliest when it lies before `until`. @param {number} until @returns {T | undefined} */
    takeBefore(until) {
      if (at(0) >= until) return undefined;
      const first = heap[0];
      const last = /** @type {T} */ (heap.pop());
      if (heap.length > 0) {
        heap[0] = last;
        for (let index = 0; ; ) {
          const child = at(2 * index + 2) < at(2 * index + 1) ? 2 * index + 2 : 2 * index + 1;
          if (at(child) >= at(index)) break;
          swap(child, index);
          index = child;
        }
      }
      return first;
    },
  };
}
