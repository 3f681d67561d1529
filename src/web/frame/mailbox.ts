// Events on their way to one page: put in by whoever has something to tell, taken out as the connection takes them.
import type { PageEvent } from './route.js';

export interface Mailbox {
  put(event: PageEvent): void;
  /** Ends after `close`. */
  letters(): AsyncGenerator<PageEvent>;
  close(): void;
}

/** A page that takes nothing for so long is told to load itself again. */
const MOST_WAITING = 200;

export function createMailbox(): Mailbox {
  let waiting: PageEvent[] = [];
  let closed = false;
  let wake = () => {};
  return {
    put(event) {
      if (waiting.length >= MOST_WAITING) waiting = [{ event: 'many', data: {}, id: event.id }];
      else waiting.push(event);
      wake();
    },
    async *letters() {
      for (;;) {
        const next = waiting.shift();
        if (next) yield next;
        else if (closed) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
    close() {
      closed = true;
      wake();
    },
  };
}
