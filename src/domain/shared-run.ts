// One run of a piece of work serves everybody who asked before it began.

/**
 * Gives a function that resolves when a run of `work` that began after the call is done. Runs never overlap: those who
 * ask while one runs share the next. A failed run fails for those it was for, and only for them.
 */
export function shareRuns(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function begin(): Promise<void> {
    next = undefined;
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  }

  return () => {
    if (!running) return begin();
    // The running one may have looked before the caller's change was made, so it does not count.
    next ??= running.then(begin, begin);
    return next;
  };
}
