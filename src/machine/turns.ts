// Work that must not happen at the same time, one after the other in the order in which it was asked for.

/** Does `work` when all that was asked for before is over, well or not; settles as `work` does. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
