// Lets a fixed number through at a time; the others wait in their order.

export interface Gate {
  /** Runs `work` when there is room and resolves or rejects as it does. */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nobody is inside or waiting. */
  empty(): Promise<void>;
}

export function createGate(room: number): Gate {
  let inside = 0;
  const waiting: (() => void)[] = [];
  const whenEmpty: (() => void)[] = [];

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else inside -= 1;
    if (inside === 0) for (const resolve of whenEmpty.splice(0)) resolve();
  }

  return {
    async pass(work) {
      if (inside < room) inside += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        leave();
      }
    },
    empty: () => (inside === 0 ? Promise.resolve() : new Promise((resolve) => whenEmpty.push(resolve))),
  };
}
